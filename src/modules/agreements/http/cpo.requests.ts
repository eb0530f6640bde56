import { Param, type PipeTransform } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import { cents } from '../../../kernel/money.js';
import { CalendarDay, Cents, NestedList, OneOf, Text, Uuid, WholeNumber, WholeNumberList } from '../../../platform/http/fields.js';
import { ListQuery } from '../../../platform/http/paging.js';
import { CPO_STATES } from '../domain/cpo.transitions.js';
import type { TrancheAmount } from '../domain/tranche.js';

const YEAR = { min: 2024, max: 2100 } as const;
const REASON = { max: 2000 } as const;

export class TrancheAmountRequest {
  @WholeNumber(YEAR) year!: number;
  @Cents({ description: 'Au plus ce que le budget de l’année demande à ce financeur' }) amountCents!: number;
}

export class TrancheAmountsRequest {
  @NestedList(() => TrancheAmountRequest, { max: 4, min: 1, description: 'Une par année' }) tranches!: TrancheAmountRequest[];
}

export class NegotiateCpoRequest extends TrancheAmountsRequest {
  @Uuid({ description: 'Action pluriannuelle d’un dossier recevable' }) actionId!: string;
  @Uuid() funderId!: string;
  @Text({ max: 300, optional: true, description: 'Dispositif, si le financeur en a plusieurs' }) scheme?: string;
  @WholeNumberList({ min: 1, max: 10, each: YEAR, description: 'Trois ou quatre années qui se suivent', example: [2027, 2028, 2029] })
  years!: number[];
}

export class SignCpoRequest {
  @CalendarDay({ description: 'Signature du financeur' }) signedOn!: string;
  @Text({ max: 200, example: 'CPO 2027-012' }) reference!: string;
  @CalendarDay({ description: 'Signature de la structure' }) beneficiarySignedOn!: string;
}

export class CpoReasonRequest {
  @Text(REASON) reason!: string;
}

export class AmendCpoRequest extends TrancheAmountsRequest {
  @Text(REASON) reason!: string;
}

export class TerminateCpoRequest {
  @Text(REASON) reason!: string;
  @CalendarDay({ description: 'Les années qui commencent après ne sont plus dues' }) effectiveOn!: string;
}

export class ReserveTrancheRequest {
  @Uuid({ optional: true, description: 'Absente : l’enveloppe de cette année qui a de quoi la porter' }) envelopeId?: string;
}

export class CposQuery extends ListQuery {
  @WholeNumber({ ...YEAR, optional: true, query: true, description: 'Une des années de la convention' }) year?: number;
  @OneOf(CPO_STATES, { optional: true }) state?: string;
  @Uuid({ optional: true }) organisationId?: string;
  @Uuid({ optional: true }) funderId?: string;
}

export class CpoShareQuery {
  @WholeNumber({ ...YEAR, query: true }) year!: number;
  @Text({ max: 3, optional: true, example: '94', description: 'Absent : tout le contrat' }) department?: string;
}

export const toAmounts = ({ tranches }: TrancheAmountsRequest): TrancheAmount[] =>
  tranches.map(({ year, amountCents }) => ({ year, amountCents: cents(amountCents) }));

class YearOrNotFound implements PipeTransform<string, number> {
  transform(value: string): number {
    if (!/^20\d{2}$/.test(value)) throw new NotFound();
    return Number(value);
  }
}

/** The year in the path; anything else names nothing: 404. */
export const Year = (): ParameterDecorator => Param('year', new YearOrNotFound());
