export const FUNDER_KINDS = [
  'state',
  'state-operator',
  'intercommunal',
  'department',
  'social-body',
  'public-financier',
  'landlord',
  'commune',
] as const;
export type FunderKind = (typeof FUNDER_KINDS)[number];

export interface Funder {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly kind: FunderKind;
  /** The only département it funds in; null when it funds in both. */
  readonly departmentCode: string | null;
  /** Of a city that funds; null for the others. */
  readonly inseeCode: string | null;
  readonly schemes: readonly string[];
  /** The State on programme 147, whose lines are proposed by one and approved by another; every other funder records its own decisions. */
  readonly isProgramme147: boolean;
}

const PROGRAMME_147 = /^P147-/;

export const isProgramme147 = (funderCode: string): boolean => PROGRAMME_147.test(funderCode);
