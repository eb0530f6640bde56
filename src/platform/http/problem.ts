import { ApiPropertyOptional } from '@nestjs/swagger';
import type { FieldError } from '../../kernel/errors.js';
import { Text, WholeNumber, NestedList } from './fields.js';

export class ProblemField implements FieldError {
  @Text({ max: 500, description: 'Pointeur JSON vers le champ refusé' }) pointer!: string;
  @Text({ max: 100 }) code!: string;
  @Text({ max: 1000 }) detail!: string;
}

/** Every refusal, RFC 9457. */
export class Problem {
  @Text({ max: 300, example: 'urn:bievre:problem:CALL_CLOSED' }) type!: string;
  @Text({ max: 300 }) title!: string;
  @WholeNumber({ min: 400, max: 599 }) status!: number;
  @Text({ max: 2000 }) detail!: string;
  @Text({ max: 2000 }) instance!: string;
  @Text({ max: 100, description: 'Code stable de l’erreur' }) code!: string;
  @NestedList(() => ProblemField, { max: 1000 }) errors!: ProblemField[];
  @Text({ max: 100 }) traceId!: string;
  @WholeNumber({ min: 1, max: 2_147_483_647, optional: true, description: 'Version actuelle, quand la vôtre est périmée (412)' })
  currentVersion?: number;
  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: 'Contenu actuel, quand on modifiait un contenu sur une version périmée (412) : à comparer à ce que vous envoyiez',
  })
  current?: object;
}

export const TITLES: Readonly<Record<number, string>> = {
  400: 'Demande mal formée',
  401: 'Connexion nécessaire',
  403: 'Action non autorisée',
  404: 'Introuvable',
  405: 'Méthode non prévue',
  406: 'Format de réponse non disponible',
  409: 'Impossible dans cet état',
  412: 'Version périmée',
  413: 'Demande trop volumineuse',
  415: 'Format non accepté',
  422: 'Contenu refusé',
  428: 'Version attendue',
  429: 'Trop de demandes',
  500: 'Erreur interne',
  503: 'Service momentanément indisponible',
};
