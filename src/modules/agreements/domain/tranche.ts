import { inFrench, type Money } from '../../../kernel/money.js';
import {
  LineMissing,
  LineNotFree,
  TrancheAboveRequest,
  TrancheAlreadyConfirmed,
  TrancheEnded,
  TrancheNotOpen,
  TrancheUnfunded,
  WrongCpoYears,
  WrongTranches,
} from './cpo.errors.js';
import type { CpoState } from './cpo.transitions.js';

/** Years that a CPO may last. */
const FEWEST_YEARS = 3;
const MOST_YEARS = 4;

/** One year of a CPO. What it holds of an envelope is told by its line, and by it alone. */
export interface Tranche {
  readonly year: number;
  /** 1 for the first year. */
  readonly rank: number;
  readonly lineId: string;
  readonly amountCents: Money;
  readonly confirmedAt: Date | null;
  readonly confirmedBy: string | null;
  /** The year whose accepted report opened it; null for the first, and until it is confirmed. */
  readonly reportYear: number | null;
}

export interface TrancheAmount {
  readonly year: number;
  readonly amountCents: Money;
}

/** What a line is to its CPO. */
export type Standing = 'undecided' | 'reserved' | 'granted' | 'closed' | 'ended';

export interface TrancheLine {
  readonly standing: Standing;
  readonly isProgramme147: boolean;
  readonly grantedCents: Money | null;
  readonly committedCents: Money;
  readonly envelopeId: string | null;
}

/** A line that a negotiation is about. */
export interface NegotiatedLine {
  readonly id: string;
  readonly year: number;
  readonly requestedCents: Money;
}

/** Derived, so that it never says something else than the money: see `trancheState`. */
export const TRANCHE_STATES = ['planned', 'unfunded', 'reserved', 'confirmed', 'closed', 'cancelled'] as const;
export type TrancheState = (typeof TRANCHE_STATES)[number];

/** The years that a CPO is negotiated on, in their order. @throws WrongCpoYears */
export function assertYears(years: readonly number[]): readonly number[] {
  const sorted = [...years].sort((a, b) => a - b);
  const follow = sorted.every((year, index) => year === (sorted[0] ?? 0) + index);
  if (!follow || sorted.length < FEWEST_YEARS || sorted.length > MOST_YEARS) throw new WrongCpoYears();
  return sorted;
}

/** The tranches that such amounts make: one a year, each within what was requested. @throws WrongTranches, LineMissing, TrancheAboveRequest */
export function agreeOn(years: readonly number[], amounts: readonly TrancheAmount[], lines: readonly NegotiatedLine[]): Tranche[] {
  const byYear = new Map(amounts.map(({ year, amountCents }) => [year, amountCents]));
  if (byYear.size !== amounts.length || byYear.size !== years.length) throw new WrongTranches();
  return years.map((year, index) => {
    const amountCents = byYear.get(year);
    if (amountCents === undefined || amountCents <= 0n) throw new WrongTranches();
    const line = lines.find((each) => each.year === year);
    if (!line) throw new LineMissing(year);
    if (amountCents > line.requestedCents) throw new TrancheAboveRequest(year, amountCents, line.requestedCents);
    return { year, rank: index + 1, lineId: line.id, amountCents, confirmedAt: null, confirmedBy: null, reportYear: null };
  });
}

/** Later years must be nobody's yet; the first one may already be proposed or granted, as it will have to be. @throws LineNotFree */
export function assertFree(year: number, rank: number, standing: Standing, heldByCpo: string | null): void {
  const isFree = rank === 1 ? standing === 'undecided' || standing === 'reserved' || standing === 'granted' : standing === 'undecided';
  if (!isFree || heldByCpo !== null) throw new LineNotFree(year);
}

/** What a tranche is, by its CPO and by its line. */
export function trancheState(cpo: CpoState, standing: Standing): TrancheState {
  if (cpo === 'negotiation') return 'planned';
  if (cpo === 'abandoned' || standing === 'ended') return 'cancelled';
  if (standing === 'undecided') return cpo === 'signed' || cpo === 'active' ? 'unfunded' : 'cancelled';
  return standing === 'granted' ? 'confirmed' : standing;
}

/** What may still be amended, reserved or confirmed. @throws TrancheAlreadyConfirmed, TrancheEnded */
export function assertPending({ year, confirmedAt }: Tranche, standing: Standing): void {
  if (standing === 'ended') throw new TrancheEnded(year);
  if (confirmedAt !== null || standing === 'granted' || standing === 'closed') throw new TrancheAlreadyConfirmed(year);
}

/**
 * A later year opens with the accepted report on the year before, and on open credits: reserved in an envelope, unless its funder keeps none
 * here. @throws TrancheAlreadyConfirmed, TrancheEnded, TrancheNotOpen, TrancheUnfunded
 */
export function confirm(
  tranche: Tranche,
  line: TrancheLine,
  by: { readonly confirmerId: string; readonly at: Date; readonly reportAccepted: boolean; readonly hasEnvelope: boolean },
): Tranche {
  assertPending(tranche, line.standing);
  if (!by.reportAccepted) throw new TrancheNotOpen(tranche.year);
  if (line.standing !== 'reserved' && (line.isProgramme147 || by.hasEnvelope)) throw new TrancheUnfunded(tranche.year);
  return { ...tranche, confirmedAt: by.at, confirmedBy: by.confirmerId, reportYear: tranche.year - 1 };
}

/** An envelope of the funder, with what it has left. */
export interface Room {
  readonly id: string;
  readonly programme: string;
  readonly year: number;
  readonly availableCents: Money;
}

/** The envelope of that year with room for it: the programme of the first tranche before any other. Null when none has. */
export function roomFor({ year, amountCents }: TrancheAmount, rooms: readonly Room[], programme: string | null): Room | null {
  const fit = rooms.filter((room) => room.year === year && room.availableCents >= amountCents);
  return fit.find((room) => room.programme === programme) ?? fit[0] ?? null;
}

/** Why a tranche is unfunded, for who decides. */
export function whyUnfunded({ year, amountCents }: TrancheAmount, rooms: readonly Room[]): string {
  const ofYear = rooms.filter((room) => room.year === year);
  if (ofYear.length === 0) return `Aucune enveloppe ${year} de ce financeur n’est ouverte.`;
  if (roomFor({ year, amountCents }, rooms, null)) return `Une enveloppe ${year} a maintenant de quoi la porter : réservez-la.`;
  const most = ofYear.reduce((a, b) => (b.availableCents > a.availableCents ? b : a));
  return `L’enveloppe ${year} n’a plus que ${inFrench(most.availableCents)}, et il en faudrait ${inFrench(amountCents)}.`;
}

/** Whether the early end of its CPO ends that year too: nobody was promised it, or it has not begun and nothing is prepared. */
export function endsWith(line: { readonly state: string; readonly standing: Standing }, year: number, effectiveYear: number): boolean {
  if (line.standing === 'undecided' || line.standing === 'reserved') return true;
  return (line.state === 'approved' || line.state === 'announced') && year > effectiveYear;
}
