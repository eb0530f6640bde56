import { ACROSS_TIME } from './watch/across-time.js';
import type { SeenAmendment, SeenEnvelope, SeenLine, SeenPayment, SeenTranche, Snapshot } from './watch/snapshot.js';

const LINE: SeenLine = {
  ...{ id: 'L', actionId: 'A', funderId: 'F', scheme: null, year: 2027, requested: 1_000, state: 'partly-paid', granted: 500, paid: 200 },
  ...{ reserved: 0, committed: 500, envelopeId: 'E', held: false, notifiedAt: '2026-11-02', approvals: 1 },
};
const ENVELOPE: SeenEnvelope = {
  ...{ id: 'E', isPart: false, ceiling: 900, reserved: 0, committed: 500, delegated: 0, paid: 200, entered: 900 },
};
const PAYMENT: SeenPayment = { id: 'P', lineId: 'L', cents: 200, reversed: false };
const TRANCHES: readonly SeenTranche[] = [2027, 2028].map((year) => ({
  ...{ cpoId: 'C', year, lineId: year === 2027 ? 'L' : 'M', state: 'signed', cents: 500, confirmed: year === 2027, isOpen: false },
}));

interface Changes {
  readonly line?: Partial<SeenLine>;
  readonly envelope?: Partial<SeenEnvelope>;
  readonly payment?: Partial<SeenPayment>;
  readonly second?: Partial<SeenTranche>;
  readonly amendments?: readonly SeenAmendment[];
}

const seen = ({ line, envelope, payment, second, amendments = [] }: Changes = {}): Snapshot => ({
  lines: [{ ...LINE, ...line }],
  envelopes: [{ ...ENVELOPE, ...envelope }],
  payments: [{ ...PAYMENT, ...payment }],
  amendments,
  tranches: TRANCHES.map((tranche) => (tranche.year === 2028 ? { ...tranche, ...second } : tranche)),
  pocketUse: 0,
});
const AMENDED: readonly SeenAmendment[] = [{ actId: 'N', lineId: 'L', from: 500, to: 700 }];
const REVERSED: Changes = { payment: { reversed: true }, line: { paid: 0, state: 'notified' }, envelope: { paid: 0 } };

const when = (what: string, watch: keyof typeof ACROSS_TIME, after: Changes, before: Changes = {}) => ({
  ...{ what, watch, before: seen(before), after: seen(after) },
});

test.each([
  when('nothing happens', 'identity', {}),
  when('an amendment says from what to what', 'notifiedAmounts', { line: { granted: 700 }, amendments: AMENDED }),
  when('a reversal gives back what was paid', 'reversals', REVERSED),
  when('a grant is undone', 'approvals', { line: { state: 'instructed', approvals: 0 } }),
  when('credit comes in', 'conservation', { envelope: { ceiling: 1_000, entered: 1_000 } }),
  when('a year is confirmed once its gate is open', 'gating', { second: { confirmed: true, isOpen: true } }, { second: { isOpen: true } }),
])('well: $what', ({ watch, before, after }) => {
  expect(ACROSS_TIME[watch](before, after)).toEqual([]);
});

test.each([
  when('a line is another action’s', 'identity', { line: { actionId: 'B' } }),
  when('a line is gone', 'identity', { line: { id: 'M' } }),
  when('a year of a CPO is another line', 'identity', { second: { lineId: 'L' } }),
  when('a notified amount changes', 'notifiedAmounts', { line: { granted: 700 } }),
  when('a notified amount changes otherwise than amended', 'notifiedAmounts', { line: { granted: 701 }, amendments: AMENDED }),
  when(
    'a notified amount changes after its amendment',
    'notifiedAmounts',
    { line: { granted: 700 }, amendments: AMENDED },
    { amendments: AMENDED },
  ),
  when('what was notified no longer is', 'notifiedAmounts', { line: { notifiedAt: null } }),
  when('a payment is rewritten', 'reversals', { payment: { cents: 100 } }),
  when('a reversal leaves the line paid', 'reversals', { ...REVERSED, line: {} }),
  when('a reversal forgets the envelope', 'reversals', { ...REVERSED, envelope: {} }),
  when('a reversal gives back too much', 'reversals', { ...REVERSED, envelope: { paid: 0, committed: 400 } }),
  when('a reversed payment lives again', 'reversals', {}, REVERSED),
  when('a line has two approvals', 'approvals', { line: { approvals: 2 } }),
  when('a grant has none', 'approvals', { line: { approvals: 0 } }),
  when('an undone grant keeps its approval', 'approvals', { line: { state: 'instructed' } }),
  when('credit comes from nowhere', 'conservation', { envelope: { ceiling: 1_000 } }),
  when('delegated credit is kept too', 'conservation', { envelope: { delegated: 100 } }),
  when('a year is confirmed before its gate opens', 'gating', { second: { confirmed: true } }),
  when('a year is confirmed in the act that opens its gate', 'gating', { second: { confirmed: true, isOpen: true } }),
])('seen: $what', ({ watch, before, after }) => {
  expect(ACROSS_TIME[watch](before, after)).not.toEqual([]);
});
