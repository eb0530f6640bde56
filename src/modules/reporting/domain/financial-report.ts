import type { FieldError } from '../../../kernel/errors.js';
import { add, atMostPercent, type Money, subtract, ZERO } from '../../../kernel/money.js';
import type { ReportRow } from './report.js';
import { ReportRowsInvalid } from './report.errors.js';

/** A row as the organisation writes it. */
export interface RealisedRow {
  readonly account: string;
  readonly label: string | null;
  readonly funderId: string | null;
  readonly scheme: string | null;
  readonly realisedCents: Money;
  readonly explanation: string | null;
}

export interface RealisedRows {
  readonly charges: readonly RealisedRow[];
  readonly products: readonly RealisedRow[];
}

/** From which gap a row has to explain itself: more than `percent` of what was planned, and at least `minimumCents`. */
export interface GapThreshold {
  readonly percent: number;
  readonly minimumCents: Money;
}

/** Refuses rows that have no meaning. `knows`: whether an account exists on a side of the budget. @throws ReportRowsInvalid */
export function assertRealisedRows(given: RealisedRows, knows: (side: ReportRow['side'], account: string) => boolean): void {
  const fields: FieldError[] = [];
  for (const [name, side] of [
    ['charges', 'charge'],
    ['products', 'product'],
  ] as const) {
    given[name].forEach((row, index) => {
      const report = (field: string, code: string, detail: string) => fields.push({ pointer: `/${name}/${index}/${field}`, code, detail });
      if (!knows(side, row.account))
        report('account', 'UNKNOWN_ACCOUNT', `Le compte « ${row.account} » n'existe pas de ce côté du budget.`);
      if (row.realisedCents < 0n) report('realisedCents', 'NEGATIVE_AMOUNT', 'Un montant réalisé ne peut pas être négatif.');
      if (row.funderId !== null && (side !== 'product' || row.account !== '74'))
        report('funderId', 'FUNDER_OUTSIDE_74', 'Un financeur ne se nomme que sur une ligne 74.');
    });
  }
  if (fields.length > 0) throw new ReportRowsInvalid(fields);
}

/**
 * The budget's own rows with what was realised of each, in their order, then those that were not planned. A row finds its planned one by account,
 * label, funder and scheme; one that gives neither label nor funder takes the first of its account that is left.
 */
export function fillRows(rows: readonly ReportRow[], given: RealisedRows): ReportRow[] {
  return (['charge', 'product'] as const).flatMap((side) =>
    fillSide(
      side,
      rows.filter((row) => row.side === side && row.plannedCents !== null),
      side === 'charge' ? given.charges : given.products,
    ),
  );
}

function fillSide(side: ReportRow['side'], planned: readonly ReportRow[], given: readonly RealisedRow[]): ReportRow[] {
  const free = planned.map((row, rank) => ({ row, rank }));
  const found = new Map<number, RealisedRow>();
  const take = (row: RealisedRow, fits: (other: ReportRow) => boolean): boolean => {
    const index = free.findIndex((each) => fits(each.row));
    const [taken] = index < 0 ? [] : free.splice(index, 1);
    if (taken) found.set(taken.rank, row);
    return taken !== undefined;
  };
  // Those that name their row exactly choose first.
  const others = given.filter((row) => !take(row, (other) => identity(other) === identity(row)));
  const unplanned = others.filter((row) => !isVague(row) || !take(row, ({ account }) => account === row.account));
  return [
    ...planned.map((row, rank) => ({
      ...row,
      realisedCents: found.get(rank)?.realisedCents ?? null,
      explanation: found.get(rank)?.explanation ?? null,
    })),
    ...unplanned.map((row): ReportRow => ({ side, ...row, plannedCents: null })),
  ];
}

const isVague = ({ label, funderId, scheme }: RealisedRow): boolean => label === null && funderId === null && scheme === null;

const identity = ({ account, label, funderId, scheme }: Pick<ReportRow, 'account' | 'label' | 'funderId' | 'scheme'>): string =>
  JSON.stringify([account, label ?? '', funderId ?? '', scheme ?? '']);

/** Contributions in kind (86 and 87), shown apart. */
export function isInKind({ account }: Pick<ReportRow, 'account'>): boolean {
  return account.startsWith('86') || account.startsWith('87');
}

export interface Gap {
  /** Realised − planned. */
  readonly gapCents: Money;
  /** The same in hundredths of a percent of what was planned, to the nearest, halves away from zero; null when nothing was planned. */
  readonly gapBasisPoints: number | null;
}

/** Null as long as the row is not filled in. */
export function gapOf({ plannedCents, realisedCents }: Pick<ReportRow, 'plannedCents' | 'realisedCents'>): Gap | null {
  if (realisedCents === null) return null;
  const planned = plannedCents ?? ZERO;
  const gapCents = subtract(realisedCents, planned);
  return { gapCents, gapBasisPoints: planned === 0n ? null : Number(rounded(gapCents * 10_000n, planned)) };
}

/** `amount` ÷ `by` (positive) to the nearest whole, halves away from zero. */
function rounded(amount: bigint, by: bigint): bigint {
  const twice = amount < 0n ? -amount * 2n : amount * 2n;
  const whole = (twice + by) / (2n * by);
  return amount < 0n ? -whole : whole;
}

/** Whether the gap of a row has to be explained: judged on the amounts, no rounding comes in between. */
export function isMainGap(row: ReportRow, { percent, minimumCents }: GapThreshold): boolean {
  const gap = gapOf(row);
  if (gap === null) return false;
  const size = (gap.gapCents < 0n ? -gap.gapCents : gap.gapCents) as Money;
  return size >= minimumCents && !atMostPercent(size, row.plannedCents ?? ZERO, percent);
}

export interface FinancialTotals {
  /** Without 86 and 87. */
  readonly plannedChargesCents: Money;
  readonly realisedChargesCents: Money;
  readonly plannedProductsCents: Money;
  readonly realisedProductsCents: Money;
  /** Realised products − realised charges: what the action earned beyond its cost, or lacked. */
  readonly resultCents: Money;
  readonly inKindChargesCents: Money;
  readonly inKindProductsCents: Money;
}

export function totalsOf(rows: readonly ReportRow[]): FinancialTotals {
  const sum = (side: ReportRow['side'], inKind: boolean, amount: (row: ReportRow) => Money | null): Money =>
    add(...rows.filter((row) => row.side === side && isInKind(row) === inKind).map((row) => amount(row) ?? ZERO));
  const planned = (row: ReportRow) => row.plannedCents;
  const realised = (row: ReportRow) => row.realisedCents;
  const [realisedChargesCents, realisedProductsCents] = [sum('charge', false, realised), sum('product', false, realised)];
  return {
    plannedChargesCents: sum('charge', false, planned),
    realisedChargesCents,
    plannedProductsCents: sum('product', false, planned),
    realisedProductsCents,
    resultCents: subtract(realisedProductsCents, realisedChargesCents),
    inKindChargesCents: sum('charge', true, realised),
    inKindProductsCents: sum('product', true, realised),
  };
}
