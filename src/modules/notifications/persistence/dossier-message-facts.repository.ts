import { Injectable } from '@nestjs/common';
import type { Query } from '../../../platform/database/query.js';

export interface DossierMessageFacts {
  readonly dossierId: string;
  readonly number: string;
  readonly title: string;
  readonly organisation: string;
  readonly author: string;
  readonly isFromStaff: boolean;
  readonly isNote: boolean;
  readonly text: string;
  readonly postedAt: Date;
  readonly isToStaff: boolean;
}

/** What messages say of what people write in a dossier. */
@Injectable()
export class DossierMessageFactsRepository {
  /** Null when this person may not read it any more. */
  async readBy(query: Query, messageId: string, userId: string): Promise<DossierMessageFacts | null> {
    const [row] = await query<DossierMessageFacts>(
      `SELECT m.dossier_id AS "dossierId", m.number, m.title, m.organisation_name AS organisation, m.author_name AS author,
              m.side = 'administration' AS "isFromStaff", m.visibility = 'staff' AS "isNote", m.text, m.posted_at AS "postedAt",
              r.side = 'administration' AS "isToStaff"
       FROM notified_dossier_messages m JOIN notified_message_readers r ON r.message_id = m.id
       WHERE m.id = $1 AND r.user_id = $2`,
      [messageId, userId],
    );
    return row ?? null;
  }
}
