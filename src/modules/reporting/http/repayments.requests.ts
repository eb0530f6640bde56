import { CalendarDay, Cents, OneOf, Text, Uuid } from '../../../platform/http/fields.js';
import { ListQuery } from '../../../platform/http/paging.js';
import { REPAYMENT_STATES, type RepaymentState } from '../domain/repayment.js';

export class AskRepaymentRequest {
  @Cents({ description: 'Au plus ce qui est payé' }) amountCents!: number;
  @Text({ max: 2000 }) reason!: string;
  @CalendarDay({ description: 'Échéance' }) dueOn!: string;
  @Text({ max: 200, optional: true, nullable: true, description: 'Référence du titre de perception' }) titleReference?: string | null;
}

export class ReceiptRequest {
  @Cents() amountCents!: number;
  @CalendarDay() receivedOn!: string;
  @Text({ max: 200, description: 'Référence de la recette, unique pour ce reversement', example: 'Titre 2028-0147-12' }) reference!: string;
}

export class GivenReasonRequest {
  @Text({ max: 2000 }) reason!: string;
}

export class RepaymentsQuery extends ListQuery {
  @Uuid({ optional: true }) fundingLineId?: string;
  @Uuid({ optional: true }) organisationId?: string;
  @Uuid({ optional: true }) funderId?: string;
  @OneOf(REPAYMENT_STATES, { optional: true }) status?: RepaymentState;
  @CalendarDay({ optional: true, description: 'Échéance au plus tard ce jour-là' }) dueBy?: string;
}
