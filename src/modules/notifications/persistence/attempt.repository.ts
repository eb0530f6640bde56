import { Injectable } from '@nestjs/common';
import type { Query } from '../../../platform/database/query.js';

export interface Attempt {
  readonly mailId: string;
  readonly outcome: 'sent' | 'deferred' | 'refused' | 'given-up';
  /** SMTP reply code; null when no server answered. */
  readonly code: number | null;
  /** What was said, without any address. */
  readonly reply: string;
  readonly at: Date;
}

@Injectable()
export class AttemptRepository {
  /** Counts once more answers that were given before. */
  async record(query: Query, attempts: readonly Attempt[]): Promise<void> {
    await query(
      `INSERT INTO mail_attempts AS a (mail_id, outcome, reply_code, reply, first_at, last_at)
       SELECT mail_id, outcome, code, reply, at, at
       FROM unnest($1::uuid[], $2::text[], $3::integer[], $4::text[], $5::timestamptz[]) AS t (mail_id, outcome, code, reply, at)
       ON CONFLICT (mail_id, outcome, reply_code) DO UPDATE SET tries = a.tries + 1, reply = excluded.reply, last_at = greatest(a.last_at, excluded.last_at)`,
      [
        attempts.map(({ mailId }) => mailId),
        attempts.map(({ outcome }) => outcome),
        attempts.map(({ code }) => code),
        attempts.map(({ reply }) => reply),
        attempts.map(({ at }) => at),
      ],
    );
  }

  /** When it was first tried; null before. */
  async firstAt(query: Query, mailId: string): Promise<Date | null> {
    const [row] = await query<{ at: Date | null }>('SELECT min(first_at) AS at FROM mail_attempts WHERE mail_id = $1', [mailId]);
    return row?.at ?? null;
  }
}
