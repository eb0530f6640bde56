import type { Day } from '../../../kernel/day.js';
import {
  CpoNotOver,
  CpoOnPaperAlready,
  FirstTrancheDiffers,
  FirstTrancheNotCommitted,
  FirstTrancheNotGranted,
  SignedInFuture,
  TerminatedTooEarly,
  TrancheAboveRequest,
  WrongTranches,
} from './cpo.errors.js';
import { type CpoState, nextCpoState } from './cpo.transitions.js';
import {
  agreeOn,
  assertPending,
  type NegotiatedLine,
  type Standing,
  type Tranche,
  type TrancheAmount,
  type TrancheLine,
} from './tranche.js';

/** A multi-year agreement: the lines of one action, funder and scheme over 3 or 4 years, as one grant. */
export interface Cpo {
  readonly id: string;
  readonly version: number;
  readonly state: CpoState;
  readonly actionId: string;
  readonly dossierId: string;
  readonly callId: string;
  readonly organisationId: string;
  readonly funderId: string;
  readonly scheme: string | null;
  readonly firstYear: number;
  readonly lastYear: number;
  /** Of the signed document. */
  readonly reference: string | null;
  readonly signedOn: Day | null;
  readonly beneficiarySignedOn: Day | null;
  /** Who recorded the signature: what a clock does later is told by the ledger in that name. */
  readonly signedBy: string | null;
  /** The act that puts it on paper, then that it was signed by, when the platform made it. */
  readonly actId: string | null;
  readonly reason: string | null;
  readonly endedOn: Day | null;
  readonly createdBy: string;
  /** One a year, in their order. */
  readonly tranches: readonly Tranche[];
}

/** What a signature says; `beneficiarySignedOn` and `reference` may come with the act instead. */
export interface Signature {
  readonly signedOn: Day;
  readonly beneficiarySignedOn: Day | null;
  readonly reference: string | null;
  readonly actId: string | null;
  readonly signedBy: string;
  readonly today: Day;
}

const firstDay = (year: number): Day => `${year}-01-01`;
const AMENDED_YEARS = 'Donnez un montant supérieur à zéro pour une ou plusieurs années de la convention, une fois chacune.';
const lastDay = (year: number): Day => `${year}-12-31`;

/** Other amounts, as long as nothing is on paper. `lines`: those of its years. @throws ActNotAllowed, CpoOnPaperAlready, WrongTranches, TrancheAboveRequest */
export function change(cpo: Cpo, amounts: readonly TrancheAmount[], lines: readonly NegotiatedLine[]): Cpo {
  const state = nextCpoState(cpo.state, 'change');
  assertNotOnPaper(cpo);
  const years = cpo.tranches.map(({ year }) => year);
  return { ...cpo, state, version: cpo.version + 1, tranches: agreeOn(years, amounts, lines) };
}

/** Nobody signs after all. @throws ActNotAllowed, CpoOnPaperAlready */
export function abandon(cpo: Cpo, reason: string, today: Day): Cpo {
  const state = nextCpoState(cpo.state, 'abandon');
  assertNotOnPaper(cpo);
  return { ...cpo, state, version: cpo.version + 1, reason, endedOn: today };
}

function assertNotOnPaper({ actId }: Pick<Cpo, 'actId'>): void {
  if (actId !== null) throw new CpoOnPaperAlready();
}

/**
 * What its signature will ask of the first tranche, its act does already.
 * @throws ActNotAllowed, CpoOnPaperAlready, FirstTrancheNotGranted, FirstTrancheDiffers, FirstTrancheNotCommitted
 */
export function assertMayBePutOnPaper(cpo: Cpo, firstLine: TrancheLine): void {
  nextCpoState(cpo.state, 'prepare-act');
  assertNotOnPaper(cpo);
  const [first] = cpo.tranches;
  if (!first) throw new Error('a CPO has tranches');
  assertOpenCredits(first, firstLine);
}

/** Its amounts are those of that act from now on. @throws ActNotAllowed */
export function putOnPaper(cpo: Cpo, actId: string): Cpo {
  return { ...cpo, state: nextCpoState(cpo.state, 'prepare-act'), version: cpo.version + 1, actId };
}

/** Its act is void. @throws ActNotAllowed */
export function backToNegotiation(cpo: Cpo): Cpo {
  return { ...cpo, state: nextCpoState(cpo.state, 'void-act'), version: cpo.version + 1, actId: null };
}

/** The day of the second signature, when it came after the funder's. */
export function signedByBeneficiary(cpo: Cpo, beneficiarySignedOn: Day): Cpo {
  return { ...cpo, version: cpo.version + 1, beneficiarySignedOn };
}

/**
 * Confirms the first tranche: its line must be granted for that amount and held by its envelope. In its first year, it takes effect at once.
 * Once its act is prepared, by that act only.
 * @throws ActNotAllowed, CpoOnPaperAlready, SignedInFuture, FirstTrancheNotGranted, FirstTrancheDiffers, FirstTrancheNotCommitted
 */
export function sign(cpo: Cpo, firstLine: TrancheLine, { today, ...signature }: Signature, at: Date): Cpo {
  const state = nextCpoState(cpo.state, 'sign');
  if (cpo.actId !== signature.actId) throw new CpoOnPaperAlready();
  if (signature.signedOn > today) throw new SignedInFuture('/signedOn');
  if (signature.beneficiarySignedOn !== null && signature.beneficiarySignedOn > today) throw new SignedInFuture('/beneficiarySignedOn');
  const [first, ...later] = cpo.tranches;
  if (!first) throw new Error('a CPO has tranches');
  assertOpenCredits(first, firstLine);
  const tranches = [{ ...first, confirmedAt: at, confirmedBy: signature.signedBy, reportYear: null }, ...later];
  const signed = { ...cpo, ...signature, state, version: cpo.version + 1, tranches };
  return mayActivate(signed, today) ? { ...signed, state: nextCpoState(signed.state, 'activate') } : signed;
}

function assertOpenCredits({ amountCents, year }: Tranche, line: TrancheLine): void {
  if (line.standing !== 'granted' || line.grantedCents === null) throw new FirstTrancheNotGranted(year);
  if (line.grantedCents !== amountCents) throw new FirstTrancheDiffers(amountCents, line.grantedCents);
  // Only a funder that keeps no envelope here grants without one.
  const isHeld = line.envelopeId === null ? !line.isProgramme147 : line.committedCents === amountCents;
  if (!isHeld) throw new FirstTrancheNotCommitted(amountCents, line.committedCents);
}

/** Whether its first year has come. */
export function mayActivate({ state, firstYear }: Pick<Cpo, 'state' | 'firstYear'>, today: Day): boolean {
  return state === 'signed' && today >= firstDay(firstYear);
}

/** @throws ActNotAllowed */
export function activate(cpo: Cpo): Cpo {
  return { ...cpo, state: nextCpoState(cpo.state, 'activate'), version: cpo.version + 1 };
}

/**
 * An amendment to some of the years that are not confirmed. `lines`: those of all its years.
 * @throws ActNotAllowed, WrongTranches, TrancheAboveRequest, TrancheAlreadyConfirmed, TrancheEnded
 */
export function amend(
  cpo: Cpo,
  amounts: readonly TrancheAmount[],
  lines: readonly (NegotiatedLine & { readonly standing: Standing })[],
): Cpo {
  const state = nextCpoState(cpo.state, 'amend');
  const asked = new Map(amounts.map(({ year, amountCents }) => [year, amountCents]));
  const isOfYears = [...asked.keys()].every((year) => cpo.tranches.some((tranche) => tranche.year === year));
  if (asked.size === 0 || asked.size !== amounts.length || !isOfYears) throw new WrongTranches(AMENDED_YEARS);
  const tranches = cpo.tranches.map((tranche) => {
    const amountCents = asked.get(tranche.year);
    const line = lines.find(({ id }) => id === tranche.lineId);
    if (amountCents === undefined || !line) return tranche;
    assertPending(tranche, line.standing);
    if (amountCents <= 0n) throw new WrongTranches(AMENDED_YEARS);
    if (amountCents > line.requestedCents) throw new TrancheAboveRequest(tranche.year, amountCents, line.requestedCents);
    return { ...tranche, amountCents };
  });
  return { ...cpo, state, version: cpo.version + 1, tranches };
}

/** An early end. @throws ActNotAllowed, TerminatedTooEarly */
export function terminate(cpo: Cpo, reason: string, effectiveOn: Day): Cpo {
  const state = nextCpoState(cpo.state, 'terminate');
  if (cpo.signedOn !== null && effectiveOn < cpo.signedOn) throw new TerminatedTooEarly(cpo.signedOn);
  return { ...cpo, state, version: cpo.version + 1, reason, endedOn: effectiveOn };
}

/** Its term: once its last year is over, or before if its last tranche is closed. @throws ActNotAllowed, CpoNotOver */
export function end(cpo: Cpo, lastLine: TrancheLine, today: Day): Cpo {
  const state = nextCpoState(cpo.state, 'end');
  const isClosed = lastLine.standing === 'closed' || lastLine.standing === 'ended';
  if (!isClosed && today <= lastDay(cpo.lastYear)) throw new CpoNotOver(cpo.lastYear);
  return { ...cpo, state, version: cpo.version + 1, endedOn: today };
}

/** The clock ends it the day after its last report was due, six months after its last year. */
export function isOverdue({ state, lastYear }: Pick<Cpo, 'state' | 'lastYear'>, today: Day): boolean {
  return state === 'active' && today > `${lastYear + 1}-06-30`;
}
