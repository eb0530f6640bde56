import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import type { Money } from '../../../kernel/money.js';
import type { Scope } from '../../../kernel/scope.js';
import { toJson } from '../../../platform/database/json.js';
import type { Query } from '../../../platform/database/query.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { ActContent } from '../domain/act-content.js';
import type { ActPurpose } from '../domain/act-kind.js';
import { actNumber, refusalLetterNumber, type Beneficiary } from '../domain/act-series.js';
import type { Act } from '../domain/act.js';
import { ACT_COLUMNS } from './act.columns.js';

/** An act in the hands of someone who decides on it, with what their rights are read from. */
export interface ActInHand {
  readonly act: Act;
  readonly funder: { readonly code: string; readonly departmentCode: string | null; readonly inseeCode: string | null };
  readonly perimeter: readonly Scope[];
  readonly purpose: ActPurpose;
  /** In the order of ids. */
  readonly lines: readonly { readonly lineId: string; readonly amountCents: Money }[];
}

export interface NewAct {
  readonly act: Act;
  readonly rank: number | null;
  readonly purpose: ActPurpose;
  readonly content: ActContent;
  readonly contentSha256: string;
  readonly preparedBy: string;
}

interface LockedRow extends Act {
  readonly funderCode: string;
  readonly departmentCode: string | null;
  readonly inseeCode: string | null;
}

@Injectable()
export class ActRepository {
  /** Holds until the commit: whoever counts the grants of the same beneficiary, funder and year waits. */
  async lockBeneficiary(query: Query, { organisationId, funderId, year }: Beneficiary): Promise<void> {
    await query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`acts ${organisationId} ${funderId} ${year}`]);
  }

  /** Taken last: the row of the series stays locked until the commit, and a rollback gives the number back. */
  async nextNumber(query: Query, funder: { id: string; code: string }, year: number): Promise<{ rank: number; number: string }> {
    const [row] = await query<{ last: number }>(
      `INSERT INTO act_series AS s (funder_id, year, last) VALUES ($1, $2, 1)
       ON CONFLICT (funder_id, year) DO UPDATE SET last = s.last + 1 RETURNING last`,
      [funder.id, year],
    );
    if (!row) throw new Error('a series gives a number');
    return { rank: row.last, number: actNumber(year, funder.code, row.last) };
  }

  async nextLetterNumber(query: Query, year: number): Promise<string> {
    const [row] = await query<{ rank: bigint }>(`SELECT nextval('refusal_letter_numbers') AS rank`);
    return refusalLetterNumber(year, row?.rank ?? 0n);
  }

  insert(tx: Tx, { act, rank, purpose, content, contentSha256, preparedBy }: NewAct): void {
    tx.write(
      `INSERT INTO acts (id, kind, number, rank, funder_id, organisation_id, call_id, year, amends_id, amount_cents, is_bilateral, content, content_sha256,
                         prepared_by, prepared_at, prepared_on)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12::jsonb, $13, $14, $15, $16)`,
      [
        ...[
          act.id,
          act.kind,
          act.number,
          rank,
          act.funderId,
          act.organisationId,
          act.callId,
          act.year,
          act.amendsId,
          act.amountCents,
          act.isBilateral,
        ],
        ...[toJson(content), contentSha256, preparedBy, content.preparedAt, act.preparedOn],
      ],
    );
    tx.write(
      `INSERT INTO act_lines (act_id, funding_line_id, purpose, amount_cents)
       SELECT $1, n.line, $2, n.amount FROM unnest($3::uuid[], $4::bigint[]) AS n (line, amount)`,
      [act.id, purpose, content.lines.map(({ lineId }) => lineId), content.lines.map(({ amountCents }) => amountCents)],
    );
  }

  /** Locks the act, not its lines. @throws NotFound */
  async lock(query: Query, id: string): Promise<ActInHand> {
    const [row] = await query<LockedRow>(
      `SELECT ${ACT_COLUMNS}, f.code AS "funderCode", f.department_code AS "departmentCode", f.insee_code AS "inseeCode"
       FROM acts a JOIN funders f ON f.id = a.funder_id WHERE a.id = $1 FOR UPDATE OF a`,
      [id],
    );
    if (!row) throw new NotFound();
    const { funderCode: code, departmentCode, inseeCode, ...act } = row;
    const perimeter = await query<Scope>('SELECT kind, code FROM act_scopes WHERE act_id = $1', [id]);
    const lines = await query<{ lineId: string; amountCents: Money; purpose: ActPurpose }>(
      `SELECT funding_line_id AS "lineId", amount_cents AS "amountCents", purpose FROM act_lines WHERE act_id = $1 ORDER BY funding_line_id`,
      [id],
    );
    const [first] = lines;
    if (!first) throw new Error('an act has lines');
    return { act, funder: { code, departmentCode, inseeCode }, perimeter, purpose: first.purpose, lines };
  }

  /** Writes what a signature, a notification or an annulment changed of an act that it holds locked. */
  save(tx: Tx, act: Act): void {
    tx.write(
      `UPDATE acts SET state = $2, version = $3, signed_on = $4, signed_at = $5, signed_by = $6, signatory_name = $7, signature_method = $8,
         signature_place = $9, beneficiary_signed_on = $10, notified_on = $11, notified_at = $12, voided_at = $13, void_reason = $14,
         signed_file_id = $15, signed_sha256 = $16
       WHERE id = $1`,
      [
        ...[
          act.id,
          act.state,
          act.version,
          act.signedOn,
          act.signedAt,
          act.signedBy,
          act.signatoryName,
          act.signatureMethod,
          act.signaturePlace,
        ],
        ...[act.beneficiarySignedOn, act.notifiedOn, act.notifiedAt, act.voidedAt, act.voidReason],
        ...[act.signedFileId, act.signedSha256],
      ],
    );
  }

  /** Its lines are free for another act of the same purpose. */
  releaseLines(tx: Tx, actId: string): void {
    tx.write('UPDATE act_lines SET live = false WHERE act_id = $1', [actId]);
  }

  /** The lines of later years are free for an act of their own. */
  releaseLaterLines(tx: Tx, actId: string, year: number): void {
    tx.write('UPDATE act_lines a SET live = false FROM funding_lines l WHERE a.act_id = $1 AND l.id = a.funding_line_id AND l.year > $2', [
      actId,
      year,
    ]);
  }

  /** The number of an amendment that waits on one of these lines; null without any. */
  async pendingAmendment(query: Query, lineIds: readonly string[]): Promise<string | null> {
    const [row] = await query<{ number: string }>(
      `SELECT a.number FROM act_lines l JOIN acts a ON a.id = l.act_id
       WHERE l.funding_line_id = ANY ($1::uuid[]) AND l.purpose = 'amendment' AND l.live ORDER BY a.number LIMIT 1`,
      [lineIds],
    );
    return row?.number ?? null;
  }

  /** To be sent before the lines change: it is what lets the database accept their new amounts. */
  recordAmendments(tx: Tx, actId: string, changes: readonly { lineId: string; fromCents: Money; toCents: Money }[]): void {
    tx.write(
      `INSERT INTO grant_amendments (act_id, funding_line_id, from_cents, to_cents, amended_at)
       SELECT $1, n.line, n.was, n.becomes, $5 FROM unnest($2::uuid[], $3::bigint[], $4::bigint[]) AS n (line, was, becomes)`,
      [actId, changes.map(({ lineId }) => lineId), changes.map(({ fromCents }) => fromCents), changes.map(({ toCents }) => toCents), tx.at],
    );
  }

  /** How a person is called, to be kept on what they sign. */
  async nameOf(query: Query, userId: string): Promise<string> {
    const [row] = await query<{ name: string }>('SELECT name FROM users WHERE id = $1', [userId]);
    if (!row) throw new NotFound();
    return row.name;
  }
}
