import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import type { Day } from '../../../kernel/day.js';
import { toJson } from '../../../platform/database/json.js';
import type { Query } from '../../../platform/database/query.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Cpo } from '../domain/cpo.js';
import { CpoAlreadyLive } from '../domain/cpo.errors.js';
import type { Tranche } from '../domain/tranche.js';

const UNIQUE_VIOLATION = '23505';

const COLUMNS = `id, version, state, action_id AS "actionId", dossier_id AS "dossierId", call_id AS "callId", organisation_id AS "organisationId",
  funder_id AS "funderId", scheme, first_year AS "firstYear", last_year AS "lastYear", reference, signed_on AS "signedOn",
  beneficiary_signed_on AS "beneficiarySignedOn", signed_by AS "signedBy", act_id AS "actId", reason, ended_on AS "endedOn", created_by AS "createdBy"`;

@Injectable()
export class CpoRepository {
  /** Locks the CPO before anything of it: two acts on one of its years queue up here. @throws NotFound */
  async lock(query: Query, id: string): Promise<Cpo> {
    const [cpo] = await query<Omit<Cpo, 'tranches'>>(`SELECT ${COLUMNS} FROM cpos WHERE id = $1 FOR UPDATE`, [id]);
    if (!cpo) throw new NotFound();
    return { ...cpo, tranches: await this.tranches(query, id) };
  }

  /** The id of the CPO that an act puts on paper. @throws Error when the act is of another kind */
  async ofAct(query: Query, actId: string): Promise<string> {
    const [row] = await query<{ id: string }>('SELECT id FROM cpos WHERE act_id = $1', [actId]);
    if (!row) throw new Error('the act of a CPO has its CPO');
    return row.id;
  }

  /** @throws CpoAlreadyLive */
  async insert(tx: Tx, cpo: Cpo): Promise<void> {
    const { id, state, actionId, dossierId, callId, organisationId, funderId, scheme, firstYear, lastYear, createdBy } = cpo;
    try {
      await tx.query(
        `INSERT INTO cpos (id, state, action_id, dossier_id, call_id, organisation_id, funder_id, scheme, first_year, last_year, created_by, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
        [id, state, actionId, dossierId, callId, organisationId, funderId, scheme, firstYear, lastYear, createdBy, tx.at],
      );
    } catch (error) {
      if ((error as { code?: unknown }).code === UNIQUE_VIOLATION) throw new CpoAlreadyLive();
      throw error;
    }
    tx.write(
      `INSERT INTO cpo_tranches (cpo_id, action_id, rank, year, funding_line_id, amount_cents)
       SELECT $1, $2, t.rank, t.year, t."lineId", t."amountCents"
       FROM jsonb_to_recordset($3::jsonb) AS t (rank integer, year integer, "lineId" uuid, "amountCents" bigint)`,
      [id, actionId, toJson(cpo.tranches)],
    );
  }

  /** Writes what an act changed of a CPO that it holds locked. */
  save(tx: Tx, cpo: Cpo): void {
    const { id, version, state, reference, signedOn, beneficiarySignedOn, signedBy, actId, reason, endedOn, tranches } = cpo;
    tx.write(
      `UPDATE cpos SET version = $2, state = $3, reference = $4, signed_on = $5, beneficiary_signed_on = $6, signed_by = $7, act_id = $8,
         reason = $9, ended_on = $10 WHERE id = $1`,
      [id, version, state, reference, signedOn, beneficiarySignedOn, signedBy, actId, reason, endedOn],
    );
    tx.write(
      `UPDATE cpo_tranches t SET amount_cents = c."amountCents", confirmed_at = c."confirmedAt", confirmed_by = c."confirmedBy", report_year = c."reportYear"
       FROM jsonb_to_recordset($2::jsonb) AS c (year integer, "amountCents" bigint, "confirmedAt" timestamptz, "confirmedBy" uuid, "reportYear" integer)
       WHERE t.cpo_id = $1 AND t.year = c.year`,
      [id, toJson(tranches)],
    );
  }

  /** Keeps what was agreed on, under the version of the CPO that it made. */
  keep(tx: Tx, { id, version, tranches }: Cpo, reason: string | null, writtenBy: string): void {
    const agreed = toJson(tranches.map(({ year, amountCents }) => ({ year, amountCents })));
    tx.write(`INSERT INTO cpo_versions (cpo_id, number, tranches, reason, written_by, written_at) VALUES ($1, $2, $3::jsonb, $4, $5, $6)`, [
      ...[id, version, agreed, reason, writtenBy, tx.at],
    ]);
  }

  /** Those in negotiation on any of these lines. */
  async negotiatedOn(query: Query, lineIds: readonly string[]): Promise<readonly string[]> {
    const rows = await query<{ id: string }>(
      `SELECT DISTINCT c.id FROM cpo_tranches t JOIN cpos c ON c.id = t.cpo_id
       WHERE t.funding_line_id = ANY ($1::uuid[]) AND c.state = 'negotiation' ORDER BY c.id`,
      [lineIds],
    );
    return rows.map(({ id }) => id);
  }

  /** Signed ones whose first year has come, and active ones whose last report was due before `today`. */
  async due(query: Query, today: Day): Promise<readonly string[]> {
    const rows = await query<{ id: string }>(
      `SELECT id FROM cpos
       WHERE (state = 'signed' AND make_date(first_year, 1, 1) <= $1::date) OR (state = 'active' AND make_date(last_year + 1, 6, 30) < $1::date)
       ORDER BY id`,
      [today],
    );
    return rows.map(({ id }) => id);
  }

  private tranches(query: Query, id: string): Promise<Tranche[]> {
    return query<Tranche>(
      `SELECT year, rank, funding_line_id AS "lineId", amount_cents AS "amountCents", confirmed_at AS "confirmedAt", confirmed_by AS "confirmedBy",
         report_year AS "reportYear"
       FROM cpo_tranches WHERE cpo_id = $1 ORDER BY year`,
      [id],
    );
  }
}
