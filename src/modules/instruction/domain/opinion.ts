import type { Money } from '../../../kernel/money.js';
import type { Perimeter } from '../../../kernel/scope.js';
import { AmountAboveRequest, AmountWithUnfavourable, DossierNotInstructed, LineNotOpen } from './opinion.errors.js';
import { ReasonRequired, reasonIn } from './reason.js';

export const OPINIONS = ['favourable', 'reserved', 'unfavourable'] as const;
export type OpinionKind = (typeof OPINIONS)[number];

/** Whom an opinion may speak for; someone with several roles over a line speaks for the first. */
export const OPINION_ROLES = ['instructor', 'delegate', 'prefecture', 'partner', 'citizens-council'] as const;
export type OpinionRole = (typeof OPINION_ROLES)[number];

export interface GivenOpinion {
  readonly opinion: OpinionKind;
  readonly proposedCents: Money | null;
  readonly reason: string | null;
}

/** What an opinion is about, as the dossier and the line stand when it is given. */
export interface Judged {
  readonly dossierState: string;
  readonly lineState: string;
  readonly requestedCents: Money;
}

/** While a complement is awaited the request itself may change: an opinion would be on something else. */
const INSTRUCTED: ReadonlySet<string> = new Set(['submitted', 'admissible']);

/** Nothing is decided yet. The refusal does not say which way a decision went: not everyone who gives an opinion may know. */
const OPEN: ReadonlySet<string> = new Set(['requested', 'taken-up', 'instructed', 'on-agenda', 'proposed', 'adjourned', 'unfavourable']);

/** null: none of these roles gives opinions. */
export function speaksFor(roles: ReadonlySet<string>): OpinionRole | null {
  return OPINION_ROLES.find((role) => roles.has(role)) ?? null;
}

export interface PlacesOfLine {
  /** That its action targets, by slug. */
  readonly qpv: readonly string[];
  /** Of the actions of its dossier, by INSEE code. */
  readonly communes: readonly string[];
}

/** From where a line is seen: as its dossier, but for the QPV that its action does not target, whose council knows nothing of it. */
export function seenFrom(dossier: Perimeter, { qpv }: PlacesOfLine): Perimeter {
  return dossier.filter(({ kind, code }) => kind !== 'qpv' || qpv.includes(code));
}

/** From where one has a say on it. Another funder of the dossier, a city that is only asked for money included, sees the line and has none. */
export function judgedFrom(seen: Perimeter, { communes }: PlacesOfLine, funder: { code: string; inseeCode: string | null }): Perimeter {
  return seen.filter(({ kind, code }) => {
    if (kind === 'funder') return code === funder.code;
    return kind !== 'commune' || code === funder.inseeCode || communes.includes(code);
  });
}

/** The opinion as it is kept. @throws DossierNotInstructed, LineNotOpen, ReasonRequired, AmountWithUnfavourable, AmountAboveRequest */
export function judge(given: GivenOpinion, role: OpinionRole, on: Judged): GivenOpinion {
  if (!INSTRUCTED.has(on.dossierState)) throw new DossierNotInstructed();
  if (!OPEN.has(on.lineState)) throw new LineNotOpen();
  const reason = reasonIn(given.reason);
  if (reason === null && given.opinion !== 'favourable')
    throw new ReasonRequired('Donnez le motif : un avis réservé ou défavorable est motivé.');
  if (reason === null && role === 'citizens-council')
    throw new ReasonRequired('Donnez le motif : l’avis d’un conseil citoyen est toujours motivé.');
  const { opinion, proposedCents } = given;
  if (proposedCents !== null) {
    if (opinion === 'unfavourable') throw new AmountWithUnfavourable();
    if (proposedCents > on.requestedCents) throw new AmountAboveRequest(proposedCents, on.requestedCents);
  }
  return { opinion, proposedCents, reason };
}
