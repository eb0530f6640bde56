import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import { newId } from '../../../kernel/id.js';
import type { Money } from '../../../kernel/money.js';
import { toJson } from '../../../platform/database/json.js';
import type { Query } from '../../../platform/database/query.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Installment } from '../domain/payment-schedule.js';
import type { Payment, PaymentRequest } from '../domain/payment.js';

export interface StoredInstallment extends Installment {
  readonly id: string;
}

const PAYMENT = `p.id, p.funding_line_id AS "lineId", p.amount_cents AS "amountCents", p.paid_on AS "paidOn", p.reference, p.source,
  p.confirmed_by AS "confirmedBy", p.confirmed_at AS "confirmedAt", p.reversed_by AS "reversedBy", p.reversed_at AS "reversedAt",
  p.reversal_reason AS "reversalReason"`;

const REQUEST = `id, funding_line_id AS "lineId", installment_id AS "installmentId", amount_cents AS "amountCents", requested_by AS "requestedBy",
  requested_at AS "requestedAt", cancelled_by AS "cancelledBy", cancelled_at AS "cancelledAt", cancellation_reason AS "cancellationReason"`;

@Injectable()
export class PaymentRepository {
  /** @throws NotFound */
  async find(query: Query, id: string): Promise<Payment> {
    const [payment] = await query<Payment>(`SELECT ${PAYMENT} FROM payments p WHERE p.id = $1`, [id]);
    if (!payment) throw new NotFound();
    return payment;
  }

  /** Oldest first. */
  ofLine(query: Query, lineId: string): Promise<Payment[]> {
    return query<Payment>(`SELECT ${PAYMENT} FROM payments p WHERE p.funding_line_id = $1 ORDER BY p.paid_on, p.id`, [lineId]);
  }

  add(tx: Tx, payments: readonly Payment[]): void {
    tx.write(
      `INSERT INTO payments (id, funding_line_id, amount_cents, paid_on, reference, source, confirmed_by, confirmed_at)
       SELECT id, "lineId", "amountCents", "paidOn", reference, source, "confirmedBy", "confirmedAt"
       FROM jsonb_to_recordset($1::jsonb) AS p (id uuid, "lineId" uuid, "amountCents" bigint, "paidOn" date, reference text, source text,
         "confirmedBy" uuid, "confirmedAt" timestamptz)`,
      [toJson(payments)],
    );
  }

  /** Of lines that are locked. What an extraction of Chorus had applied may be applied again by another one. */
  reverse(tx: Tx, ids: readonly string[], by: string, reason: string): void {
    tx.write('UPDATE payments SET reversed_by = $2, reversed_at = $3, reversal_reason = $4 WHERE id = ANY ($1::uuid[])', [
      ids,
      by,
      tx.at,
      reason,
    ]);
    tx.write(`UPDATE chorus_rows SET status = 'reversed', reason = $2 WHERE payment_id = ANY ($1::uuid[]) AND status = 'applied'`, [
      ids,
      reason,
    ]);
  }

  scheduleOf(query: Query, lineId: string): Promise<StoredInstallment[]> {
    return query<StoredInstallment>(
      `SELECT id, label, amount_cents AS "amountCents", due_on AS "dueOn", condition FROM payment_installments
       WHERE funding_line_id = $1 AND replaced_at IS NULL ORDER BY position`,
      [lineId],
    );
  }

  replaceSchedule(tx: Tx, lineId: string, installments: readonly Installment[]): void {
    tx.write('UPDATE payment_installments SET replaced_at = $2 WHERE funding_line_id = $1 AND replaced_at IS NULL', [lineId, tx.at]);
    tx.write(
      `INSERT INTO payment_installments (id, funding_line_id, position, label, amount_cents, due_on, condition)
       SELECT id, $1, position, label, "amountCents", "dueOn", condition
       FROM jsonb_to_recordset($2::jsonb) AS i (id uuid, position integer, label text, "amountCents" bigint, "dueOn" date, condition text)`,
      [lineId, toJson(installments.map((installment, position) => ({ ...installment, id: newId(), position })))],
    );
  }

  /** Oldest first, cancelled ones too. */
  requestsOf(query: Query, lineId: string): Promise<PaymentRequest[]> {
    return query<PaymentRequest>(`SELECT ${REQUEST} FROM payment_requests WHERE funding_line_id = $1 ORDER BY id`, [lineId]);
  }

  /** @throws NotFound */
  async findRequest(query: Query, id: string): Promise<PaymentRequest> {
    const [request] = await query<PaymentRequest>(`SELECT ${REQUEST} FROM payment_requests WHERE id = $1`, [id]);
    if (!request) throw new NotFound();
    return request;
  }

  /** Asked for and not cancelled; `before`: by the requests older than that one. */
  async requestedOn(query: Query, lineId: string, before: string | null = null): Promise<Money> {
    const [row] = await query<{ cents: Money }>(
      `SELECT coalesce(sum(amount_cents), 0)::bigint AS cents FROM payment_requests
       WHERE funding_line_id = $1 AND cancelled_at IS NULL AND ($2::uuid IS NULL OR id < $2)`,
      [lineId, before],
    );
    return row?.cents ?? (0n as Money);
  }

  request(tx: Tx, { id, lineId, installmentId, amountCents, requestedBy, requestedAt }: PaymentRequest): void {
    tx.write(
      `INSERT INTO payment_requests (id, funding_line_id, installment_id, amount_cents, requested_by, requested_at) VALUES ($1, $2, $3, $4, $5, $6)`,
      [id, lineId, installmentId, amountCents, requestedBy, requestedAt],
    );
  }

  cancelRequest(tx: Tx, { id, cancelledBy, cancelledAt, cancellationReason }: PaymentRequest): void {
    tx.write('UPDATE payment_requests SET cancelled_by = $2, cancelled_at = $3, cancellation_reason = $4 WHERE id = $1', [
      ...[id, cancelledBy, cancelledAt, cancellationReason],
    ]);
  }
}
