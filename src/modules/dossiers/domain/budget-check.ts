import { add, atMostPercent, inFrench, subtract, type Money, ZERO } from '../../../kernel/money.js';
import { isVoluntary } from './accounts.js';
import type { Budget, ChargeRow, ProductRow } from './budget.js';

export interface BudgetRules {
  /** Share of public money that the call allows, in percent of the products without 87 (80 by default: a choice of the call, not law). */
  readonly ceilingPercent: number;
  /** Kind of each funder named, by its id. A funder missing from it counts as public. */
  readonly funderKinds: ReadonlyMap<string, string>;
}

export interface BudgetTotals {
  /** Without 86. */
  readonly chargesCents: Money;
  /** Without 87. */
  readonly productsCents: Money;
  readonly voluntaryChargesCents: Money;
  readonly voluntaryProductsCents: Money;
  /** Rows 74 that name a funder of the system. */
  readonly requestedCents: Money;
  /** 73 and 74, less what private funders give. */
  readonly publicMoneyCents: Money;
  /** Public money ÷ products without 87, in hundredths of a percent, rounded up so that 80.00 is never shown for more than 80 %. */
  readonly publicMoneyBasisPoints: number;
}

export interface BudgetGaps {
  /** Charges − products; 0 when balanced. */
  readonly chargesMinusProductsCents: Money;
  /** 86 − 87; 0 when balanced. */
  readonly voluntaryChargesMinusProductsCents: Money;
}

export type BudgetRule = 'BUDGET_UNBALANCED' | 'VOLUNTARY_UNBALANCED' | 'REQUESTED_ABOVE_CHARGES' | 'PUBLIC_MONEY_ABOVE_CEILING';

export interface BudgetViolation {
  readonly code: BudgetRule;
  readonly detail: string;
  readonly leftCents: Money;
  readonly rightCents: Money;
  /** left − right. */
  readonly gapCents: Money;
}

export interface BudgetCheck {
  readonly totals: BudgetTotals;
  readonly gaps: BudgetGaps;
  readonly violations: readonly BudgetViolation[];
}

const PRIVATE_KINDS: ReadonlySet<string> = new Set(['landlord', 'private']);

/** The totals, and each rule broken, explained by its two totals and their gap. Expects rows that `assertRows` accepts. */
export function checkBudget(budget: Budget, rules: BudgetRules): BudgetCheck {
  const totals = totalsOf(budget, rules);
  const violations: BudgetViolation[] = [];
  const violate = (code: BudgetRule, left: Money, right: Money, sentence: (left: string, right: string, gap: string) => string): void => {
    const gap = subtract(left, right);
    const detail = sentence(inFrench(left), inFrench(right), inFrench(gap < 0n ? -gap : gap));
    violations.push({ code, detail, leftCents: left, rightCents: right, gapCents: gap });
  };
  const { chargesCents, productsCents, voluntaryChargesCents, voluntaryProductsCents, requestedCents, publicMoneyCents } = totals;

  if (chargesCents !== productsCents) {
    violate('BUDGET_UNBALANCED', chargesCents, productsCents, (charges, products, gap) => {
      const side = chargesCents > productsCents ? `il manque ${gap} de produits` : `il y a ${gap} de produits en trop`;
      return `Les charges (${charges}) doivent être égales aux produits (${products}) : ${side}.`;
    });
  }
  if (voluntaryChargesCents !== voluntaryProductsCents) {
    violate('VOLUNTARY_UNBALANCED', voluntaryChargesCents, voluntaryProductsCents, (used, given, gap) => {
      return `Le compte 86 (${used}) doit être égal au compte 87 (${given}) : l'écart est de ${gap}.`;
    });
  }
  if (requestedCents > chargesCents) {
    violate('REQUESTED_ABOVE_CHARGES', requestedCents, chargesCents, (requested, charges, gap) => {
      return `Le total demandé aux financeurs (${requested}) dépasse de ${gap} les charges hors contributions volontaires (${charges}).`;
    });
  }
  if (!atMostPercent(publicMoneyCents, productsCents, rules.ceilingPercent)) {
    const basisPoints = BigInt(Math.round(rules.ceilingPercent * 100));
    const allowed = ((productsCents * basisPoints) / 10_000n) as Money;
    const ceiling = String(rules.ceilingPercent).replace('.', ',');
    violate('PUBLIC_MONEY_ABOVE_CEILING', publicMoneyCents, allowed, (given, most, gap) => {
      return `L'argent public (${given}) dépasse de ${gap} le plafond de l'appel : ${ceiling} % des produits hors 87, soit ${most}.`;
    });
  }
  const gaps = {
    chargesMinusProductsCents: subtract(chargesCents, productsCents),
    voluntaryChargesMinusProductsCents: subtract(voluntaryChargesCents, voluntaryProductsCents),
  };
  return { totals, gaps, violations };
}

function totalsOf(budget: Budget, rules: BudgetRules): BudgetTotals {
  const sum = <Row extends ChargeRow>(rows: readonly Row[], counts: (row: Row) => boolean): Money =>
    add(...rows.filter(counts).map((row) => row.amountCents));
  const isPublic = (row: ProductRow): boolean => !row.funderId || !PRIVATE_KINDS.has(rules.funderKinds.get(row.funderId) ?? '');
  const productsCents = sum(budget.products, (row) => !isVoluntary(row.account));
  const publicMoneyCents = sum(budget.products, (row) => row.account === '73' || (row.account === '74' && isPublic(row)));
  return {
    chargesCents: sum(budget.charges, (row) => !isVoluntary(row.account)),
    productsCents,
    voluntaryChargesCents: sum(budget.charges, (row) => isVoluntary(row.account)),
    voluntaryProductsCents: sum(budget.products, (row) => isVoluntary(row.account)),
    requestedCents: sum(budget.products, (row) => row.account === '74' && Boolean(row.funderId)),
    publicMoneyCents,
    publicMoneyBasisPoints: productsCents > ZERO ? Number((publicMoneyCents * 10_000n + productsCents - 1n) / productsCents) : 0,
  };
}
