export const LEGAL_FORMS = ['association', 'cooperative', 'school', 'public-body', 'company', 'foundation', 'other'] as const;
export type LegalForm = (typeof LEGAL_FORMS)[number];

/** Who answers a call: an association most of the time. */
export interface Organisation {
  readonly id: string;
  readonly siret: string;
  readonly rna: string | null;
  readonly name: string;
  readonly legalForm: LegalForm;
  /** On one line, as on an envelope. */
  readonly address: string;
  /** The commune of the territory where it is seated; null when it is elsewhere. */
  readonly inseeCode: string | null;
  readonly email: string;
  readonly phone: string | null;
  readonly version: number;
}

/** What its people may correct. The SIRET never changes: another one is another establishment. */
export type OrganisationChanges = Partial<Omit<Organisation, 'id' | 'siret' | 'version'>>;
