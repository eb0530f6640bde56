import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import { pageOf, type Page, type PageRequest } from '../../../kernel/page.js';
import type { Query } from '../../../platform/database/query.js';
import type { Call } from '../domain/call-content.js';
import type { CallStage, CallStatus } from '../domain/call.transitions.js';
import { TRACK_LABELS } from '../domain/track.js';
import { CALL_COLUMNS, statusAt } from './call.sql.js';

export interface CallFilter {
  readonly year?: number;
  readonly status?: CallStatus;
}

@Injectable()
export class CallRepository {
  /** @throws NotFound */
  async get(query: Query, id: string): Promise<Call> {
    return one(await query<Call>(`SELECT ${CALL_COLUMNS} FROM calls k WHERE k.id = $1`, [id]));
  }

  /** Holds the call until the transaction ends. @throws NotFound */
  async lock(query: Query, id: string): Promise<Call> {
    return one(await query<Call>(`SELECT ${CALL_COLUMNS} FROM calls k WHERE k.id = $1 FOR UPDATE OF k`, [id]));
  }

  /** The latest year first. Drafts only when `drafts`. */
  async page(query: Query, filter: CallFilter, drafts: boolean, now: Date, request: PageRequest): Promise<Page<Call>> {
    const filtered = `
      FROM calls k
      WHERE ($1::integer IS NULL OR k.year = $1) AND ($2::text IS NULL OR ${statusAt('$3')} = $2) AND ($4 OR k.published_at IS NOT NULL)`;
    const filters = [filter.year ?? null, filter.status ?? null, now, drafts];
    const [year, id] = request.after ?? [null, null];
    const rows = await query<Call>(
      `SELECT ${CALL_COLUMNS} ${filtered} AND ($5::integer IS NULL OR (k.year, k.id) < ($5, $6::uuid))
       ORDER BY k.year DESC, k.id DESC LIMIT $7`,
      [...filters, year, id, request.limit + 1],
    );
    const counted = request.count ? await query<{ total: number }>(`SELECT count(*)::int AS total ${filtered}`, filters) : [];
    return pageOf(rows, request, (call) => [call.year, call.id], counted[0]?.total);
  }

  async insert(
    query: Query,
    call: Call,
    origin: { readonly contractCode: string; readonly createdBy: string; readonly at: Date },
  ): Promise<void> {
    await query(
      `INSERT INTO calls (id, contract_code, title, year, opens_at, closes_at, grace_minutes, public_money_ceiling_percent,
         implicit_rejection_months, report_due_on, report_gap_percent, report_gap_cents, notes, created_by, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
      [call.id, origin.contractCode, ...contentOf(call), origin.createdBy, origin.at],
    );
    await this.saveChoices(query, call);
  }

  /** Writes everything of the call; its version is the caller's to move. */
  async save(query: Query, call: Call): Promise<void> {
    await query(
      `UPDATE calls SET title = $2, year = $3, opens_at = $4, closes_at = $5, grace_minutes = $6, public_money_ceiling_percent = $7,
         implicit_rejection_months = $8, report_due_on = $9, report_gap_percent = $10, report_gap_cents = $11, notes = $12, published_at = $13,
         closed_at = $14, version = $15
       WHERE id = $1`,
      [call.id, ...contentOf(call), call.publishedAt, call.closedAt, call.version],
    );
    await this.saveChoices(query, call);
  }

  /** A stage is no content: the version, on which people decide, does not move. */
  async saveStage(query: Query, id: string, stage: CallStage): Promise<void> {
    await query('UPDATE calls SET stage = $2 WHERE id = $1', [id, stage]);
  }

  private async saveChoices(query: Query, call: Call): Promise<void> {
    await query(
      `WITH dropped_orientations AS (DELETE FROM call_orientations WHERE call_id = $1 AND orientation_code <> ALL ($2::text[])),
         dropped_tracks AS (DELETE FROM call_tracks WHERE call_id = $1 AND code <> ALL ($3::text[])),
         kept_tracks AS (
           INSERT INTO call_tracks (call_id, code, label) SELECT $1, code, label FROM unnest($3::text[], $4::text[]) AS t (code, label)
           ON CONFLICT DO NOTHING)
       INSERT INTO call_orientations (call_id, orientation_code) SELECT $1, unnest($2::text[]) ON CONFLICT DO NOTHING`,
      [call.id, call.orientationCodes, call.trackCodes, call.trackCodes.map((code) => TRACK_LABELS[code])],
    );
  }
}

function contentOf(call: Call): unknown[] {
  return [
    call.title,
    call.year,
    call.opensAt,
    call.closesAt,
    call.graceMinutes,
    call.publicMoneyCeilingPercent,
    call.implicitRejectionMonths,
    call.reportDueOn,
    call.reportGapPercent,
    call.reportGapCents,
    call.notes,
  ];
}

function one(rows: readonly Call[]): Call {
  const [call] = rows;
  if (!call) throw new NotFound();
  return call;
}
