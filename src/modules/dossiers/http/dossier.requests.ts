import { Flag, OneOf, Text, Uuid } from '../../../platform/http/fields.js';
import { ListQuery } from '../../../platform/http/paging.js';
import { DOSSIER_SORTS, type DossierSort } from '../domain/dossier-sort.js';
import { DOSSIER_STATES, type DossierState } from '../domain/dossier.transitions.js';

export class CreateDossierRequest {
  @Uuid({ description: 'Appel à projets' }) callId!: string;
  @Uuid({ description: 'Structure porteuse' }) organisationId!: string;
  @Text({ max: 300, example: 'Ateliers sociolinguistiques au pied des tours' }) title!: string;
  @Text({ max: 50, optional: true, description: 'Volet de l’appel ; le premier par défaut', example: 'annual' }) trackCode?: string;
}

export class ChangeDossierRequest {
  @Text({ max: 300, optional: true }) title?: string;
  @Text({ max: 50, optional: true, description: 'Volet de l’appel' }) trackCode?: string;
}

const DECLARED = { optional: true, nullable: true } as const;

/** What the signatory declares (Cerfa 12156*06, 7). All are asked for; what is missing is named in the refusal. */
export class AttestationRequest {
  @Flag({ ...DECLARED, description: 'Les informations du dossier, budget compris, sont exactes et sincères' }) exactness?: boolean | null;
  @Flag({ ...DECLARED, description: 'La structure est à jour de ses déclarations et paiements sociaux et fiscaux' }) upToDate?:
    boolean | null;
  @Flag({ ...DECLARED, description: 'Elle a souscrit le contrat d’engagement républicain (décret n° 2021-1947)' }) republicanCommitment?:
    boolean | null;
  @Flag({ ...DECLARED, description: 'Ses aides publiques des trois dernières années dépassent 500 000 € (vrai) ou non (faux)' })
  publicAidOver500k?: boolean | null;
  @Flag({ ...DECLARED, description: 'Les coordonnées bancaires données sont à son nom' }) bankDetailsInItsName?: boolean | null;
  @Text({ ...DECLARED, max: 1000, description: 'Pouvoir reçu, quand le signataire n’est pas le représentant légal' }) mandate?:
    string | null;
}

export class WithdrawRequest {
  @Text({ max: 2000, description: 'Pourquoi la structure renonce' }) reason!: string;
}

export class DossiersQuery extends ListQuery {
  @Uuid({ optional: true }) callId?: string;
  @OneOf(DOSSIER_STATES, { optional: true }) status?: DossierState;
  @Uuid({ optional: true }) organisationId?: string;
  @Text({ max: 5, optional: true, description: 'Code INSEE', example: '94041' }) commune?: string;
  @Text({ max: 100, optional: true, description: 'Identifiant du quartier', example: 'monmousseau' }) qpv?: string;
  @Text({ max: 100, optional: true, description: 'Code de l’orientation principale d’une action' }) orientation?: string;
  @Text({ max: 200, optional: true, description: 'Dans le numéro, le titre ou le nom de la structure ; casse et accents ignorés' })
  q?: string;
  @OneOf(DOSSIER_SORTS, { optional: true, description: '-createdAt par défaut' }) sort?: DossierSort;
}
