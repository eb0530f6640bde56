import type { FieldError } from '../../../kernel/errors.js';
import type { Money } from '../../../kernel/money.js';
import { DecisionIncomplete } from './committee.errors.js';

export const COMMITTEE_DECISIONS = ['proposed', 'adjourned', 'unfavourable'] as const;
export type CommitteeDecisionKind = (typeof COMMITTEE_DECISIONS)[number];

/** What the session decides of a line. */
export type CommitteeDecision =
  | { readonly kind: 'proposed'; readonly amountCents: Money; readonly envelopeId: string | null; readonly reason: string | null }
  | { readonly kind: 'adjourned' | 'unfavourable'; readonly reason: string };

/** What a scenario sets aside for a line; null: it was not looked at. */
export interface PlannedAmount {
  readonly amountCents: Money | null;
  readonly envelopeId: string | null;
}

/** What is asked of a line, before the adopted scenario completes it. */
export interface AskedDecision {
  readonly lineId: string;
  readonly decision: CommitteeDecisionKind;
  readonly amountCents?: Money;
  readonly envelopeId?: string;
  readonly reason?: string;
}

/** What follows from the adopted scenario when nobody said otherwise. Null: nothing does, and the line needs a decision with its reason. */
export function decisionByDefault({ amountCents, envelopeId }: PlannedAmount): CommitteeDecision | null {
  if (amountCents === null || amountCents === 0n) return null;
  return { kind: 'proposed', amountCents, envelopeId, reason: null };
}

/** A decision as it is kept: a proposal says how much, from the scenario if need be; anything else says why. @throws DecisionIncomplete */
export function completed(asked: AskedDecision, planned: PlannedAmount, pointer: string): CommitteeDecision {
  const { decision: kind, reason = null } = asked;
  if (kind !== 'proposed') {
    if (asked.amountCents !== undefined || asked.envelopeId !== undefined)
      throw incomplete(`${pointer}/amountCents`, 'Une ligne ajournée ou à l’avis défavorable n’a ni montant ni enveloppe.');
    if (reason === null) throw incomplete(`${pointer}/reason`, 'Donnez le motif de l’ajournement ou de l’avis défavorable.');
    return { kind, reason };
  }
  const amountCents = asked.amountCents ?? planned.amountCents ?? (0n as Money);
  if (amountCents <= 0n) throw incomplete(`${pointer}/amountCents`, 'Dites le montant proposé : le scénario adopté n’en prévoit pas.');
  return { kind, amountCents, envelopeId: asked.envelopeId ?? planned.envelopeId, reason };
}

function incomplete(pointer: string, detail: string): DecisionIncomplete {
  const field: FieldError = { pointer, code: 'DECISION_INCOMPLETE', detail };
  return new DecisionIncomplete([field]);
}
