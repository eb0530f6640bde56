import { Flag, Text } from '../../../platform/http/fields.js';
import { ListQuery } from '../../../platform/http/paging.js';

const COMMUNE = {
  max: 100,
  optional: true,
  description: 'Commune, par son code INSEE ou son identifiant (slug)',
  example: '94041',
} as const;
const DEPARTMENT = { max: 3, optional: true, description: 'Code du département', example: '94' } as const;
const SECTOR = { max: 10, optional: true, description: 'Code du secteur', example: 'NE' } as const;

export class CommunesQuery {
  @Text(DEPARTMENT) department?: string;
  @Text(SECTOR) sector?: string;
  @Flag({ optional: true, query: true, description: 'Seulement les communes avec (ou sans) quartier prioritaire' }) hasQpv?: boolean;
}

export class QpvQuery {
  @Text(COMMUNE) commune?: string;
  @Text(DEPARTMENT) department?: string;
  @Text(SECTOR) sector?: string;
  @Text({ max: 200, optional: true, description: 'Mots du nom, accents et majuscules indifférents' }) q?: string;
}

export class PovertyPocketsQuery {
  @Text(COMMUNE) commune?: string;
}

export class LocalPrioritiesQuery extends ListQuery {
  @Text(COMMUNE) commune?: string;
  @Text({ max: 200, optional: true, description: 'Quartier : ses priorités, et celles écrites pour toute sa commune' }) qpv?: string;
  @Text({ max: 10, optional: true, description: 'Code de l’orientation', example: 'O5' }) orientation?: string;
}
