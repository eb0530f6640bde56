import { RuleRefused } from '../../../kernel/errors.js';
import { add, type Money } from '../../../kernel/money.js';
import type { FundingLine } from './funding-line.js';
import { mayVanish } from './funding-line.transitions.js';

/** What one or several rows 74 of a budget ask of one funder. */
export interface WantedLine {
  readonly funderId: string;
  readonly scheme: string | null;
  readonly requestedCents: Money;
}

export interface LineSync {
  readonly kept: readonly FundingLine[];
  readonly changed: readonly FundingLine[];
  readonly vanished: readonly FundingLine[];
  readonly added: readonly WantedLine[];
}

/** Someone already counts on the line: the budget can no longer drop it nor change its amount. */
export class LineInProgress extends RuleRefused {
  constructor(funderName: string) {
    super(
      'LINE_IN_PROGRESS',
      `La demande faite à « ${funderName} » est déjà en cours d’examen : elle ne peut plus disparaître du budget ni changer de montant.`,
    );
  }
}

/**
 * What becomes of the lines of an action and a year when its budget is written again. Rows of one funder and scheme add up to one line; a row
 * of nothing asks for nothing. `lines`: those not withdrawn. @throws LineInProgress
 */
export function syncLines(lines: readonly FundingLine[], wanted: readonly WantedLine[]): LineSync {
  const asked = merge(wanted);
  const kept: FundingLine[] = [];
  const changed: FundingLine[] = [];
  const vanished: FundingLine[] = [];
  for (const line of lines) {
    const want = asked.get(identity(line));
    asked.delete(identity(line));
    if (want?.requestedCents === line.requestedCents) kept.push(line);
    else if (!mayVanish(line.state)) throw new LineInProgress(line.funderName);
    else if (want === undefined) vanished.push(line);
    else changed.push({ ...line, requestedCents: want.requestedCents, version: line.version + 1 });
  }
  return { kept, changed, vanished, added: [...asked.values()] };
}

function merge(wanted: readonly WantedLine[]): Map<string, WantedLine> {
  const asked = new Map<string, WantedLine>();
  for (const want of wanted) {
    if (want.requestedCents === 0n) continue;
    const same = asked.get(identity(want));
    asked.set(identity(want), same ? { ...same, requestedCents: add(same.requestedCents, want.requestedCents) } : want);
  }
  return asked;
}

function identity({ funderId, scheme }: { funderId: string; scheme: string | null }): string {
  return JSON.stringify([funderId, scheme ?? '']);
}
