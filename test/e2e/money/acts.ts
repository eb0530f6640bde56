import fc from 'fast-check';
import type { MoneyCommand } from './commands/command.js';
import * as committee from './commands/committee.js';
import * as cpo from './commands/cpo.js';
import * as decisions from './commands/decisions.js';
import * as envelopes from './commands/envelopes.js';
import * as execution from './commands/execution.js';
import * as repayments from './commands/repayments.js';
import * as reports from './commands/reports.js';
import { amount, lineIn, someEnvelope, someLine } from './picks.js';

const UNDECIDED = ['requested', 'instructed', 'on-agenda', 'adjourned', 'unfavourable'];
const ON_PAPER = ['act-generated', 'signed', 'notified'];
const PAYABLE = ['notified', 'partly-paid', 'to-justify', 'report-submitted', 'to-amend', 'justified'];
const NOTIFIED = ['notified', 'partly-paid', 'paid'];

const who = fc.nat({ max: 2 });
const prefecture = fc.constantFrom<1 | 2>(1, 2);
const rank = fc.nat({ max: 2 });
const amounts = fc.tuple(amount, amount, amount);
const orAll = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null, freq: 2 });
/** Of an envelope: mostly of the first ones, which most lines may be paid from. */
const envelope = fc.oneof(fc.nat({ max: 5 }), fc.nat({ max: 9 })).map(envelopes.anEnvelopeAt);

type Weighted = readonly [weight: number, act: fc.Arbitrary<MoneyCommand>];

const DECISIONS: readonly Weighted[] = [
  [
    12,
    fc
      .tuple(
        someLine('undecided', (line) => UNDECIDED.includes(line.state) && line.funder === 'P147-94' && !line.held),
        someEnvelope,
        amount,
        who,
      )
      .map(([line, from, cents, by]) => decisions.propose(line, from, cents, by)),
  ],
  [12, fc.tuple(lineIn('proposed'), orAll(amount), prefecture).map(([line, cents, by]) => decisions.approve(line, cents, by))],
  [2, lineIn('proposed').map(decisions.refuse)],
  [1, lineIn('proposed', 'approved', 'refused').map(decisions.release)],
  [
    4,
    fc
      .tuple(
        someLine('undecided', (line) => UNDECIDED.includes(line.state) && line.funder === 'CD94'),
        amount,
        orAll(someEnvelope),
      )
      .map(([line, cents, from]) => decisions.record(line, cents, from ?? (() => null))),
  ],
  [2, fc.constant(decisions.announce())],
];

const ENVELOPES: readonly Weighted[] = [
  [3, fc.tuple(envelope, fc.integer({ min: -2_000, max: 2_000 })).map(([of, cents]) => envelopes.adjust(of, cents))],
  [
    4,
    fc
      .tuple(envelope, fc.constantFrom<'NE' | 'NO'>('NE', 'NE', 'NO'), amount)
      .map(([of, sector, cents]) => envelopes.delegate(of, sector, cents)),
  ],
  [3, fc.tuple(fc.nat({ max: 5 }), amount).map(([part, cents]) => envelopes.takeBack(part, cents))],
  [1, fc.constantFrom(0, 300, 700, 1_000).map(envelopes.limitPockets)],
];

const COMMITTEE: readonly Weighted[] = [
  [
    4,
    fc
      .tuple(fc.array(fc.boolean(), { minLength: 9, maxLength: 9 }), fc.integer({ min: 1, max: 4 }))
      .map(([chosen, chance]) => committee.gather(chosen, chance > 1)),
  ],
  [3, fc.constant(committee.hold())],
  [
    5,
    fc
      .tuple(fc.array(fc.option(amount, { nil: null, freq: 9 }), { minLength: 9, maxLength: 9 }), someEnvelope)
      .map(([cents, from]) => committee.plan(cents, from)),
  ],
  [2, fc.constant(committee.adopt())],
  [
    3,
    fc.tuple(fc.nat({ max: 8 }), fc.constantFrom('adjourned', 'unfavourable')).map(([line, what]) => committee.decideInSession(line, what)),
  ],
  [4, fc.constant(committee.apply())],
];

const EXECUTION: readonly Weighted[] = [
  [3, fc.constantFrom(execution.prepareActs('P147-94'), execution.prepareActs('P147-94'), execution.prepareActs('CD94'))],
  [5, lineIn('act-generated').map(execution.signAct)],
  [5, lineIn('signed').map(execution.notifyAct)],
  [1, lineIn(...ON_PAPER).map(execution.voidAct)],
  [7, fc.tuple(lineIn(...PAYABLE), orAll(amount)).map(([line, cents]) => execution.pay(line, cents))],
  [
    5,
    fc
      .tuple(
        someLine('paid', ({ payments }) => payments.length > 0),
        fc.nat({ max: 5 }),
      )
      .map(([line, paid]) => execution.reverse(line, paid)),
  ],
  [4, fc.tuple(lineIn(...NOTIFIED), amount).map(([line, cents]) => execution.amend(line, cents))],
];

const CPO: readonly Weighted[] = [
  [2, amounts.map(cpo.negotiate)],
  [1, amounts.map(cpo.changeCpo)],
  [1, fc.constant(cpo.putOnPaper())],
  [2, prefecture.map(cpo.signCpo)],
  [6, fc.tuple(rank, orAll(fc.nat({ max: 3 })), who).map(([year, on, by]) => cpo.reserveTranche(year, on, by))],
  [6, fc.tuple(rank, prefecture).map(([year, by]) => cpo.confirmTranche(year, by))],
  [3, rank.map(cpo.announceTranche)],
  [4, fc.tuple(rank, amount, prefecture).map(([year, cents, by]) => cpo.amendCpo(year, cents, by))],
  [1, fc.oneof(fc.constant(cpo.abandonCpo()), rank.map(cpo.terminateCpo), fc.constant(cpo.endCpo()))],
  [1, fc.constant(cpo.passTime())],
];

const share = fc.constantFrom(0, 33, 80, 100, 120);
const owing = lineIn(...NOTIFIED, 'to-amend');

const REPORTS: readonly Weighted[] = [
  [
    6,
    fc
      .tuple(owing, fc.constantFrom('interim', 'final'), fc.record({ charges: share, products: share }))
      .map(([line, kind, shares]) => reports.writeReport(line, kind, shares)),
  ],
  [6, owing.map(reports.submitReport)],
  [8, lineIn('report-submitted').map((line) => reports.review(line, 'accept'))],
  [2, lineIn('report-submitted').map((line) => reports.review(line, 'ask-amendment'))],
  [1, fc.tuple(lineIn('announced', ...NOTIFIED), fc.boolean()).map(([line, own]) => reports.notCarriedOut(line, own))],
  [3, lineIn('justified', 'not-carried-out').map(reports.closeLine)],
];

const REPAYMENTS: readonly Weighted[] = [
  [4, fc.tuple(lineIn('justified', 'not-carried-out'), orAll(amount)).map(([line, cents]) => repayments.askRepayment(line, cents))],
  [5, fc.tuple(lineIn('repayment-due'), orAll(amount)).map(([line, cents]) => repayments.receive(line, cents))],
  [1, lineIn('repayment-due').map(repayments.writeOff)],
];

/** Whatever people may do to the money, weighed so that the later acts are reached. */
export const anAct: fc.Arbitrary<MoneyCommand> = fc.oneof(
  ...[DECISIONS, ENVELOPES, COMMITTEE, EXECUTION, CPO, REPORTS, REPAYMENTS].flat().map(([weight, arbitrary]) => ({ weight, arbitrary })),
);
