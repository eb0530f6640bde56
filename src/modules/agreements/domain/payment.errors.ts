import { RuleRefused, Unprocessable } from '../../../kernel/errors.js';
import { inFrench } from '../../../kernel/money.js';

export class ScheduleNotTheGrant extends Unprocessable {
  constructor(totalCents: bigint, grantedCents: bigint) {
    const sentence = `L’échéancier totalise ${inFrench(totalCents)} et le montant accordé est de ${inFrench(grantedCents)} : ils doivent être égaux.`;
    super('SCHEDULE_NOT_THE_GRANT', sentence, [{ pointer: '/installments', code: 'SCHEDULE_NOT_THE_GRANT', detail: sentence }]);
  }
}

export class UnknownInstallment extends Unprocessable {
  constructor() {
    const sentence = 'Cette échéance n’est pas de l’échéancier en vigueur de la ligne.';
    super('UNKNOWN_INSTALLMENT', sentence, [{ pointer: '/installmentId', code: 'UNKNOWN_INSTALLMENT', detail: sentence }]);
  }
}

export class NotPositive extends Unprocessable {
  constructor() {
    super('AMOUNT_NOT_POSITIVE', 'Le montant doit être positif.');
  }
}

export class RequestAboveGrant extends RuleRefused {
  constructor(askedCents: bigint, leftCents: bigint) {
    super('REQUEST_ABOVE_GRANT', `Il reste ${inFrench(leftCents)} à demander sur cette ligne : ${inFrench(askedCents)} en dépassent.`);
  }
}

export class RequestAlreadyCancelled extends RuleRefused {
  constructor() {
    super('PAYMENT_REQUEST_CANCELLED', 'Cette demande de versement est déjà annulée.');
  }
}

/** Payments settle requests from the oldest on. */
export class RequestPaid extends RuleRefused {
  constructor(paidCents: bigint, amountCents: bigint) {
    super(
      'PAYMENT_REQUEST_PAID',
      `${inFrench(paidCents)} de cette demande de ${inFrench(amountCents)} sont déjà versés (un versement règle les demandes de la plus ancienne à la plus récente) : elle ne s’annule plus.`,
    );
  }
}

export class PaidInFuture extends Unprocessable {
  constructor() {
    const sentence = 'Un paiement se confirme une fois fait : sa date ne peut pas être à venir.';
    super('PAID_IN_FUTURE', sentence, [{ pointer: '/paidOn', code: 'PAID_IN_FUTURE', detail: sentence }]);
  }
}

export class PaidBeforeDecision extends Unprocessable {
  constructor() {
    const sentence = 'Ce paiement serait antérieur à la décision qui accorde la subvention.';
    super('PAID_BEFORE_DECISION', sentence, [{ pointer: '/paidOn', code: 'PAID_BEFORE_DECISION', detail: sentence }]);
  }
}

export class AlreadyReversed extends RuleRefused {
  constructor() {
    super('PAYMENT_ALREADY_REVERSED', 'Ce paiement est déjà annulé.');
  }
}
