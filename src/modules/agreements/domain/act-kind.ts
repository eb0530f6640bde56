import { add, type Money } from '../../../kernel/money.js';

/**
 * Arrêté, convention (annual agreement), convention pluriannuelle d’objectifs, avenant, letter of refusal. All but the last are numbered in the
 * series of their funder and year.
 */
export const ACT_KINDS = ['order', 'agreement', 'cpo', 'amendment', 'refusal-letter'] as const;
export type ActKind = (typeof ACT_KINDS)[number];

/** What an act does to its lines. */
export type ActPurpose = 'grant' | 'amendment' | 'refusal';

export function purposeOf(kind: ActKind): ActPurpose {
  if (kind === 'refusal-letter') return 'refusal';
  return kind === 'amendment' ? 'amendment' : 'grant';
}

/** Legal forms of public law. The duty to sign an agreement is towards a body of private law only (loi n° 2000-321, art. 10). */
const PUBLIC_LAW: ReadonlySet<string> = new Set(['public-body', 'school']);

/** What a funder grants to one beneficiary in one year, and by how much the law bounds what an arrêté alone may grant. */
export interface YearOfGrants {
  readonly legalForm: string;
  /** By its earlier acts that stand, amendments included. */
  readonly alreadyCents: Money;
  /** By the act in hand. */
  readonly newCents: Money;
  /** 23 000 € unless configured otherwise (décret n° 2001-495, art. 1). */
  readonly agreementAboveCents: Money;
}

/**
 * Above the threshold an agreement is due, by the total of the year and not by the act: earlier arrêtés stand, and count.
 * Loi n° 2000-321 du 12 avril 2000, art. 10; décret n° 2001-495 du 6 juin 2001, art. 1.
 */
export function needsAgreement({ legalForm, alreadyCents, newCents, agreementAboveCents }: YearOfGrants): boolean {
  return !PUBLIC_LAW.has(legalForm) && add(alreadyCents, newCents) > agreementAboveCents;
}

export function grantKind(year: YearOfGrants): 'order' | 'agreement' {
  return needsAgreement(year) ? 'agreement' : 'order';
}

/** Whether the beneficiary must sign too; an arrêté, and its amendment below the threshold, is the funder's alone. */
export function isBilateral(kind: ActKind, amended: ActKind | null, agreementDue: boolean): boolean {
  if (kind === 'amendment') return amended !== 'order' || agreementDue;
  return kind === 'agreement' || kind === 'cpo';
}
