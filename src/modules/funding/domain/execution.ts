import { type Money, subtract, ZERO } from '../../../kernel/money.js';
import { assertAmount, type DecidableLine, type Decision, order, reasonOf } from './decidable-line.js';
import { AmendmentBelowPaid, NothingToReverse, PaymentAboveGrant, RepaymentAbovePaid } from './execution.errors.js';
import { type FundingLineAct, nextLineState } from './funding-line.transitions.js';

/** What the life of a grant after its announcement needs to know of a line, and changes of it. */
export interface ExecutedLine extends DecidableLine {
  readonly committedCents: Money;
  /** Paid and not recovered. */
  readonly paidCents: Money;
  readonly notifiedAt: Date | null;
}

/** Granted and not paid. */
export function unpaidOf({ grantedCents, paidCents }: ExecutedLine): Money {
  return subtract(grantedCents ?? ZERO, paidCents);
}

/** An act that moves the state and no money. @throws ActNotAllowed */
export function advance<L extends ExecutedLine>(line: L, act: StateAct): Decision<L> {
  return { after: { ...line, state: nextLineState(line.state, act) }, movements: [] };
}

export type StateAct = Extract<
  FundingLineAct,
  'generate-act' | 'void-act' | 'sign' | 'ask-report' | 'submit-report' | 'ask-amendment' | 'accept-report' | 'ask-repayment'
>;

/** The signed act reached the beneficiary: the clock of the payment starts, and only an amendment changes the amount from now on. @throws ActNotAllowed */
export function notify<L extends ExecutedLine>(line: L, at: Date): Decision<L> {
  return { after: { ...line, state: nextLineState(line.state, 'notify'), notifiedAt: at }, movements: [] };
}

/** @throws ActNotAllowed, AmountNotPositive, PaymentAboveGrant */
export function pay<L extends ExecutedLine>(line: L, amountCents: Money): Decision<L> {
  const unpaid = unpaidOf(line);
  const state = nextLineState(line.state, amountCents >= unpaid ? 'pay' : 'pay-part');
  assertAmount(line, amountCents);
  if (amountCents > unpaid) throw new PaymentAboveGrant(amountCents, unpaid);
  return {
    after: { ...line, state, paidCents: (line.paidCents + amountCents) as Money },
    movements: order(line.envelopeId, 'pay', amountCents),
  };
}

/** Undoes a payment confirmed by mistake, by a movement the other way. @throws ActNotAllowed, AmountNotPositive, ReasonRequired, NothingToReverse */
export function reversePayment<L extends ExecutedLine>(line: L, amountCents: Money, reason: string): Decision<L> {
  const state = nextLineState(line.state, amountCents >= line.paidCents ? 'unpay' : 'unpay-part');
  assertAmount(line, amountCents);
  if (amountCents > line.paidCents) throw new NothingToReverse(amountCents, line.paidCents);
  return {
    after: { ...line, state, paidCents: subtract(line.paidCents, amountCents), reason: reasonOf(reason) },
    movements: order(line.envelopeId, 'recover', amountCents),
  };
}

/**
 * An amendment (avenant) after notification: the only way to another amount. Never above the request, never below what is paid.
 * @throws ActNotAllowed, AmountNotPositive, AmountAboveRequest, ReasonRequired, AmendmentBelowPaid
 */
export function amendGrant<L extends ExecutedLine>(line: L, amountCents: Money, reason: string): Decision<L> {
  assertAmount(line, amountCents);
  if (amountCents < line.paidCents) throw new AmendmentBelowPaid(amountCents, line.paidCents);
  const state = nextLineState(line.state, amountCents === line.paidCents ? 'amend-to-paid' : 'amend');
  const more = subtract(amountCents, line.grantedCents ?? ZERO);
  return {
    after: { ...line, state, grantedCents: amountCents, reason: reasonOf(reason) },
    movements: more > ZERO ? order(line.envelopeId, 'commit', more) : order(line.envelopeId, 'decommit', subtract(ZERO, more)),
  };
}

/** The action will not be, or was not, carried out; what is paid is to be repaid, the rest goes back when the line is closed. @throws ActNotAllowed, ReasonRequired */
export function declareNotCarriedOut<L extends ExecutedLine>(line: L, reason: string): Decision<L> {
  return { after: { ...line, state: nextLineState(line.state, 'declare-not-carried-out'), reason: reasonOf(reason) }, movements: [] };
}

/** The end of a line: what was granted and not paid goes back to the envelope. @throws ActNotAllowed */
export function close<L extends ExecutedLine>(line: L): Decision<L> {
  return ended(line, 'close', line.paidCents);
}

/**
 * Money that came back from the beneficiary. `leftCents`: what is still due afterwards; at zero the line ends.
 * @throws ActNotAllowed, AmountNotPositive, RepaymentAbovePaid
 */
export function recordRepayment<L extends ExecutedLine>(line: L, amountCents: Money, leftCents: Money): Decision<L> {
  assertAmount(line, amountCents);
  if (amountCents > line.paidCents) throw new RepaymentAbovePaid(amountCents, line.paidCents);
  const paidCents = subtract(line.paidCents, amountCents);
  const recovered = order(line.envelopeId, 'recover', amountCents);
  if (leftCents > ZERO) {
    return { after: { ...line, state: nextLineState(line.state, 'record-part-repayment'), paidCents }, movements: recovered };
  }
  const { after, movements } = ended(line, 'record-repayment', paidCents);
  return { after: { ...after, paidCents }, movements: [...recovered, ...movements] };
}

/** The funder gives up what is still due. @throws ActNotAllowed, ReasonRequired */
export function writeOffRepayment<L extends ExecutedLine>(line: L, reason: string): Decision<L> {
  const decision = ended(line, 'write-off', line.paidCents);
  return { ...decision, after: { ...decision.after, reason: reasonOf(reason) } };
}

/** Only what is paid stays committed. */
function ended<L extends ExecutedLine>(line: L, act: FundingLineAct, paidCents: Money): Decision<L> {
  return {
    after: { ...line, state: nextLineState(line.state, act) },
    movements: order(line.envelopeId, 'decommit', subtract(line.committedCents, paidCents)),
  };
}
