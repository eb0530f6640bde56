import { Injectable } from '@nestjs/common';
import type { Day } from '../../../kernel/day.js';
import { NotFound } from '../../../kernel/errors.js';
import { newId } from '../../../kernel/id.js';
import { pageOf, type Page, type PageRequest } from '../../../kernel/page.js';
import type { Query } from '../../../platform/database/query.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { DateChange } from '../domain/date-change.js';
import { DateChangeAlreadyAsked } from '../domain/report.errors.js';

type Stored = Omit<DateChange, 'from'> & { readonly fromStartsOn: Day; readonly fromEndsOn: Day };

const SELECT = `SELECT c.id, c.action_id AS "actionId", c.dossier_id AS "dossierId", c.state, c.version, c.from_starts_on AS "fromStartsOn",
    c.from_ends_on AS "fromEndsOn", c.starts_on AS "startsOn", c.ends_on AS "endsOn", c.reason, c.asked_by AS "askedBy", c.asked_at AS "askedAt",
    c.decided_by AS "decidedBy", c.decided_at AS "decidedAt", c.decision_reason AS "decisionReason"
  FROM date_changes c`;

export type NewDateChange = Pick<DateChange, 'actionId' | 'dossierId' | 'from' | 'startsOn' | 'endsOn' | 'reason' | 'askedBy'>;

@Injectable()
export class DateChangeRepository {
  /** @throws DateChangeAlreadyAsked */
  async add(tx: Tx, change: NewDateChange): Promise<DateChange> {
    const id = newId();
    const { actionId, dossierId, from, startsOn, endsOn, reason, askedBy } = change;
    const added = await tx.query(
      `INSERT INTO date_changes (id, action_id, dossier_id, state, from_starts_on, from_ends_on, starts_on, ends_on, reason, asked_by, asked_at)
       VALUES ($1, $2, $3, 'asked', $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (action_id) WHERE state = 'asked' DO NOTHING RETURNING id`,
      [id, actionId, dossierId, from.startsOn, from.endsOn, startsOn, endsOn, reason, askedBy, tx.at],
    );
    if (added.length === 0) throw new DateChangeAlreadyAsked();
    return this.get(tx.query, id);
  }

  /** @throws NotFound */
  async get(query: Query, id: string): Promise<DateChange> {
    return existing(await query<Stored>(`${SELECT} WHERE c.id = $1`, [id]));
  }

  /** @throws NotFound */
  async lock(query: Query, id: string): Promise<DateChange> {
    return existing(await query<Stored>(`${SELECT} WHERE c.id = $1 FOR UPDATE`, [id]));
  }

  /** Those of an action, the oldest first. */
  async page(query: Query, actionId: string, request: PageRequest): Promise<Page<DateChange>> {
    const rows = await query<Stored>(`${SELECT} WHERE c.action_id = $1 AND ($2::uuid IS NULL OR c.id > $2) ORDER BY c.id LIMIT $3`, [
      actionId,
      request.after?.[0] ?? null,
      request.limit + 1,
    ]);
    const counted = request.count
      ? await query<{ total: number }>('SELECT count(*)::int AS total FROM date_changes WHERE action_id = $1', [actionId])
      : [];
    return pageOf(rows.map(toDateChange), request, ({ id }) => [id], counted[0]?.total);
  }

  saveDecision(tx: Tx, { id, state, version, decidedBy, decidedAt, decisionReason }: DateChange): void {
    tx.write('UPDATE date_changes SET state = $2, version = $3, decided_by = $4, decided_at = $5, decision_reason = $6 WHERE id = $1', [
      ...[id, state, version, decidedBy, decidedAt, decisionReason],
    ]);
  }
}

function toDateChange({ fromStartsOn, fromEndsOn, ...change }: Stored): DateChange {
  return { ...change, from: { startsOn: fromStartsOn, endsOn: fromEndsOn } };
}

function existing([row]: readonly Stored[]): DateChange {
  if (!row) throw new NotFound();
  return toDateChange(row);
}
