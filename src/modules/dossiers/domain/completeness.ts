import type { Day } from '../../../kernel/day.js';
import { type FieldError, RuleRefused } from '../../../kernel/errors.js';
import { type Budget, requestedLines } from './budget.js';
import { type BudgetRules, checkBudget } from './budget-check.js';

export interface Beneficiaries {
  readonly total: number;
  readonly women?: number | null;
  readonly men?: number | null;
  readonly fromQpv?: number | null;
  readonly byAge?: Readonly<Record<string, number>> | null;
}

export interface ActionToComplete {
  readonly title: string | null;
  readonly objectives: string | null;
  readonly description: string | null;
  readonly orientationCode: string | null;
  readonly objectiveCodes: readonly string[];
  readonly qpv: readonly string[];
  /** INSEE codes, for an action outside QPV. */
  readonly communes: readonly string[];
  readonly pocketId: string | null;
  /** Codes of the départements of those places. */
  readonly departments: readonly string[];
  readonly startsOn: Day | null;
  readonly endsOn: Day | null;
  readonly multiYear: boolean;
  readonly beneficiaries: Beneficiaries | null;
  readonly budgets: readonly { readonly year: number; readonly budget: Budget }[];
}

export interface DepartmentFunder {
  readonly name: string;
  readonly departmentCode: string;
}

export interface CompletenessRules extends BudgetRules {
  readonly callYear: number;
  /** Orientations adopted for the call. */
  readonly orientationCodes: readonly string[];
  /** Funders that act in one département only, by id: nobody could decide on what they are asked for elsewhere. */
  readonly departmentFunders: ReadonlyMap<string, DepartmentFunder>;
}

/** A CPO lasts four years at most, so that a multi-year action is budgeted on no more. */
const MOST_YEARS = 4;

/** The dossier can't be submitted yet; each `fields` entry says what is missing and where. */
export class DossierIncomplete extends RuleRefused {
  constructor(missing: readonly FieldError[]) {
    const points = missing.length === 1 ? 'un point reste' : `${missing.length} points restent`;
    super('DOSSIER_INCOMPLETE', `Le dossier n'est pas complet : ${points} à corriger avant le dépôt.`, missing);
  }
}

/** @throws DossierIncomplete */
export function assertComplete(actions: readonly ActionToComplete[], rules: CompletenessRules): void {
  const missing = missingFrom(actions, rules);
  if (missing.length > 0) throw new DossierIncomplete(missing);
}

/** What is missing before submission, in the order of the form. Pointers read `/actions/<position>/…`. Empty when complete. */
export function missingFrom(actions: readonly ActionToComplete[], rules: CompletenessRules): FieldError[] {
  if (actions.length === 0) return [{ pointer: '/actions', code: 'NO_ACTION', detail: 'Ajoutez au moins une action.' }];
  return actions.flatMap((action, index) =>
    [
      ...missingText(action),
      ...missingAim(action, rules),
      ...wrongDates(action, rules),
      ...wrongBeneficiaries(action),
      ...missingMoney(action, rules),
      ...fundersElsewhere(action, rules),
    ].map(({ pointer, code, detail }) => ({ pointer: `/actions/${index}${pointer}`, code, detail: `Action ${index + 1} : ${detail}` })),
  );
}

/** The years an action must have a budget for. */
export function budgetYears(action: Pick<ActionToComplete, 'multiYear' | 'endsOn'>, callYear: number): number[] {
  const last = action.multiYear && action.endsOn !== null ? Number(action.endsOn.slice(0, 4)) : callYear;
  const years = Math.min(Math.max(last - callYear + 1, 1), MOST_YEARS);
  return Array.from({ length: years }, (_, index) => callYear + index);
}

function missingText(action: ActionToComplete): FieldError[] {
  const texts = [
    ['title', 'donnez un intitulé.'],
    ['objectives', 'décrivez les objectifs.'],
    ['description', "décrivez l'action."],
  ] as const;
  return texts.flatMap(([name, detail]) => ((action[name] ?? '').trim() === '' ? [{ pointer: `/${name}`, code: 'MISSING', detail }] : []));
}

function missingAim(action: ActionToComplete, rules: CompletenessRules): FieldError[] {
  const missing: FieldError[] = [];
  if (action.orientationCode === null) {
    missing.push({ pointer: '/orientationCode', code: 'MISSING', detail: "choisissez l'orientation principale." });
  } else if (!rules.orientationCodes.includes(action.orientationCode)) {
    missing.push({
      pointer: '/orientationCode',
      code: 'ORIENTATION_NOT_IN_CALL',
      detail: "choisissez une orientation retenue par l'appel.",
    });
  }
  if (action.objectiveCodes.length === 0)
    missing.push({ pointer: '/objectiveCodes', code: 'MISSING', detail: 'choisissez au moins un objectif.' });
  if (action.qpv.length === 0 && action.communes.length === 0 && action.pocketId === null) {
    missing.push({
      pointer: '/qpv',
      code: 'MISSING',
      detail: 'dites où elle se déroule : des quartiers, des communes ou une poche de pauvreté.',
    });
  }
  return missing;
}

function wrongDates({ startsOn, endsOn, multiYear }: ActionToComplete, { callYear }: CompletenessRules): FieldError[] {
  if (startsOn === null) return [{ pointer: '/startsOn', code: 'MISSING', detail: 'donnez la date de début.' }];
  if (endsOn === null) return [{ pointer: '/endsOn', code: 'MISSING', detail: 'donnez la date de fin.' }];
  if (endsOn < startsOn) return [{ pointer: '/endsOn', code: 'DATES_INVERTED', detail: 'la fin vient avant le début.' }];
  if (startsOn > `${callYear}-12-31` || endsOn < `${callYear}-01-01`) {
    return [
      {
        pointer: '/startsOn',
        code: 'DATES_OUTSIDE_CALL',
        detail: `elle doit se dérouler au moins en partie en ${callYear}, l'année de l'appel.`,
      },
    ];
  }
  // A school year straddles two calendar years: an annual action may end in the next one.
  const lastYear = multiYear ? callYear + MOST_YEARS - 1 : callYear + 1;
  if (endsOn > `${lastYear}-12-31`)
    return [{ pointer: '/endsOn', code: 'DATES_TOO_LATE', detail: `elle doit finir au plus tard le 31 décembre ${lastYear}.` }];
  return [];
}

function wrongBeneficiaries({ beneficiaries }: ActionToComplete): FieldError[] {
  if (beneficiaries === null || beneficiaries.total <= 0) {
    return [{ pointer: '/beneficiaries/total', code: 'MISSING', detail: 'donnez le nombre de bénéficiaires attendus.' }];
  }
  const byAge = Object.values(beneficiaries.byAge ?? {}).reduce((sum, count) => sum + count, 0);
  const parts = [
    ['women', (beneficiaries.women ?? 0) + (beneficiaries.men ?? 0), 'femmes et hommes'],
    ['fromQpv', beneficiaries.fromQpv ?? 0, 'habitants des quartiers'],
    ['byAge', byAge, "tranches d'âge"],
  ] as const;
  return parts.flatMap(([name, count, label]) => {
    const detail = `le détail « ${label} » (${count}) dépasse le total des bénéficiaires (${beneficiaries.total}).`;
    return count > beneficiaries.total ? [{ pointer: `/beneficiaries/${name}`, code: 'BENEFICIARIES_INCONSISTENT', detail }] : [];
  });
}

function missingMoney(action: ActionToComplete, rules: CompletenessRules): FieldError[] {
  const wrong = budgetYears(action, rules.callYear).flatMap((year): FieldError[] => {
    const pointer = `/budgets/${year}`;
    const budget = action.budgets.find((each) => each.year === year)?.budget;
    if (budget === undefined) return [{ pointer, code: 'MISSING', detail: `remplissez le budget ${year}.` }];
    const { totals, violations } = checkBudget(budget, rules);
    if (totals.chargesCents === 0n) return [{ pointer, code: 'BUDGET_EMPTY', detail: `le budget ${year} n'a pas de charges.` }];
    return violations.map(({ code, detail }) => ({ pointer, code, detail: `budget ${year}. ${detail}` }));
  });
  if (action.budgets.length > 0 && !action.budgets.some(({ budget }) => requestedLines(budget).length > 0)) {
    wrong.push({
      pointer: '/budgets',
      code: 'NO_FUNDING_LINE',
      detail: 'demandez une subvention à au moins un financeur (ligne 74 du budget).',
    });
  }
  return wrong;
}

/** Nothing is said while the action has no place: that is missing already. */
function fundersElsewhere({ budgets, departments }: ActionToComplete, { departmentFunders }: CompletenessRules): FieldError[] {
  if (departments.length === 0) return [];
  const places = departments.length === 1 ? `le département ${departments.join()}` : `les départements ${departments.join(' et ')}`;
  return budgets.flatMap(({ year, budget }) =>
    budget.products.flatMap(({ account, amountCents, funderId }, row): FieldError[] => {
      const funder = account === '74' && amountCents > 0n && funderId ? departmentFunders.get(funderId) : undefined;
      if (!funder || departments.includes(funder.departmentCode)) return [];
      const detail = `« ${funder.name} » ne finance que dans le département ${funder.departmentCode}, et l’action se déroule dans ${places}.`;
      return [
        { pointer: `/budgets/${year}/products/${row}/funderId`, code: 'FUNDER_OUTSIDE_DEPARTMENT', detail: `budget ${year}. ${detail}` },
      ];
    }),
  );
}
