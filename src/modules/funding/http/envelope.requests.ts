import { Cents, Text, Uuid, WholeNumber } from '../../../platform/http/fields.js';
import { ListQuery } from '../../../platform/http/paging.js';

export const DEPARTMENT = {
  max: 3,
  pattern: /^(\d{2,3}|2[AB])$/,
  patternMessage: 'n’est pas un code de département',
  example: '94',
} as const;
export const YEAR = { min: 2024, max: 2100 } as const;

export class OpenEnvelopeRequest {
  @Uuid() funderId!: string;
  @Text({ max: 100, example: 'P147-01', description: 'Programme ou action budgétaire' }) programme!: string;
  @WholeNumber({ ...YEAR, description: 'Exercice' }) year!: number;
  @Text({ ...DEPARTMENT, optional: true, description: 'Par défaut celui du financeur' }) department?: string;
  @Cents({ description: 'Autorisations d’engagement' }) ceilingAeCents!: number;
  @Cents({ description: 'Crédits de paiement' }) ceilingCpCents!: number;
}

export class AdjustEnvelopeRequest {
  @Cents({ description: 'De combien, en autorisations d’engagement' }) aeCents!: number;
  @Cents({ description: 'De combien, en crédits de paiement' }) cpCents!: number;
  @Text({ max: 2000 }) reason!: string;
}

export class OpenSubEnvelopeRequest {
  @Text({ max: 100, optional: true, example: 'NE', description: 'Son secteur, ou' }) sectorCode?: string;
  @Text({ max: 5, optional: true, example: '94041', description: 'sa commune (code INSEE)' }) inseeCode?: string;
  @Cents({ description: 'Délégué, en AE et en CP' }) amountCents!: number;
}

export class DelegateCreditRequest {
  @Cents({ description: 'De combien, en AE et en CP' }) amountCents!: number;
}

export class TakeCreditBackRequest extends DelegateCreditRequest {
  @Text({ max: 2000 }) reason!: string;
}

export class CloseEnvelopeRequest {
  @Text({ max: 2000 }) reason!: string;
  @Cents({ optional: true, description: 'Reporté sur la même enveloppe de l’année suivante, au plus ce qui tombe ; 0 par défaut' })
  carryOverCents?: number;
  @Text({ max: 200, optional: true, description: 'De la décision de report' }) carryOverReference?: string;
}

export class EnvelopesQuery extends ListQuery {
  @Uuid({ optional: true }) funderId?: string;
  @WholeNumber({ ...YEAR, optional: true, query: true }) year?: number;
  @Text({ ...DEPARTMENT, optional: true }) department?: string;
  @Uuid({ optional: true, description: 'Les sous-enveloppes de celle-ci' }) parentId?: string;
}
