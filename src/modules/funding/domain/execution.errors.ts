import { RuleRefused } from '../../../kernel/errors.js';
import { inFrench } from '../../../kernel/money.js';

export class PaymentAboveGrant extends RuleRefused {
  constructor(askedCents: bigint, unpaidCents: bigint) {
    super('PAYMENT_ABOVE_GRANT', `Il reste ${inFrench(unpaidCents)} à payer sur cette ligne : ${inFrench(askedCents)} en dépassent.`);
  }
}

export class NothingToReverse extends RuleRefused {
  constructor(askedCents: bigint, paidCents: bigint) {
    super(
      'REVERSAL_ABOVE_PAID',
      `Seuls ${inFrench(paidCents)} ont été payés sur cette ligne : ${inFrench(askedCents)} ne peuvent pas être annulés.`,
    );
  }
}

export class AmendmentBelowPaid extends RuleRefused {
  constructor(askedCents: bigint, paidCents: bigint) {
    super(
      'AMENDMENT_BELOW_PAID',
      `${inFrench(paidCents)} sont déjà payés : un avenant ne peut pas ramener le montant à ${inFrench(askedCents)}.`,
    );
  }
}

export class RepaymentAbovePaid extends RuleRefused {
  constructor(askedCents: bigint, paidCents: bigint) {
    super(
      'REPAYMENT_ABOVE_PAID',
      `Seuls ${inFrench(paidCents)} ont été payés sur cette ligne : ${inFrench(askedCents)} ne peuvent pas être reversés.`,
    );
  }
}
