import { checkEnd, checkGrant, GRANTED_ROLES, GRANTED_SCOPE_KINDS, SCOPES_OF_ROLE, type Grant, type GrantRequest } from './grant.js';
import { GrantAlreadyEnded, OwnAdministration, RoleNotForScope, SelfGrant } from './identity.errors.js';

const instructorOfIvry: GrantRequest = { role: 'instructor', scope: { kind: 'commune', code: '94041' } };
const pairs = GRANTED_ROLES.flatMap((role) =>
  GRANTED_SCOPE_KINDS.map((kind) => ({ role, kind, allowed: SCOPES_OF_ROLE[role].includes(kind) })),
);

test.each(pairs.filter(({ allowed }) => allowed))('$role goes with a scope of kind $kind', ({ role, kind }) => {
  expect(() => checkGrant({ role, scope: { kind, code: 'x' } }, 'giver', 'holder')).not.toThrow();
});

test.each(pairs.filter(({ allowed }) => !allowed))('$role never goes with a scope of kind $kind', ({ role, kind }) => {
  expect(() => checkGrant({ role, scope: { kind, code: 'x' } }, 'giver', 'holder')).toThrow(RoleNotForScope);
});

test('a delegate holds a sector or a département, an instructor a commune only', () => {
  expect(SCOPES_OF_ROLE.delegate).toEqual(['sector', 'department']);
  expect(SCOPES_OF_ROLE.instructor).toEqual(['commune']);
});

test.each(GRANTED_ROLES)('nobody gives themself the role %s', (role) => {
  const scope = { kind: SCOPES_OF_ROLE[role][0] ?? 'contract', code: 'x' };
  expect(() => checkGrant({ role, scope }, 'same', 'same')).toThrow(SelfGrant);
});

const held: Grant = { ...instructorOfIvry, id: 'g', userId: 'holder', grantedAt: new Date('2027-01-15T10:00:00Z'), revokedAt: null };

test('a role ends once', () => {
  expect(() => checkEnd(held, 'giver')).not.toThrow();
  expect(() => checkEnd({ ...held, revokedAt: new Date() }, 'giver')).toThrow(GrantAlreadyEnded);
});

test('an administrator may drop a role of theirs, but not the administration', () => {
  expect(() => checkEnd(held, 'holder')).not.toThrow();
  const administration: Grant = { ...held, role: 'administrator', scope: { kind: 'instance', code: '*' } };
  expect(() => checkEnd(administration, 'holder')).toThrow(OwnAdministration);
  expect(() => checkEnd(administration, 'another')).not.toThrow();
});
