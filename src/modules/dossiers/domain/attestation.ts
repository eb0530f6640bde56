import type { FieldError } from '../../../kernel/errors.js';
import { AttestationIncomplete } from './dossier.errors.js';

/** What the signatory declares (Cerfa 12156*06, section 7 « Attestations »). */
export interface Declarations {
  /** The information is exact and sincere, the budget included. */
  readonly exactness: boolean;
  /** Social and fiscal declarations and payments are up to date. */
  readonly upToDate: boolean;
  /** Signed up to the contrat d'engagement républicain (law of 12 April 2000, art. 10-1; decree 2021-1947). */
  readonly republicanCommitment: boolean;
  /** Public aid over the last three years above 500,000 € (true) or not (false): a fact, either answer is good. */
  readonly publicAidOver500k: boolean;
  /** Bank details given are in the organisation's own name. */
  readonly bankDetailsInItsName: boolean;
  /** Who gave the power to sign, when the signatory is not the legal representative. */
  readonly mandate: string | null;
}

export type DeclarationsGiven = { readonly [Name in keyof Declarations]?: Declarations[Name] | null | undefined };

const MUST_BE_TRUE = {
  exactness: 'Attestez que les informations du dossier sont exactes et sincères.',
  upToDate: 'Attestez que la structure est à jour de ses déclarations et paiements sociaux et fiscaux.',
  republicanCommitment: 'Attestez que la structure a souscrit le contrat d’engagement républicain (décret n° 2021-1947).',
  bankDetailsInItsName: 'Attestez que les coordonnées bancaires sont au nom de la structure.',
} as const;

/** Reads what the signatory declares. @throws AttestationIncomplete naming each declaration that is missing or false */
export function declarationsOf(given: DeclarationsGiven): Declarations {
  const missing: FieldError[] = Object.entries(MUST_BE_TRUE).flatMap(([name, detail]) =>
    given[name as keyof typeof MUST_BE_TRUE] === true ? [] : [{ pointer: `/${name}`, code: 'DECLARATION_MISSING', detail }],
  );
  const { publicAidOver500k } = given;
  if (typeof publicAidOver500k !== 'boolean') {
    missing.push({
      pointer: '/publicAidOver500k',
      code: 'DECLARATION_MISSING',
      detail: 'Dites si les aides publiques des trois dernières années dépassent 500 000 € (vrai) ou non (faux).',
    });
  }
  if (missing.length > 0 || typeof publicAidOver500k !== 'boolean') throw new AttestationIncomplete(missing);
  return {
    exactness: true,
    upToDate: true,
    republicanCommitment: true,
    publicAidOver500k,
    bankDetailsInItsName: true,
    mandate: given.mandate ?? null,
  };
}

/** Whether anything at all is declared: a submission may carry its attestation, or none. */
export function declaresSomething(given: DeclarationsGiven): boolean {
  return Object.values(given).some((value) => value !== undefined && value !== null);
}
