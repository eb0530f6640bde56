import { ActNotAllowed, reachable } from '../../../kernel/transitions.js';
import {
  decide,
  leave,
  MEMBERSHIP_STATES,
  MEMBERSHIP_TRANSITIONS,
  verifySignatory,
  type Decision,
  type Membership,
  type MembershipState,
} from './membership.js';
import { NotASignatory, OwnMembership, SignatoryAlreadyVerified } from './organisation.errors.js';

const now = new Date('2027-01-15T10:00:00Z');
const verification = { at: now, by: 'instructor', evidence: 'PV' };
const aMembership = (over: Partial<Membership> = {}): Membership => ({
  id: 'm',
  organisationId: 'o',
  userId: 'member',
  state: 'requested',
  roles: ['editor', 'signatory'],
  message: null,
  requestedAt: now,
  decidedBy: null,
  decidedAt: null,
  decisionReason: null,
  endedBy: null,
  endedAt: null,
  endReason: null,
  verification: null,
  version: 1,
  ...over,
});

const DECISIONS: readonly Decision[] = [
  { act: 'grant' },
  { act: 'refuse', reason: 'Inconnu du bureau' },
  { act: 'change-roles', roles: ['editor'] },
  { act: 'end', reason: 'Départ' },
];
const ALLOWED: Readonly<Record<MembershipState, readonly string[]>> = {
  requested: ['grant', 'refuse'],
  active: ['change-roles', 'end'],
  refused: [],
  ended: [],
};
const pairs = MEMBERSHIP_STATES.flatMap((state) => DECISIONS.map((decision) => ({ state, decision, act: decision.act })));

test.each(pairs.filter(({ state, act }) => ALLOWED[state].includes(act)))('$act on a membership $state', ({ state, decision, act }) => {
  expect(decide(aMembership({ state }), decision, 'decider', now).state).toBe(MEMBERSHIP_TRANSITIONS[state][act]);
});

test.each(pairs.filter(({ state, act }) => !ALLOWED[state].includes(act)))('never $act on a membership $state', ({ state, decision }) => {
  expect(() => decide(aMembership({ state }), decision, 'decider', now)).toThrow(ActNotAllowed);
});

test.each(DECISIONS)('nobody decides on their own membership: $act', (decision) => {
  for (const state of MEMBERSHIP_STATES) expect(() => decide(aMembership({ state }), decision, 'member', now)).toThrow(OwnMembership);
});

test('grants what was asked, or what the decider says instead', () => {
  expect(decide(aMembership(), { act: 'grant' }, 'decider', now)).toMatchObject({
    roles: ['editor', 'signatory'],
    decidedBy: 'decider',
    decidedAt: now,
  });
  expect(decide(aMembership(), { act: 'grant', roles: ['editor'] }, 'decider', now).roles).toEqual(['editor']);
});

test('who no longer signs is verified again if they sign one day', () => {
  const active = aMembership({ state: 'active', verification });
  expect(decide(active, { act: 'change-roles', roles: ['signatory'] }, 'decider', now).verification).toEqual(verification);
  expect(decide(active, { act: 'change-roles', roles: ['editor'] }, 'decider', now).verification).toBeNull();
});

test('ending keeps who had let them in', () => {
  const ended = decide(
    aMembership({ state: 'active', decidedBy: 'first', decidedAt: now }),
    { act: 'end', reason: 'Départ' },
    'second',
    now,
  );
  expect(ended).toMatchObject({ decidedBy: 'first', endedBy: 'second', endedAt: now, endReason: 'Départ' });
});

test.each(['requested', 'active'] as const)('one may leave when %s', (state) => {
  expect(leave(aMembership({ state }), now)).toMatchObject({ state: 'ended', endedBy: 'member' });
});

test.each(['refused', 'ended'] as const)('one may not leave when %s', (state) => {
  expect(() => leave(aMembership({ state }), now)).toThrow(ActNotAllowed);
});

test('a signatory is verified once, by someone else, once active', () => {
  const active = aMembership({ state: 'active' });
  expect(verifySignatory(active, 'PV', 'instructor', now).verification).toEqual(verification);
  expect(() => verifySignatory(active, 'PV', 'member', now)).toThrow(OwnMembership);
  expect(() => verifySignatory(aMembership(), 'PV', 'instructor', now)).toThrow(ActNotAllowed);
  expect(() => verifySignatory({ ...active, roles: ['editor'] }, 'PV', 'instructor', now)).toThrow(NotASignatory);
  expect(() => verifySignatory({ ...active, verification }, 'PV', 'instructor', now)).toThrow(SignatoryAlreadyVerified);
});

test('every state can be reached', () => {
  expect(reachable(MEMBERSHIP_TRANSITIONS, 'requested')).toEqual(new Set(MEMBERSHIP_STATES));
});
