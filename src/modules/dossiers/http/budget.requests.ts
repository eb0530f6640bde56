import { Param, type PipeTransform } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import { cents } from '../../../kernel/money.js';
import { Cents, NestedList, Text, Uuid } from '../../../platform/http/fields.js';
import type { Budget } from '../domain/budget.js';

export class ChargeRowRequest {
  @Text({ max: 30, description: 'Compte', example: '606' }) account!: string;
  @Text({ max: 300, min: 0, optional: true, nullable: true }) label?: string | null;
  @Cents({ example: 120_000 }) amountCents!: number;
}

export class ProductRowRequest extends ChargeRowRequest {
  @Uuid({ optional: true, nullable: true, description: 'Financeur sollicité, sur une ligne 74' }) funderId?: string | null;
  @Text({ max: 300, min: 0, optional: true, nullable: true, description: 'Dispositif du financeur, s’il en a plusieurs' }) scheme?:
    string | null;
}

export class BudgetRequest {
  @NestedList(() => ChargeRowRequest, { max: 200, description: 'Charges (60 à 69, indirectes, 86)' }) charges!: ChargeRowRequest[];
  @NestedList(() => ProductRowRequest, { max: 200, description: 'Produits (70 à 79, ressources propres, 87)' })
  products!: ProductRowRequest[];
}

const orNull = (text: string | null | undefined): string | null => (text === undefined || text === '' ? null : text);

export function toBudget({ charges, products }: BudgetRequest): Budget {
  return {
    charges: charges.map(({ account, label, amountCents }) => ({ account, label: orNull(label), amountCents: cents(amountCents) })),
    products: products.map(({ account, label, amountCents, funderId, scheme }) => ({
      account,
      label: orNull(label),
      amountCents: cents(amountCents),
      funderId: funderId?.toLowerCase() ?? null,
      scheme: orNull(scheme),
    })),
  };
}

class YearOrNotFound implements PipeTransform<string, number> {
  transform(value: string): number {
    if (!/^20\d{2}$/.test(value)) throw new NotFound();
    return Number(value);
  }
}

/** The year in the path; anything else names nothing: 404. */
export const Year = (): ParameterDecorator => Param('year', new YearOrNotFound());
