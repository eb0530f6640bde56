import type { FieldError } from '../../../kernel/errors.js';

export const INDICATOR_TYPES = ['count', 'rate', 'amount', 'boolean', 'date', 'text'] as const;
export type IndicatorType = (typeof INDICATOR_TYPES)[number];
export type IndicatorValue = number | string | boolean;

export interface Indicator {
  readonly label: string;
  readonly type: IndicatorType;
  /** Where one starts from, and what is aimed at; both of the indicator's type. */
  readonly baseline: IndicatorValue | null;
  readonly target: IndicatorValue | null;
}

const DAY = /^(19|20|21)\d{2}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

const isValue: Readonly<Record<IndicatorType, (value: IndicatorValue) => boolean>> = {
  count: (value) => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0,
  rate: (value) => typeof value === 'number' && value >= 0 && value <= 100,
  // Integer cents.
  amount: (value) => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0,
  boolean: (value) => typeof value === 'boolean',
  date: (value) => typeof value === 'string' && DAY.test(value),
  text: (value) => typeof value === 'string',
};

const EXPECTED: Readonly<Record<IndicatorType, string>> = {
  count: 'un nombre entier',
  rate: 'un taux de 0 à 100',
  amount: 'un nombre entier de centimes',
  boolean: 'vrai ou faux',
  date: 'un jour (AAAA-MM-JJ)',
  text: 'un texte',
};

/** What is wrong with a value for such an indicator; null when it is of its type. */
export function indicatorFault({ label, type }: Pick<Indicator, 'label' | 'type'>, value: IndicatorValue): string | null {
  return isValue[type](value) ? null : `La valeur de « ${label} » doit être ${EXPECTED[type]}.`;
}

/** The values that are not of their indicator's type. */
export function wrongIndicators(indicators: readonly Indicator[]): FieldError[] {
  return indicators.flatMap((indicator, index) =>
    (['baseline', 'target'] as const).flatMap((name): FieldError[] => {
      const value = indicator[name];
      const detail = value === null ? null : indicatorFault(indicator, value);
      if (detail === null) return [];
      return [{ pointer: `/indicators/${index}/${name}`, code: 'INDICATOR_VALUE_INVALID', detail }];
    }),
  );
}
