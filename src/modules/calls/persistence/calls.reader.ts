import { Injectable } from '@nestjs/common';
import type { Query } from '../../../platform/database/query.js';
import type { Call } from '../domain/call-content.js';
import { UnknownCall } from '../domain/call.errors.js';
import { TRACK_LABELS, type TrackCode } from '../domain/track.js';
import { CALL_COLUMNS } from './call.sql.js';

/** A call as a dossier of one organisation meets it. */
export interface CallForDossier extends Call {
  /** The individual extension granted to the organisation; null without one. */
  readonly extensionUntil: Date | null;
  readonly tracks: readonly { readonly code: TrackCode; readonly label: string }[];
}

/** What the modules above ask of the calls, within their own transaction or reading. */
@Injectable()
export class Calls {
  /** A draft is given too: its state says so. @throws UnknownCall */
  async forDossier(query: Query, callId: string, organisationId: string): Promise<CallForDossier> {
    const [row] = await query<Omit<CallForDossier, 'tracks'>>(
      `SELECT ${CALL_COLUMNS}, e.until AS "extensionUntil"
       FROM calls k LEFT JOIN call_extensions e ON e.call_id = k.id AND e.organisation_id = $2
       WHERE k.id = $1`,
      [callId, organisationId],
    );
    if (!row) throw new UnknownCall();
    return { ...row, tracks: row.trackCodes.map((code) => ({ code, label: TRACK_LABELS[code] })) };
  }

  async byId(query: Query, id: string): Promise<Call | null> {
    const [row] = await query<Call>(`SELECT ${CALL_COLUMNS} FROM calls k WHERE k.id = $1`, [id]);
    return row ?? null;
  }

  /** Published calls, not closed by hand, whose closing falls after `from` and at most at `to`: those to remind people of. */
  closingBetween(query: Query, from: Date, to: Date): Promise<Call[]> {
    return query(
      `SELECT ${CALL_COLUMNS} FROM calls k
       WHERE k.published_at IS NOT NULL AND k.closed_at IS NULL AND k.closes_at > $1 AND k.closes_at <= $2
       ORDER BY k.closes_at, k.id`,
      [from, to],
    );
  }
}
