import { Injectable } from '@nestjs/common';
import type { Day } from '../../../kernel/day.js';
import type { Money } from '../../../kernel/money.js';
import type { Query } from '../../../platform/database/query.js';

export interface Person {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly isConfirmed: boolean;
  readonly isDisabled: boolean;
}

export interface MembershipFacts {
  readonly state: string;
  readonly organisationId: string;
  readonly organisation: string;
  readonly requesterName: string;
  readonly requesterEmail: string;
  readonly isEditor: boolean;
  readonly isSignatory: boolean;
  readonly isAdministrator: boolean;
  readonly message: string | null;
  readonly refusalReason: string | null;
  readonly endReason: string | null;
}

export interface DossierFacts {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly organisation: string;
  readonly callTitle: string;
  readonly callYear: number;
  readonly closesAt: Date;
  readonly updatedAt: Date;
  readonly submittedAt: Date | null;
  readonly receiptNumber: string | null;
  readonly implicitRejectionOn: Day | null;
  readonly admissibilityReason: string | null;
  readonly withdrawalReason: string | null;
  readonly requestedCents: Money;
}

export interface ComplementFacts {
  readonly reason: string;
  readonly items: readonly { readonly pointer: string; readonly text: string }[];
  readonly dueOn: Day;
  readonly answeredAt: Date | null;
}

export interface LineFacts {
  readonly id: string;
  readonly dossierNumber: string;
  readonly dossierTitle: string;
  readonly actionId: string;
  readonly actionTitle: string;
  readonly funder: string;
  readonly scheme: string | null;
  readonly year: number;
  readonly requestedCents: Money;
  readonly grantedCents: Money | null;
  readonly isRefused: boolean;
  readonly reason: string | null;
  readonly organisation: string;
  readonly callTitle: string;
  readonly callYear: number;
}

const DOSSIER = `id, number, title, organisation_name AS organisation, call_title AS "callTitle", call_year AS "callYear", closes_at AS "closesAt",
  updated_at AS "updatedAt", submitted_at AS "submittedAt", receipt_number AS "receiptNumber", implicit_rejection_on AS "implicitRejectionOn",
  admissibility_reason AS "admissibilityReason", withdrawal_reason AS "withdrawalReason", requested_cents AS "requestedCents"`;

/** What messages say, read when they are written: only ids have travelled. */
@Injectable()
export class LetterRepository {
  people(query: Query, ids: readonly string[]): Promise<Person[]> {
    return query(
      'SELECT id, email, name, is_confirmed AS "isConfirmed", is_disabled AS "isDisabled" FROM notified_people WHERE id = ANY ($1::uuid[])',
      [ids],
    );
  }

  /** When a one-time token expires; null when it is spent, past or unknown. */
  async usableToken(query: Query, id: string, now: Date): Promise<{ expiresAt: Date } | null> {
    const [row] = await query<{ expiresAt: Date }>(
      'SELECT expires_at AS "expiresAt" FROM notified_tokens WHERE id = $1 AND used_at IS NULL AND expires_at > $2',
      [id, now],
    );
    return row ?? null;
  }

  grants(query: Query, userId: string): Promise<{ role: string; scope: string | null; grantedBy: string | null }[]> {
    return query('SELECT role, scope_label AS scope, granted_by_name AS "grantedBy" FROM notified_grants WHERE user_id = $1 ORDER BY id', [
      userId,
    ]);
  }

  async membership(query: Query, id: string): Promise<MembershipFacts | null> {
    const [row] = await query<MembershipFacts>(
      `SELECT state, organisation_id AS "organisationId", organisation_name AS organisation, requester_name AS "requesterName", requester_email AS "requesterEmail",
              is_editor AS "isEditor", is_signatory AS "isSignatory", is_administrator AS "isAdministrator", message, decision_reason AS "refusalReason", end_reason AS "endReason"
       FROM notified_memberships WHERE id = $1`,
      [id],
    );
    return row ?? null;
  }

  async dossier(query: Query, id: string): Promise<DossierFacts | null> {
    const [row] = await query<DossierFacts>(`SELECT ${DOSSIER} FROM notified_dossiers WHERE id = $1`, [id]);
    return row ?? null;
  }

  /** False once a signatory attested it, or once it went back to its authors or was filed. */
  async awaitsAttestation(query: Query, dossierId: string): Promise<boolean> {
    return (await query('SELECT 1 FROM notified_dossiers_to_attest WHERE dossier_id = $1', [dossierId])).length > 0;
  }

  async complement(query: Query, id: string): Promise<ComplementFacts | null> {
    const [row] = await query<ComplementFacts>(
      'SELECT reason, items, due_on AS "dueOn", answered_at AS "answeredAt" FROM notified_complements WHERE id = $1',
      [id],
    );
    return row ?? null;
  }

  /** Announced lines among those, as a reader wants them: by dossier, action, funder. */
  announcedLines(query: Query, ids: readonly string[]): Promise<LineFacts[]> {
    return query(
      `SELECT id, dossier_number AS "dossierNumber", dossier_title AS "dossierTitle", action_id AS "actionId", action_title AS "actionTitle",
              funder_name AS funder, scheme, year, requested_cents AS "requestedCents", granted_cents AS "grantedCents", is_refused AS "isRefused",
              decision_reason AS reason, organisation_name AS organisation, call_title AS "callTitle", call_year AS "callYear"
       FROM notified_lines WHERE id = ANY ($1::uuid[])
       ORDER BY dossier_number, action_position, action_id, funder_name, scheme NULLS FIRST, year, id`,
      [ids],
    );
  }

  /** On how many of its requests in a call each organisation still waits to hear, in the order asked. */
  async undecidedCounts(
    query: Query,
    asked: readonly { readonly callId: string; readonly organisationId: string }[],
  ): Promise<readonly number[]> {
    const rows = await query<{ callId: string; organisationId: string; count: number }>(
      `SELECT call_id AS "callId", organisation_id AS "organisationId", u.count
       FROM (SELECT DISTINCT * FROM unnest($1::uuid[], $2::uuid[]) AS t (call_id, organisation_id)) AS a
       CROSS JOIN LATERAL (
         SELECT count(*)::int AS count FROM notified_undecided_lines l WHERE l.call_id = a.call_id AND l.organisation_id = a.organisation_id
       ) AS u`,
      [asked.map(({ callId }) => callId), asked.map(({ organisationId }) => organisationId)],
    );
    const counts = new Map(rows.map(({ callId, organisationId, count }) => [`${callId} ${organisationId}`, count]));
    return asked.map(({ callId, organisationId }) => counts.get(`${callId} ${organisationId}`) ?? 0);
  }

  /** The drafts that this person may still submit before that closing of the call. */
  drafts(query: Query, userId: string, callId: string, closesAt: Date): Promise<DossierFacts[]> {
    return query(
      `SELECT ${DOSSIER} FROM notified_dossiers d
       WHERE call_id = $2 AND closes_at = $3 AND state IN ('draft', 'awaiting-attestation')
         AND EXISTS (SELECT FROM notified_members m WHERE m.organisation_id = d.organisation_id AND m.user_id = $1 AND (m.is_editor OR m.is_signatory))
       ORDER BY number`,
      [userId, callId, closesAt],
    );
  }
}
