export { FundingModule } from './funding.module.js';
export { Funders } from './persistence/funder.repository.js';
export { isProgramme147, type Funder, type FunderKind } from './domain/funder.js';
export { FundingLines } from './use-cases/funding-lines.js';
export { TrancheLines, type EnvelopeRoom } from './use-cases/tranche-lines.js';
export { OpenEnvelope } from './use-cases/open-envelope.js';
export { ledgerFaults, type LedgerFault } from './persistence/ledger-check.js';
export { FUNDING_INVARIANTS } from './persistence/ledger-invariants.js';
export type { FunderOfLine, FundingLine, LineInHand } from './domain/funding-line.js';
export { canLine, FUNDING_LINE_STATES, type FundingLineState } from './domain/funding-line.transitions.js';
export { FUNDING_LINE_WORDS } from './domain/funding-line.words.js';
export { LineInProgress, type WantedLine } from './domain/line-sync.js';
export type { Decision } from './domain/decidable-line.js';
export type { Authority, Delegation } from './domain/authority.js';
export { approve, earliestDecision, propose, recordDecision, refuse } from './domain/decision.js';
export { AmountAboveRequest, HeldByCpo, NotProgramme147, Programme147NeedsApproval } from './domain/decision.errors.js';
export { putOnAgenda, takeOffAgenda } from './domain/agenda.js';
export { available, type EnvelopeCounters } from './domain/envelope.js';
export { EnvelopeClosed, EnvelopeExceeded } from './domain/envelope.errors.js';
export {
  advance,
  amendGrant,
  close,
  declareNotCarriedOut,
  notify,
  pay,
  recordRepayment,
  reversePayment,
  unpaidOf,
  writeOffRepayment,
} from './domain/execution.js';
export { approveTranche, endTranche, recordTranche, reserveTranche, standingOf, type LineStanding } from './domain/tranche.js';
export { adjourn, cancel, decommit, giveUnfavourable, reconsider, release, undoApproval } from './domain/step-back.js';
export { OutsideSubEnvelope, pays, UnknownFunder, WrongEnvelope, type OpenedEnvelope } from './domain/opened-envelope.js';
export { isDecisionPublic, publicLabel, publicStatus, type PublicLineStatus } from './domain/public-status.js';
