import type { Day } from '../../../kernel/day.js';
import type { FieldError } from '../../../kernel/errors.js';
import type { Beneficiaries } from './completeness.js';
import { ActionInvalid, BudgetOutsideDates, BudgetYearOutsideAction } from './dossier.errors.js';
import { wrongIndicators, type Indicator } from './indicator.js';

/** Women-men equality, access to rights, residents' participation, fight against discrimination, ecology. */
export const CROSS_CUTTING_TAGS = ['gender-equality', 'access-to-rights', 'participation', 'anti-discrimination', 'ecology'] as const;

/** More than any dossier ever had; it bounds what one request reads. */
export const MOST_ACTIONS = 30;

export interface Means {
  /** Full-time equivalents, in hundredths. */
  readonly staffFte?: number | null;
  readonly volunteers?: number | null;
}

/** What the applicant says of an action. */
export interface ActionContent {
  readonly title: string;
  readonly objectives: string;
  readonly description: string;
  readonly orientationCode: string;
  /** Strategic or operational objectives of that orientation. */
  readonly objectiveCodes: readonly string[];
  readonly secondaryOrientationCodes: readonly string[];
  readonly crossCuttingTags: readonly string[];
  /** Slugs. */
  readonly qpv: readonly string[];
  /** INSEE codes, for an action outside QPV. */
  readonly communes: readonly string[];
  readonly pocketId: string | null;
  readonly startsOn: Day;
  readonly endsOn: Day;
  readonly multiYear: boolean;
  readonly renewed: boolean;
  readonly places: readonly string[];
  readonly partners: readonly string[];
  readonly means: Means | null;
  readonly beneficiaries: Beneficiaries | null;
  readonly indicators: readonly Indicator[];
}

export interface Action extends ActionContent {
  readonly id: string;
  readonly dossierId: string;
  readonly position: number;
  readonly version: number;
}

/** What exists of what an action names. */
export interface ActionReferences {
  /** Orientations adopted for the call. */
  readonly callOrientations: ReadonlySet<string>;
  /** Objectives of the action's main orientation. */
  readonly objectives: ReadonlySet<string>;
  readonly qpv: ReadonlySet<string>;
  readonly communes: ReadonlySet<string>;
  readonly pockets: ReadonlySet<string>;
}

/** Refuses what has no meaning; what is merely missing is said before submission. @throws ActionInvalid */
export function assertAction(action: ActionContent, references: ActionReferences, callYear: number): void {
  const fields = [
    ...wrongAim(action, references),
    ...wrongPlaces(action, references),
    ...wrongDates(action, callYear),
    ...wrongCounts(action),
    ...wrongIndicators(action.indicators),
  ];
  if (fields.length > 0) throw new ActionInvalid(fields);
}

function wrongAim(action: ActionContent, { callOrientations, objectives }: ActionReferences): FieldError[] {
  const fields: FieldError[] = [];
  const orientations = [
    ['/orientationCode', action.orientationCode] as const,
    ...action.secondaryOrientationCodes.map((code, index) => [`/secondaryOrientationCodes/${index}`, code] as const),
  ];
  for (const [pointer, code] of orientations) {
    if (callOrientations.has(code)) continue;
    fields.push({ pointer, code: 'ORIENTATION_NOT_IN_CALL', detail: `L’orientation « ${code} » n’est pas de celles que l’appel retient.` });
  }
  action.objectiveCodes.forEach((code, index) => {
    if (objectives.has(code)) return;
    const detail = `L’objectif « ${code} » n’est pas de l’orientation « ${action.orientationCode} ».`;
    fields.push({ pointer: `/objectiveCodes/${index}`, code: 'OBJECTIVE_NOT_IN_ORIENTATION', detail });
  });
  return fields;
}

function wrongPlaces(action: ActionContent, references: ActionReferences): FieldError[] {
  const fields: FieldError[] = [];
  action.qpv.forEach((slug, index) => {
    if (!references.qpv.has(slug))
      fields.push({ pointer: `/qpv/${index}`, code: 'UNKNOWN_QPV', detail: `Le quartier « ${slug} » n’existe pas.` });
  });
  action.communes.forEach((code, index) => {
    if (!references.communes.has(code))
      fields.push({ pointer: `/communes/${index}`, code: 'UNKNOWN_COMMUNE', detail: `La commune « ${code} » n’est pas du territoire.` });
  });
  if (action.pocketId !== null && !references.pockets.has(action.pocketId))
    fields.push({ pointer: '/pocketId', code: 'UNKNOWN_POCKET', detail: 'Cette poche de pauvreté n’existe pas.' });
  if (action.pocketId !== null && action.qpv.length > 0)
    fields.push({
      pointer: '/pocketId',
      code: 'POCKET_OUTSIDE_QPV',
      detail: 'Une poche de pauvreté est hors des quartiers prioritaires : choisissez l’un ou l’autre.',
    });
  return fields;
}

function wrongDates({ startsOn, endsOn }: ActionContent, callYear: number): FieldError[] {
  if (endsOn < startsOn) return [{ pointer: '/endsOn', code: 'DATES_INVERTED', detail: 'La fin de l’action vient avant son début.' }];
  const side = endsOn < `${callYear}-01-01` ? 'avant' : startsOn > `${callYear}-12-31` ? 'après' : null;
  if (side === null) return [];
  const detail = `Ces dates sont ${side} l’année de l’appel : l’action doit se dérouler au moins en partie en ${callYear}.`;
  return [{ pointer: '/startsOn', code: 'DATES_OUTSIDE_CALL', detail }];
}

function wrongCounts({ beneficiaries }: ActionContent): FieldError[] {
  if (beneficiaries === null) return [];
  const { total, women, men, fromQpv, byAge } = beneficiaries;
  const parts = [
    ['/beneficiaries/women', (women ?? 0) + (men ?? 0), 'femmes et hommes'],
    ['/beneficiaries/fromQpv', fromQpv ?? 0, 'habitants des quartiers'],
    ['/beneficiaries/byAge', Object.values(byAge ?? {}).reduce((sum, count) => sum + count, 0), 'tranches d’âge'],
  ] as const;
  return parts.flatMap(([pointer, count, label]) =>
    count > total
      ? [
          {
            pointer,
            code: 'BENEFICIARIES_INCONSISTENT',
            detail: `Le détail « ${label} » (${count}) dépasse le total des bénéficiaires (${total}).`,
          },
        ]
      : [],
  );
}

/** @throws BudgetYearOutsideAction when the action has nothing to do with that year, or when it is before the call's */
export function assertBudgetYear(action: ActionContent, year: number, callYear: number): void {
  const { first, last } = yearsOf(action, callYear);
  if (year < first || year > last) throw new BudgetYearOutsideAction(year, first, last);
}

/** @throws BudgetOutsideDates when the new dates would leave out a year that has a budget */
export function assertBudgetsWithin(action: ActionContent, years: readonly number[], callYear: number): void {
  const { first, last } = yearsOf(action, callYear);
  const left = years.filter((year) => year < first || year > last);
  if (left.length > 0) throw new BudgetOutsideDates(left);
}

/** The years a call of `callYear` may pay for. */
function yearsOf({ startsOn, endsOn }: ActionContent, callYear: number): { first: number; last: number } {
  const first = Math.max(Number(startsOn.slice(0, 4)), callYear);
  return { first, last: Math.max(Number(endsOn.slice(0, 4)), first) };
}
