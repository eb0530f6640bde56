import { Injectable } from '@nestjs/common';
import type { Query } from '../../../platform/database/query.js';

/** Attempts to sign in, by the hash of what they were made on or from: neither an account nor an address can be read back. */
@Injectable()
export class SignInFailureRepository {
  /** Makes attempts on the same subjects queue up until the transaction ends. Always in one order, so that none waits for another in a ring. */
  async lock(query: Query, subjects: readonly Buffer[]): Promise<void> {
    const keys = subjects.map((subject) => subject.toString('hex')).sort();
    for (const key of keys) await query('SELECT pg_advisory_xact_lock(hashtextextended($1, 1))', [`sign-in ${key}`]);
  }

  async since(query: Query, subject: Buffer, start: Date): Promise<Date[]> {
    const rows = await query<{ at: Date }>('SELECT at FROM sign_in_failures WHERE subject = $1 AND at > $2', [subject, start]);
    return rows.map(({ at }) => at);
  }

  async add(query: Query, subjects: readonly Buffer[], at: Date): Promise<bigint[]> {
    const rows = await query<{ id: bigint }>('INSERT INTO sign_in_failures (subject, at) SELECT unnest($1::bytea[]), $2 RETURNING id', [
      subjects,
      at,
    ]);
    return rows.map(({ id }) => id);
  }

  async remove(query: Query, ids: readonly bigint[]): Promise<void> {
    await query('DELETE FROM sign_in_failures WHERE id = ANY ($1::bigint[])', [ids]);
  }

  async forget(query: Query, subject: Buffer): Promise<void> {
    await query('DELETE FROM sign_in_failures WHERE subject = $1', [subject]);
  }

  async purge(query: Query, limit: Date): Promise<void> {
    await query('DELETE FROM sign_in_failures WHERE at < $1', [limit]);
  }
}
