import type { Money } from '../../../kernel/money.js';
import type { Query } from '../../../platform/database/query.js';
import type { Movement } from '../domain/envelope.js';
import { assertWithinPocketLimit } from '../domain/pocket-limit.js';
import { PocketLimitUnknown } from '../domain/pocket-limit.errors.js';

interface LineInPocket {
  readonly lineId: string;
  readonly departmentCode: string;
  readonly year: number;
  /** Null when nobody entered it. */
  readonly baseCents: Money | null;
  readonly usedCents: Money | null;
}

/** What a movement adds to what pockets use. */
function consumed(movement: Movement): bigint {
  if (movement.kind === 'reserve' || movement.kind === 'commit') return movement.amountCents;
  if (movement.kind === 'release' || movement.kind === 'decommit') return -movement.amountCents;
  return 0n;
}

/**
 * Why the database refused these movements, if the limit of poverty pockets is why: it counts by itself (`consume_pocket_limits`), this only says.
 * @throws PocketLimitUnknown, PocketLimitExceeded
 */
export async function assertPocketLimits(
  read: Query,
  entries: readonly { readonly movement: Movement; readonly lineId: string | null }[],
): Promise<void> {
  const lines = await read<LineInPocket>(
    `SELECT l.id AS "lineId", f.department_code AS "departmentCode", l.year, p.base_cents AS "baseCents", p.used_cents AS "usedCents"
     FROM funding_lines l JOIN funders f ON f.id = l.funder_id
     LEFT JOIN pocket_limits p ON p.department_code = f.department_code AND p.year = l.year
     WHERE l.id = ANY ($1::uuid[]) AND l.pocket_id IS NOT NULL`,
    [entries.flatMap(({ lineId }) => lineId ?? [])],
  );
  const asked = new Map<string, { readonly of: LineInPocket; cents: bigint }>();
  for (const of of lines) {
    const key = `${of.departmentCode} ${of.year}`;
    const more = entries.filter(({ lineId }) => lineId === of.lineId).reduce((total, { movement }) => total + consumed(movement), 0n);
    asked.set(key, { of, cents: (asked.get(key)?.cents ?? 0n) + more });
  }
  for (const { of, cents } of asked.values()) {
    const { departmentCode, year, baseCents, usedCents } = of;
    if (baseCents === null || usedCents === null) {
      if (cents > 0n) throw new PocketLimitUnknown(departmentCode, year);
    } else assertWithinPocketLimit({ departmentCode, year, baseCents, usedCents }, cents as Money);
  }
}
