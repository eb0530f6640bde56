import type { FieldError } from '../../../kernel/errors.js';
import { ReportInvalid } from './report.errors.js';
import type { IndicatorValue, ReportContent, ReportedIndicator } from './report.js';

export const EMPTY_CONTENT: ReportContent = {
  carriedOut: '',
  objectivesMet: '',
  places: [],
  startedOn: null,
  endedOn: null,
  beneficiaries: null,
  indicators: [],
  sharingRule: '',
  observations: '',
};

export interface RealisedIndicator {
  readonly label: string;
  readonly realised: IndicatorValue | null;
  readonly comment: string | null;
}

export type ContentChange = Partial<Omit<ReportContent, 'indicators'>> & { readonly indicators?: readonly RealisedIndicator[] };

/** What is wrong with a value for an indicator of that type; null when nothing is. */
export type ValueCheck = (indicator: { readonly label: string; readonly type: string }, value: IndicatorValue) => string | null;

/** The content with what is said anew; an indicator is named by its label, and those that are not named stay. @throws ReportInvalid */
export function changeContent(content: ReportContent, { indicators, ...said }: ContentChange, check: ValueCheck): ReportContent {
  const after = { ...content, ...said, indicators: realise(content.indicators, indicators ?? [], check) };
  const fields = [...wrongDates(after), ...wrongCounts(after)];
  if (fields.length > 0) throw new ReportInvalid(fields);
  return after;
}

function realise(set: readonly ReportedIndicator[], given: readonly RealisedIndicator[], check: ValueCheck): ReportedIndicator[] {
  const fields = given.flatMap(({ label, realised }, index): FieldError[] => {
    const known = set.find((each) => each.label === label);
    if (!known) {
      const detail = `L’indicateur « ${label} » n’est pas de ceux que le dossier a fixés.`;
      return [{ pointer: `/indicators/${index}/label`, code: 'UNKNOWN_INDICATOR', detail }];
    }
    const detail = realised === null ? null : check(known, realised);
    return detail === null ? [] : [{ pointer: `/indicators/${index}/realised`, code: 'INDICATOR_VALUE_INVALID', detail }];
  });
  if (fields.length > 0) throw new ReportInvalid(fields);
  return set.map((indicator) => {
    const said = given.find(({ label }) => label === indicator.label);
    return said ? { ...indicator, realised: said.realised, comment: said.comment } : indicator;
  });
}

function wrongDates({ startedOn, endedOn }: ReportContent): FieldError[] {
  if (startedOn === null || endedOn === null || startedOn <= endedOn) return [];
  return [{ pointer: '/endedOn', code: 'DATES_INVERTED', detail: 'La fin vient avant le début.' }];
}

function wrongCounts({ beneficiaries }: ReportContent): FieldError[] {
  if (beneficiaries === null) return [];
  const { total, women, men, fromQpv, byAge, byQpv } = beneficiaries;
  const sum = (counts: Readonly<Record<string, number>> | null) => Object.values(counts ?? {}).reduce((all, count) => all + count, 0);
  const parts = [
    ['/beneficiaries/women', (women ?? 0) + (men ?? 0), total, 'femmes et hommes'],
    ['/beneficiaries/fromQpv', fromQpv ?? 0, total, 'habitants des quartiers'],
    ['/beneficiaries/byAge', sum(byAge), total, 'tranches d’âge'],
    ['/beneficiaries/byQpv', sum(byQpv), fromQpv ?? total, 'quartiers'],
  ] as const;
  return parts.flatMap(([pointer, count, most, name]) =>
    count > most
      ? [{ pointer, code: 'BENEFICIARIES_INCONSISTENT', detail: `Le détail « ${name} » (${count}) dépasse son total (${most}).` }]
      : [],
  );
}
