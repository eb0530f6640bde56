import { Injectable } from '@nestjs/common';
import type { Day } from '../../../kernel/day.js';
import type { Query } from '../../../platform/database/query.js';
import type { PaymentAnnounced, PaymentCancelled, PaymentDue, PaymentMade } from '../domain/mail-data.js';

export type RequestFacts = Omit<PaymentAnnounced, 'recipientName' | 'link'> & { readonly lineId: string };

export type CancelledRequestFacts = Omit<PaymentCancelled, 'recipientName' | 'link'> & { readonly lineId: string };

export interface PaymentFacts extends PaymentMade {
  readonly organisation: string;
  readonly isReversed: boolean;
}

const GRANT = `funder_name AS funder, scheme, year, dossier_number AS "dossierNumber", action_title AS "actionTitle", organisation_name AS organisation`;

/** What messages say of payments. */
@Injectable()
export class PaymentFactsRepository {
  async request(query: Query, id: string): Promise<RequestFacts | null> {
    const [row] = await query<RequestFacts>(
      `SELECT ${GRANT}, funding_line_id AS "lineId", amount_cents AS "amountCents", requested_at AS "requestedAt"
       FROM notified_payment_requests WHERE id = $1`,
      [id],
    );
    return row ?? null;
  }

  async cancelledRequest(query: Query, id: string): Promise<CancelledRequestFacts | null> {
    const [row] = await query<CancelledRequestFacts>(
      `SELECT ${GRANT}, funding_line_id AS "lineId", amount_cents AS "amountCents", requested_at AS "requestedAt", cancelled_at AS "cancelledAt"
       FROM notified_cancelled_requests WHERE id = $1`,
      [id],
    );
    return row ?? null;
  }

  /** The oldest first. */
  payments(query: Query, ids: readonly string[]): Promise<PaymentFacts[]> {
    return query(
      `SELECT ${GRANT}, amount_cents AS "amountCents", paid_on AS "paidOn", is_reversed AS "isReversed"
       FROM notified_payments WHERE id = ANY ($1::uuid[]) ORDER BY paid_on, dossier_number, id`,
      [ids],
    );
  }

  /** What this person is to have paid by then, the first due first. */
  due(query: Query, userId: string, until: Day): Promise<PaymentDue[]> {
    return query(
      `SELECT ${GRANT}, due_on AS "dueOn", due_cents AS "amountCents", is_requested AS "isRequested"
       FROM notified_payments_due WHERE user_id = $1 AND due_on <= $2 ORDER BY due_on, organisation_name, dossier_number, funding_line_id`,
      [userId, until],
    );
  }
}
