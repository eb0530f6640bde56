import { RuleRefused, Unprocessable } from '../../../kernel/errors.js';
import { inFrench } from '../../../kernel/money.js';

const CEILING_WORDS = { AE: "autorisations d'engagement, AE,", CP: 'crédits de paiement, CP,' } as const;

export class MovementNotPositive extends Unprocessable {
  constructor() {
    super('MOVEMENT_NOT_POSITIVE', "Un mouvement d'enveloppe porte un montant supérieur à zéro ; une correction est un autre mouvement.");
  }
}

export class EnvelopeAlreadyOpen extends RuleRefused {
  constructor() {
    super('ENVELOPE_ALREADY_OPEN', 'Cette enveloppe est déjà ouverte : augmentez-la ou diminuez-la plutôt.');
  }
}

export class EnvelopeClosed extends RuleRefused {
  constructor() {
    super(
      'ENVELOPE_CLOSED',
      "L'exercice de cette enveloppe est clos : elle ne reçoit, ne retient et n'accorde plus rien. Choisissez une enveloppe ouverte.",
    );
  }
}

export class EnvelopeExceeded extends RuleRefused {
  /** `limitedBy`: which of the two ceilings is the lower one; null when they are equal. */
  constructor(availableCents: bigint, askedCents: bigint, limitedBy: 'AE' | 'CP' | null) {
    const [available, asked] = [inFrench(availableCents), inFrench(askedCents)];
    const ceiling = limitedBy === null ? '' : ` (ce sont ses ${CEILING_WORDS[limitedBy]} qui limitent)`;
    super(
      'ENVELOPE_EXCEEDED',
      `Il reste ${available} disponibles dans l'enveloppe${ceiling}, et il en faudrait ${asked}. Réduisez le montant ou augmentez l'enveloppe.`,
    );
  }
}

export class EnvelopeBelowUse extends RuleRefused {
  constructor(usedCents: bigint, leftCents: bigint) {
    const [used, left] = [inFrench(usedCents), inFrench(leftCents)];
    super('ENVELOPE_BELOW_USE', `${used} sont déjà réservés, engagés ou délégués : l'enveloppe ne peut pas descendre à ${left}.`);
  }
}

export class ReservationExceeded extends RuleRefused {
  constructor(reservedCents: bigint, askedCents: bigint) {
    super('RESERVATION_EXCEEDED', `Seuls ${inFrench(reservedCents)} sont réservés : ${inFrench(askedCents)} ne peuvent pas être libérés.`);
  }
}

export class CommitmentExceeded extends RuleRefused {
  constructor(unpaidCents: bigint, askedCents: bigint) {
    super('COMMITMENT_EXCEEDED', `Seuls ${inFrench(unpaidCents)} sont engagés sans être payés : ${inFrench(askedCents)} en dépassent.`);
  }
}

export class RecoveryExceedsPaid extends RuleRefused {
  constructor(paidCents: bigint, askedCents: bigint) {
    super('RECOVERY_EXCEEDS_PAID', `Seuls ${inFrench(paidCents)} ont été payés : ${inFrench(askedCents)} ne peuvent pas être recouvrés.`);
  }
}

export class TakeBackExceedsDelegated extends RuleRefused {
  constructor(delegatedCents: bigint, askedCents: bigint) {
    super(
      'TAKE_BACK_EXCEEDS_DELEGATED',
      `Seuls ${inFrench(delegatedCents)} sont délégués : ${inFrench(askedCents)} ne peuvent pas revenir.`,
    );
  }
}
