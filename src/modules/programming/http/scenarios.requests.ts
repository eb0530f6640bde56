import { Cents, NestedList, OneOf, Text, Uuid, UuidList, WholeNumber } from '../../../platform/http/fields.js';
import { SPREAD_METHODS, type SpreadMethod } from '../domain/scenario-spread.js';
import { MOST_LINES } from './committees.requests.js';

export class CreateScenarioRequest {
  @Text({ max: 200 }) name!: string;
  @Uuid({ optional: true, description: 'Scénario de la même séance dont les montants sont repris' }) copyOf?: string;
}

export class ScenarioAmountRequest {
  @Uuid() lineId!: string;
  @Cents({ description: 'Zéro : rien pour cette ligne' }) amountCents!: number;
  @Uuid({ optional: true, description: 'Nécessaire, à l’application, pour une ligne du programme 147' }) envelopeId?: string;
}

export class ScenarioAmountsRequest {
  @NestedList(() => ScenarioAmountRequest, { max: MOST_LINES, min: 1 }) amounts!: ScenarioAmountRequest[];
}

export class SpreadRequest {
  @OneOf(SPREAD_METHODS, { description: 'Au prorata de ce qui manque à chaque ligne, dans l’ordre, ou au prorata sous un plafond' })
  method!: SpreadMethod;
  @Cents({ min: 1, optional: true, description: 'Absent : tout ce qui reste à l’enveloppe pour ce scénario' }) amountCents?: number;
  @Uuid({ optional: true, description: 'Seules les lignes qu’elle peut payer prennent part' }) envelopeId?: string;
  @WholeNumber({ min: 1, max: 100, optional: true, description: 'Plafond d’une ligne, en pour cent de sa demande' }) capPercent?: number;
  @UuidList({ max: MOST_LINES, min: 1, optional: true, description: 'Seulement ces lignes, dans cet ordre' }) order?: string[];
}
