import type { Money } from '../../../kernel/money.js';
import { labelOfAct } from './line-history.words.js';

/** One thing that was recorded in the life of a line: an act with the state before and after, or a movement of credit. */
export interface TrailRow {
  readonly id: string;
  readonly at: Date;
  /** `at` in microseconds, as the list is ordered by. */
  readonly moment: bigint;
  /** `funding-line.approved`, `opinion.given`, `dossier.submitted`, `movement.reserve` … */
  readonly kind: string;
  readonly actorId: string | null;
  readonly actorName: string | null;
  readonly before: Recorded | null;
  readonly after: Recorded | null;
  readonly amountCents: Money | null;
  readonly envelopeId: string | null;
  readonly reason: string | null;
}

/** What the audit keeps; amounts as text. Acts of modules above keep what they please: nothing in it is taken for granted. */
export type Recorded = Readonly<Record<string, unknown>>;

export interface HistoryEntry {
  readonly id: string;
  readonly at: Date;
  readonly kind: string;
  readonly label: string;
  /** Null for the system, and for a reader who is not told who decides. */
  readonly actor: { readonly id: string; readonly name: string } | null;
  readonly amountCents: Money | null;
  readonly envelopeId: string | null;
  readonly reason: string | null;
  readonly reference: string | null;
}

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

function amount(recorded: Recorded | null | undefined, name: string): Money | null {
  const value = recorded?.[name];
  return (typeof value === 'string' && /^-?\d{1,19}$/.test(value)) || Number.isSafeInteger(value)
    ? (BigInt(value as string) as Money)
    : null;
}

/** What changed hands by the act, in euro cents: what it paid or took back, else what it granted, else what it proposed. */
function amountOf({ amountCents, kind, before, after }: TrailRow): Money | null {
  if (amountCents !== null) return amountCents;
  if (kind === 'opinion.given') return amount(after, 'proposedCents');
  const [was, is] = [amount(before, 'paidCents') ?? 0n, amount(after, 'paidCents')];
  if (is !== null && is !== was) return (is - was) as Money;
  const first = after?.['firstApproval'] as Recorded | null | undefined;
  return amount(first, 'amountCents') ?? amount(after, 'grantedCents') ?? amount(after, 'proposedCents');
}

function reasonOf({ reason, after }: TrailRow): string | null {
  return reason ?? text(after?.['reason']) ?? text(after?.['admissibilityReason']);
}

/** As those who judge the line read it. @param states what each state of a line is called */
export function entryForStaff(row: TrailRow, states: Readonly<Record<string, string>>): HistoryEntry {
  const { id, at, kind, actorId, actorName, after } = row;
  return {
    id,
    at,
    kind,
    label: labelOfAct(row, states),
    actor: actorId === null || actorName === null ? null : { id: actorId, name: actorName },
    amountCents: amountOf(row),
    envelopeId: row.envelopeId ?? text(after?.['envelopeId']),
    reason: reasonOf(row),
    reference: text(after?.['decisionReference']),
  };
}

/** How the applicant reads a state of a line. */
export type PublicWords = (state: string) => { readonly status: string; readonly label: string };

/** As the applicant reads it: the public word, the amount and the reason once they are told; never who, nor from which envelope. */
export function entryForApplicant(row: TrailRow, words: PublicWords): HistoryEntry {
  const { id, at, kind, after } = row;
  const state = text(after?.['state']) ?? '';
  const isDossier = kind.startsWith('dossier.');
  const { status, label } = isDossier
    ? { status: kind === 'dossier.submitted' ? 'submitted' : state, label: labelOfAct(row, {}) }
    : words(state);
  return {
    ...{ id, at, kind: status, label, actor: null, envelopeId: null },
    // A line that grants nothing holds nothing that the applicant was told of.
    amountCents: isDossier || amount(after, 'grantedCents') !== null ? amountOf(row) : null,
    reason: reasonOf(row),
    reference: text(after?.['decisionReference']),
  };
}
