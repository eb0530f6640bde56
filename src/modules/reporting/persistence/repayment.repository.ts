import { Injectable } from '@nestjs/common';
import type { Day } from '../../../kernel/day.js';
import { NotFound } from '../../../kernel/errors.js';
import { newId } from '../../../kernel/id.js';
import type { Money } from '../../../kernel/money.js';
import { pageOf, type Page, type PageRequest } from '../../../kernel/page.js';
import type { Scope } from '../../../kernel/scope.js';
import type { Query } from '../../../platform/database/query.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Repayment, RepaymentState } from '../domain/repayment.js';
import { ReceiptAlreadyRecorded } from '../domain/report.errors.js';

/** A repayment with whose it is, and the parts received. */
export interface RepaymentView extends Repayment {
  readonly actionId: string;
  readonly actionTitle: string;
  readonly dossierId: string;
  readonly organisationId: string;
  readonly funderId: string;
  readonly funderName: string;
  readonly year: number;
  readonly receipts: readonly Receipt[];
}

export interface Receipt {
  /** Cents; exact, being under 2^53. */
  readonly amountCents: number;
  readonly receivedOn: Day;
  readonly reference: string;
}

export interface RepaymentFilter {
  readonly fundingLineId?: string;
  readonly organisationId?: string;
  readonly funderId?: string;
  readonly status?: RepaymentState;
  /** Due before that day, or on it. */
  readonly dueBy?: Day;
}

const COLUMNS = `p.id, p.funding_line_id AS "fundingLineId", p.amount_cents AS "amountCents", p.received_cents AS "receivedCents", p.state, p.version, p.reason,
  p.due_on AS "dueOn", p.title_reference AS "titleReference", p.asked_by AS "askedBy", p.asked_at AS "askedAt", p.write_off_reason AS "writeOffReason",
  p.ended_at AS "endedAt"`;

const VIEW = `${COLUMNS}, p.action_id AS "actionId", p.action_title AS "actionTitle", p.dossier_id AS "dossierId", p.organisation_id AS "organisationId",
  p.funder_id AS "funderId", p.funder_name AS "funderName", p.year,
  (SELECT coalesce(json_agg(json_build_object('amountCents', e.amount_cents, 'receivedOn', e.received_on, 'reference', e.reference) ORDER BY e.id), '[]')
   FROM repayment_receipts e WHERE e.repayment_id = p.id) AS receipts`;

export type NewRepayment = Pick<Repayment, 'fundingLineId' | 'amountCents' | 'reason' | 'dueOn' | 'titleReference' | 'askedBy'>;

@Injectable()
export class RepaymentRepository {
  /** Of which line it is: what to lock before it. @throws NotFound */
  async lineOf(query: Query, id: string): Promise<string> {
    const [row] = await query<{ lineId: string }>('SELECT funding_line_id AS "lineId" FROM repayments WHERE id = $1', [id]);
    if (!row) throw new NotFound();
    return row.lineId;
  }

  /** Its line is locked, which holds it too. @throws NotFound */
  async get(query: Query, id: string): Promise<Repayment> {
    const [row] = await query<Repayment>(`SELECT ${COLUMNS} FROM repayments p WHERE p.id = $1`, [id]);
    if (!row) throw new NotFound();
    return row;
  }

  /** @throws NotFound */
  async view(query: Query, id: string): Promise<RepaymentView> {
    const [row] = await query<RepaymentView>(`SELECT ${VIEW} FROM repayment_rows p WHERE p.id = $1`, [id]);
    if (!row) throw new NotFound();
    return row;
  }

  /** Those that `sight` lets see, the oldest first. */
  async page(query: Query, filter: RepaymentFilter, sight: readonly Scope[], request: PageRequest): Promise<Page<RepaymentView>> {
    const where = `FROM repayment_rows p
      WHERE EXISTS (SELECT FROM dossier_perimeters d JOIN unnest($1::text[], $2::text[]) AS seen (kind, code) USING (kind, code)
                    WHERE d.dossier_id = p.dossier_id)
        AND ($3::uuid IS NULL OR p.funding_line_id = $3) AND ($4::uuid IS NULL OR p.organisation_id = $4) AND ($5::uuid IS NULL OR p.funder_id = $5)
        AND ($6::text IS NULL OR p.state = $6) AND ($7::date IS NULL OR p.due_on <= $7)`;
    const filters = [
      ...[sight.map(({ kind }) => kind), sight.map(({ code }) => code), filter.fundingLineId ?? null, filter.organisationId ?? null],
      ...[filter.funderId ?? null, filter.status ?? null, filter.dueBy ?? null],
    ];
    const rows = await query<RepaymentView>(`SELECT ${VIEW} ${where} AND ($8::uuid IS NULL OR p.id > $8) ORDER BY p.id LIMIT $9`, [
      ...filters,
      request.after?.[0] ?? null,
      request.limit + 1,
    ]);
    const counted = request.count ? await query<{ total: number }>(`SELECT count(*)::int AS total ${where}`, filters) : [];
    return pageOf(rows, request, ({ id }) => [id], counted[0]?.total);
  }

  add(tx: Tx, repayment: NewRepayment): string {
    const id = newId();
    const { fundingLineId, amountCents, reason, dueOn, titleReference, askedBy } = repayment;
    tx.write(
      `INSERT INTO repayments (id, funding_line_id, amount_cents, state, reason, due_on, title_reference, asked_by, asked_at)
       VALUES ($1, $2, $3, 'asked', $4, $5, $6, $7, $8)`,
      [id, fundingLineId, amountCents, reason, dueOn, titleReference, askedBy, tx.at],
    );
    return id;
  }

  save(tx: Tx, { id, receivedCents, state, version, writeOffReason, endedAt }: Repayment, actorId: string): void {
    tx.write(
      `UPDATE repayments SET received_cents = $2, state = $3, version = $4, write_off_reason = $5, ended_at = $6,
         written_off_by = CASE WHEN $5::text IS NULL THEN NULL ELSE $7::uuid END WHERE id = $1`,
      [id, receivedCents, state, version, writeOffReason, endedAt, actorId],
    );
  }

  /** @throws ReceiptAlreadyRecorded */
  async addReceipt(
    tx: Tx,
    repaymentId: string,
    receipt: { readonly amountCents: Money; readonly receivedOn: Day; readonly reference: string },
    by: string,
  ): Promise<void> {
    const { amountCents, receivedOn, reference } = receipt;
    const added = await tx.query(
      `INSERT INTO repayment_receipts (id, repayment_id, amount_cents, received_on, reference, recorded_by, recorded_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (repayment_id, reference) DO NOTHING RETURNING id`,
      [newId(), repaymentId, amountCents, receivedOn, reference, by, tx.at],
    );
    if (added.length === 0) throw new ReceiptAlreadyRecorded(reference);
  }
}
