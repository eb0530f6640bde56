import type { MailFacts } from '../../faults/facts.js';
import type { Freeze } from '../../faults/freezes.js';
import type { Arrival } from '../../faults/mail-sink.js';
import type { Refusal } from '../../faults/mail-trouble.js';
import { judgeMail } from '../../faults/mail-verdict.js';
import type { Evidence, Verdict } from '../../faults/verdict.js';

/** A message whose fate is told: `life@second`, with `!` when the server never said 250. */
interface Story {
  readonly state?: string;
  readonly answers?: readonly string[];
  readonly copies: readonly string[];
  readonly killed?: readonly string[];
  readonly frozen?: readonly Freeze[];
  readonly refused?: readonly Refusal[];
}

const [EDITOR, SIGNATORY] = ['redactrice@asso.test', 'presidente@asso.test'];
const frozen = (life: string, since: number, until: number): Freeze => ({ life, since: since * 1000, until: until * 1000 });

function arrival(messageId: string, to: string, copy: string): Arrival {
  const [, from = '', second = '', mute] = /^(.+)@(\d+)(!?)$/.exec(copy) ?? [];
  return { messageId, to: [to], from, at: Number(second) * 1000, silence: mute === '!' ? 'cut' : null };
}

function judged({ state = 'sent', answers = [], copies, killed = [], frozen: freezes = [], refused }: Story): Verdict {
  const verdict: Verdict = { lost: [], duplicated: [], halfDone: [] };
  const mail = (messageId: string, email: string): MailFacts => ({
    dossierId: 'd',
    kind: 'receipt',
    messageId,
    email,
    state: 'sent',
    answers,
  });
  const owed = [{ ...mail('<1>', EDITOR), state }, mail('<2>', SIGNATORY)];
  const dossier = { id: 'd', state: 'submitted', version: 1, receiptNumber: '1', audits: ['dossier.submitted'], told: [] };
  const evidence = {
    ground: { model: { editor: { email: EDITOR }, signatory: { email: SIGNATORY } } },
    arrivals: [...copies.map((copy) => arrival('<1>', EDITOR, copy)), arrival('<2>', SIGNATORY, 'calm@0')],
    refusals: new Map(refused ? [['<1>', refused]] : []),
    killed: new Set(killed),
    freezes,
  } as unknown as Evidence;
  judgeMail(owed, [dossier], evidence, verdict);
  return verdict;
}

const faults = (story: Story) => Object.entries(judged(story)).flatMap(([kind, sentences]) => (sentences as string[]).map(() => kind));

const TOLD: readonly Refusal[] = [
  { code: 451, from: 'a' },
  { code: 554, from: 'b' },
];
const KEPT = ['deferred 451', 'refused 554'];

test.each<[string, Story]>([
  ['once', { copies: ['a@1'] }],
  ['again after a kill', { copies: ['a@1', 'b@2'], killed: ['a'] }],
  ['again after a server that broke the connection, by the same worker', { copies: ['a@1!', 'a@2'] }],
  ['again after a worker that was frozen with it', { copies: ['a@9', 'b@30'], frozen: [frozen('a', 10, 50)] }],
  ['again by a worker that was frozen while it handed it over', { copies: ['b@30', 'a@51'], frozen: [frozen('a', 10, 50)] }],
  ['never, refused for good', { state: 'failed', answers: KEPT, copies: [], refused: TOLD }],
  [
    'never, refused for good, the first answer lost with its worker',
    { state: 'failed', answers: ['refused 554'], copies: [], refused: TOLD, killed: ['a'] },
  ],
])('a message that arrived %s is nobody’s fault', (_how, story) => {
  expect(faults(story)).toEqual([]);
});

test.each<[string, string, Story]>([
  ['that did not arrive', 'lost', { copies: [] }],
  ['that is not known as sent', 'lost', { state: 'queued', copies: ['a@1'] }],
  ['known as sent though the server never said so', 'lost', { copies: ['a@1!'] }],
  ['given up without a refusal', 'lost', { state: 'failed', answers: KEPT, copies: ['a@1!'] }],
  ['that arrived twice from workers that nothing stopped', 'duplicated', { copies: ['a@1', 'b@2'] }],
  ['that arrived twice from a worker killed later', 'duplicated', { copies: ['a@1', 'a@2'], killed: ['a'] }],
  ['that one sent in the middle of its life, frozen long after', 'duplicated', { copies: ['a@1', 'b@30'], frozen: [frozen('a', 20, 50)] }],
  ['that a worker sent long after it was frozen', 'duplicated', { copies: ['b@30', 'a@70'], frozen: [frozen('a', 10, 50)] }],
  ['refused for good and known as sent', 'lost', { copies: [], answers: KEPT, refused: TOLD }],
  [
    'given up on the first « later »',
    'lost',
    { state: 'failed', answers: ['deferred 451', 'refused 451'], copies: [], refused: TOLD.slice(0, 1) },
  ],
  ['whose first answer was not kept', 'halfDone', { state: 'failed', answers: ['refused 554'], copies: [], refused: TOLD }],
])('a message %s is %s', (_what, fault, story) => {
  expect(new Set(faults(story))).toEqual(new Set([fault]));
});

test('a worker that was killed leaves no more to be sent again than it sends at once', () => {
  const verdict: Verdict = { lost: [], duplicated: [], halfDone: [] };
  const ids = ['<1>', '<2>', '<3>', '<4>', '<5>', '<6>', '<7>', '<8>', '<9>'];
  const facts = (messageId: string): MailFacts => ({
    dossierId: 'd',
    kind: 'admissible',
    messageId,
    email: EDITOR,
    state: 'sent',
    answers: [],
  });
  const arrivals = ids.flatMap((id) => [arrival(id, EDITOR, 'a@1'), arrival(id, EDITOR, 'b@2')]);
  const ground = { model: { editor: { email: EDITOR }, signatory: { email: SIGNATORY } } };
  const evidence = { ground, arrivals, refusals: new Map(), killed: new Set(['a']), freezes: [] } as unknown as Evidence;
  judgeMail(ids.map(facts), [], evidence, verdict);
  expect(verdict).toEqual({ lost: [], duplicated: ['a left 9 messages to be sent again, where 8 can be'], halfDone: [] });
});
