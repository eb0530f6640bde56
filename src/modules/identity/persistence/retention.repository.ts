import { Injectable } from '@nestjs/common';
import type { Day } from '../../../kernel/day.js';
import { NotFound } from '../../../kernel/errors.js';
import type { Query } from '../../../platform/database/query.js';
import { pseudonymOf, type Retained, type RetentionRule } from '../domain/retention.js';

const COLUMNS = `object, start, active_days AS "activeDays", notice_days AS "noticeDays", archived_days AS "archivedDays", fate,
  legal_basis AS "legalBasis", version`;
/** In one tick: after a long stop, or when a rule is made shorter, people are told over hours and not at once. */
const AT_ONCE = 200;

/** What is kept how long, and whose time has come. In one order, so that replicas that tick at once queue up. */
@Injectable()
export class RetentionRepository {
  rules(query: Query): Promise<RetentionRule[]> {
    return query(`SELECT ${COLUMNS} FROM retention_rules ORDER BY object`);
  }

  /** @throws NotFound */
  async rule(query: Query, object: string): Promise<RetentionRule> {
    return existing(await query<RetentionRule>(`SELECT ${COLUMNS} FROM retention_rules WHERE object = $1`, [object]));
  }

  /** @throws NotFound */
  async lock(query: Query, object: string): Promise<RetentionRule> {
    return existing(await query<RetentionRule>(`SELECT ${COLUMNS} FROM retention_rules WHERE object = $1 FOR UPDATE`, [object]));
  }

  async save(query: Query, { object, activeDays, noticeDays, archivedDays, version }: RetentionRule): Promise<void> {
    await query('UPDATE retention_rules SET active_days = $2, notice_days = $3, archived_days = $4, version = $5 WHERE object = $1', [
      ...[object, activeDays, noticeDays, archivedDays],
      version,
    ]);
  }

  /** The days kept apart. @throws NotFound */
  async archivedDays(query: Query, object: Retained): Promise<number> {
    return (await this.rule(query, object)).archivedDays;
  }

  /** Open, confirmed accounts that were last seen by that day, and of which no closing is announced. Locked. */
  unused(query: Query, seenBy: Day): Promise<{ readonly id: string; readonly lastSeenOn: Day }[]> {
    return query(
      `SELECT id, (coalesce(last_seen_at, created_at) AT TIME ZONE 'Europe/Paris')::date AS "lastSeenOn" FROM users
       WHERE disabled_at IS NULL AND closing_on IS NULL AND email_confirmed_at IS NOT NULL
         AND coalesce(last_seen_at, created_at) < (($1::date + 1)::timestamp AT TIME ZONE 'Europe/Paris')
       ORDER BY coalesce(last_seen_at, created_at), id LIMIT ${AT_ONCE} FOR UPDATE SKIP LOCKED`,
      [seenBy],
    );
  }

  /** Null: none is announced any more. */
  async announceClosing(query: Query, userId: string, day: Day | null): Promise<void> {
    await query('UPDATE users SET closing_on = $2 WHERE id = $1', [userId, day]);
  }

  /** Accounts whose announced day is over: who came back has none. */
  async toClose(query: Query, today: Day): Promise<readonly string[]> {
    const rows = await query<{ id: string }>(
      `SELECT id FROM users WHERE disabled_at IS NULL AND closing_on <= $1 ORDER BY closing_on, id LIMIT ${AT_ONCE}`,
      [today],
    );
    return rows.map(({ id }) => id);
  }

  /** Whether it still is to be closed; locked. */
  async lockToClose(query: Query, userId: string, today: Day): Promise<boolean> {
    const rows = await query('SELECT 1 FROM users WHERE id = $1 AND disabled_at IS NULL AND closing_on <= $2 FOR UPDATE', [userId, today]);
    return rows.length === 1;
  }

  /** Closed accounts, closed before then. Locked. */
  async toErase(query: Query, closedBefore: Date): Promise<readonly string[]> {
    const rows = await query<{ id: string }>(
      `SELECT id FROM users WHERE disabled_at < $1 AND erased_at IS NULL ORDER BY disabled_at, id LIMIT ${AT_ONCE} FOR UPDATE SKIP LOCKED`,
      [closedBefore],
    );
    return rows.map(({ id }) => id);
  }

  /** Name, address and password go; the row stays, since what the person did refers to it. */
  async erase(query: Query, userId: string, at: Date): Promise<void> {
    const { email, name } = pseudonymOf(userId);
    await query(
      `UPDATE users SET email = $2, name = $3, password_hash = NULL, closing_on = NULL, erased_at = $4, version = version + 1 WHERE id = $1`,
      [userId, email, name, at],
    );
  }

  async isErased(query: Query, userId: string): Promise<boolean> {
    return (await query('SELECT 1 FROM users WHERE id = $1 AND erased_at IS NOT NULL', [userId])).length === 1;
  }
}

/** @throws NotFound */
function existing([rule]: readonly RetentionRule[]): RetentionRule {
  if (!rule) throw new NotFound();
  return rule;
}
