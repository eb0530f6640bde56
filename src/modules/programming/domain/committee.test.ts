import { ActNotAllowed } from '../../../kernel/transitions.js';
import { AgendaEmpty, MemberUnknown, QuorumNotReached, QuorumOutOfReach } from './committee.errors.js';
import { allRecusals, attend, convene, open, type Committee, type CommitteeMember } from './committee.js';

const AT = new Date('2027-03-01T09:00:00Z');
const member = (id: string, present: boolean | null = null): CommitteeMember => ({
  ...{ id, present, userId: null, name: id, institution: 'Ville', funderCode: null },
});
const aSession = (over: Partial<Committee> = {}): Committee => ({
  id: 'c',
  callId: 'k',
  title: 'Comité de mars',
  heldOn: '2027-03-01',
  place: null,
  quorum: 2,
  state: 'draft',
  version: 1,
  members: [member('a'), member('b'), member('c')],
  recusals: [],
  lineCount: 3,
  convenedAt: null,
  openedAt: null,
  appliedAt: null,
  closedAt: null,
  ...over,
});

test('is convened with its members and its agenda', () => {
  expect(convene(aSession(), AT)).toMatchObject({ state: 'convened', convenedAt: AT });
});

test('is not convened with fewer members than its quorum, nor for nothing', () => {
  expect(() => convene(aSession({ quorum: 4 }), AT)).toThrow(QuorumOutOfReach);
  expect(convene(aSession({ quorum: 3 }), AT).state).toBe('convened');
  expect(() => convene(aSession({ lineCount: 0 }), AT)).toThrow(AgendaEmpty);
});

test('opens at the quorum exactly, and not one below, in figures', () => {
  const convened = aSession({ state: 'convened', members: [member('a', true), member('b', true), member('c', false)] });
  expect(open(convened, AT)).toMatchObject({ state: 'held', openedAt: AT });
  expect(() => open({ ...convened, quorum: 3 }, AT)).toThrow(QuorumNotReached);
  expect(() => open({ ...convened, quorum: 3 }, AT)).toThrow(/2 membre\(s\) présent\(s\) sur 3.*3/);
});

test('nobody is present until it is said', () => {
  expect(() => open(aSession({ state: 'convened', quorum: 1 }), AT)).toThrow(QuorumNotReached);
});

test('records who is there; the others are not', () => {
  const { members } = attend(aSession({ state: 'convened' }), { presentMemberIds: ['a'], recusals: [] });
  expect(members.map(({ present }) => present)).toEqual([true, false, false]);
});

test('names whom nobody knows', () => {
  const convened = aSession({ state: 'convened' });
  const recusal = { memberId: 'z', organisationId: 'o', reason: 'Y siège', source: 'declared' } as const;
  expect(() => attend(convened, { presentMemberIds: ['a', 'z'], recusals: [] })).toThrow(MemberUnknown);
  expect(() => attend(convened, { presentMemberIds: [], recusals: [recusal] })).toThrow(MemberUnknown);
});

test('in session, someone may leave as long as there is a quorum', () => {
  const held = aSession({ state: 'held' });
  expect(attend(held, { presentMemberIds: ['a', 'b'], recusals: [] }).state).toBe('held');
  expect(() => attend(held, { presentMemberIds: ['a'], recusals: [] })).toThrow(QuorumNotReached);
});

test('nothing of it once the decisions are applied', () => {
  expect(() => attend(aSession({ state: 'applied' }), { presentMemberIds: ['a', 'b'], recusals: [] })).toThrow(ActNotAllowed);
});

test('a recusal that holds by itself is not replaced by one declared', () => {
  const of = (source: 'declared' | 'automatic', organisationId: string) => ({ memberId: 'a', organisationId, reason: source, source });
  expect(allRecusals([of('declared', 'o'), of('declared', 'p')], [of('automatic', 'o')])).toEqual([
    of('automatic', 'o'),
    of('declared', 'p'),
  ]);
});
