import type { MoneyCommand } from './commands/command.js';
import * as committee from './commands/committee.js';
import * as cpo from './commands/cpo.js';
import * as decisions from './commands/decisions.js';
import * as envelopes from './commands/envelopes.js';
import * as execution from './commands/execution.js';
import * as repayments from './commands/repayments.js';
import * as reports from './commands/reports.js';
import { noEnvelope, theEnvelope, theLine } from './picks.js';

/** An act that comes too early, or asks too much. */
export interface TooMuch {
  readonly tooMuch: MoneyCommand;
}

export type Story = readonly (MoneyCommand | TooMuch)[];

const tooMuch = (act: MoneyCommand): TooMuch => ({ tooMuch: act });

/** Lines 0 to 5 are filed, those of the département's council being 1 and 3, that of a pocket 5; 6 to 8 are the years of the multi-year action. */
const granted = (rank: number, cents: number): readonly MoneyCommand[] => [
  decisions.propose(theLine(rank), theEnvelope(0), cents, 0),
  decisions.approve(theLine(rank), null, 1),
];
const notified = (...ranks: readonly number[]): readonly MoneyCommand[] => [
  decisions.announce(),
  execution.prepareActs('P147-94'),
  execution.prepareActs('CD94'),
  ...ranks.flatMap((rank) => [execution.signAct(theLine(rank)), execution.notifyAct(theLine(rank))]),
];
const reported = (line: number, kind: 'interim' | 'final', charges: number): readonly MoneyCommand[] => [
  reports.writeReport(theLine(line), kind, { charges, products: charges }),
  reports.submitReport(theLine(line)),
];

const PAID: readonly MoneyCommand[] = [
  ...granted(0, 500),
  decisions.record(theLine(1), 400, theEnvelope(3)),
  decisions.record(theLine(3), 600, noEnvelope),
  ...granted(4, 300),
  ...granted(5, 700),
  ...notified(0, 1, 3, 4, 5),
  ...[0, 1, 3].map((rank) => execution.pay(theLine(rank), null)),
  execution.pay(theLine(4), 200),
];

const CPO_SIGNED: readonly MoneyCommand[] = [
  cpo.negotiate([200, 300, 300]),
  cpo.changeCpo([400, 300, 500]),
  ...granted(6, 400),
  decisions.announce(),
  cpo.putOnPaper(),
  execution.voidAct(theLine(6)),
  cpo.putOnPaper(),
  execution.signAct(theLine(6)),
  execution.notifyAct(theLine(6)),
];

/** Where sequences begin, or the later acts would hardly be reached. Together they do everything once. */
export const STORIES: Readonly<Record<string, Story>> = {
  'nothing was decided': [],
  'a committee sits, on envelopes shared out': [
    envelopes.adjust(envelopes.anEnvelopeAt(0), 500),
    envelopes.adjust(envelopes.anEnvelopeAt(0), -400),
    envelopes.limitPockets(900),
    envelopes.delegate(envelopes.anEnvelopeAt(0), 'NE', 900),
    envelopes.delegate(envelopes.anEnvelopeAt(0), 'NO', 300),
    envelopes.takeBack(0, 200),
    ...[0, 4].map((rank) => decisions.propose(theLine(rank), theEnvelope(6), 100, 0)),
    decisions.refuse(theLine(0)),
    decisions.release(theLine(0)),
    committee.gather([true, true, false, false, false, false, true, true, false]),
    committee.hold(),
    committee.plan([500, null, 400], theEnvelope(6)),
    committee.adopt(),
    committee.decideInSession(1, 'unfavourable'),
    committee.decideInSession(3, 'adjourned'),
    tooMuch(committee.apply()),
    committee.decideInSession(2, 'adjourned'),
    committee.apply(),
    committee.gather([false, false, false, false, false, false, true, true, true]),
    committee.hold(),
  ],
  'grants are paid': [
    ...PAID,
    tooMuch(execution.pay(theLine(4), 101)),
    execution.reverse(theLine(4), 0),
    tooMuch(execution.reverse(theLine(4), 0)),
    execution.pay(theLine(4), 100),
    execution.amend(theLine(4), 250),
  ],
  'reports are in': [
    ...PAID,
    ...reported(0, 'final', 80),
    reports.review(theLine(0), 'ask-amendment'),
    ...reported(0, 'final', 60),
    ...[0, 1].map((rank) => reports.review(theLine(rank), 'accept')),
    repayments.askRepayment(theLine(0), 200),
    tooMuch(repayments.receive(theLine(0), 201)),
    repayments.receive(theLine(0), 50),
    tooMuch(repayments.receive(theLine(0), 151)),
    repayments.askRepayment(theLine(1), 100),
    repayments.receive(theLine(1), null),
    reports.notCarriedOut(theLine(4), true),
    tooMuch(reports.closeLine(theLine(4))),
    repayments.askRepayment(theLine(4), null),
    repayments.writeOff(theLine(4)),
    reports.notCarriedOut(theLine(5), false),
    reports.closeLine(theLine(5)),
  ],
  'a CPO is in its second year': [
    cpo.negotiate([100, 100, 100]),
    cpo.abandonCpo(),
    ...CPO_SIGNED,
    cpo.reserveTranche(1, null, 2),
    cpo.amendCpo(1, 350, 2),
    cpo.passTime(),
    tooMuch(cpo.confirmTranche(1, 1)),
    ...reported(6, 'interim', 100),
    tooMuch(cpo.confirmTranche(1, 1)),
    reports.review(theLine(6), 'accept'),
    tooMuch(cpo.confirmTranche(1, 2)),
    cpo.confirmTranche(1, 1),
    cpo.announceTranche(1),
    execution.prepareActs('P147-94'),
  ],
  // Of what the second year has, most is for a sector where the action does not take place.
  'a CPO is at its term': [
    envelopes.delegate(envelopes.anEnvelopeAt(4), 'NO', 800),
    ...CPO_SIGNED,
    cpo.passTime(),
    cpo.passTime(),
    cpo.endCpo(),
  ],
  'a CPO is signed by hand, and terminated': [cpo.negotiate([300, 300, 300]), ...granted(6, 300), cpo.signCpo(2), cpo.terminateCpo(0)],
};
