import type { Day } from '../../../kernel/day.js';
import { inFrench } from '../../../kernel/money.js';
import { keyOf, type ReadEntry } from './chorus-entry.js';
import type { ChorusEntry, ChorusRowStatus } from './chorus-import.js';
import { isPayable } from './payable-states.js';

/** A line that the importer pays, of the beneficiary of a row. */
export interface CandidateLine {
  readonly id: string;
  readonly siret: string;
  readonly year: number;
  readonly ejNumber: string | null;
  readonly state: string;
  readonly grantedCents: bigint;
  readonly paidCents: bigint;
}

/** What a row is found to be. */
export interface Finding {
  readonly status: ChorusRowStatus;
  /** In French, when it is not simply matched. */
  readonly reason: string | null;
  readonly lineId: string | null;
  readonly suggestedLineIds: readonly string[];
}

const SUGGESTED_AT_MOST = 20;

const found = (status: ChorusRowStatus, reason: string | null, suggested: readonly CandidateLine[] = []): Finding => ({
  status,
  reason,
  lineId: null,
  suggestedLineIds: suggested.slice(0, SUGGESTED_AT_MOST).map(({ id }) => id),
});

/** Goes through the rows of one extraction, in their order: what a row takes of a line is no longer there for the next one. */
export class ChorusMatcher {
  private readonly seen = new Set<string>();
  private readonly taken = new Map<string, bigint>();

  constructor(private readonly today: Day) {}

  /** @param candidates lines of the row's SIRET @param isApplied whether another import applied the same row */
  match({ entry, fault }: ReadEntry, candidates: readonly CandidateLine[], isApplied: boolean): Finding {
    if (fault !== null) return found('refused', fault);
    const key = keyOf(entry);
    if (this.seen.has(key))
      return found('duplicate', 'La même ligne Chorus (EJ, DP, postes et exercice) est déjà plus haut dans ce fichier.');
    this.seen.add(key);
    if (isApplied) return found('already-applied', 'Un import précédent a déjà appliqué cette ligne Chorus.');
    if (entry.paidOn !== null && entry.paidOn > this.today) return found('refused', 'La date de paiement est à venir.');
    const ofYear = candidates.filter(({ year }) => year === entry.year);
    const named = ofYear.filter(({ ejNumber }) => ejNumber === entry.ej);
    const [line] = named;
    if (line && named.length === 1) return this.take(entry, line);
    if (named.length > 1) return found('ambiguous', 'Plusieurs lignes de cette structure portent cet EJ pour cet exercice.', named);
    // An amount proves nothing: it only helps a person to look.
    const alike = ofYear.filter((one) => entry.amountCents === this.leftOf(one) || entry.amountCents === one.grantedCents);
    if (alike.length > 0)
      return found(
        'ambiguous',
        'Aucune ligne ne porte cet EJ ; celles-ci ont la même structure, le même exercice et le même montant.',
        alike,
      );
    return found('unknown', 'Aucune ligne de votre périmètre n’a cette structure et cet EJ pour cet exercice.', ofYear);
  }

  private take({ amountCents }: ChorusEntry, line: CandidateLine): Finding {
    const amount = amountCents ?? 0n;
    if (!isPayable(line.state)) return found('refused', 'La ligne n’est pas à payer : pas encore notifiée, déjà payée ou close.', [line]);
    const left = this.leftOf(line);
    if (amount > left) return found('refused', `Il reste ${inFrench(left)} à payer sur la ligne : ce montant en dépasse.`, [line]);
    this.taken.set(line.id, (this.taken.get(line.id) ?? 0n) + amount);
    return { status: 'matched', reason: null, lineId: line.id, suggestedLineIds: [] };
  }

  private leftOf({ id, grantedCents, paidCents }: CandidateLine): bigint {
    return grantedCents - paidCents - (this.taken.get(id) ?? 0n);
  }
}
