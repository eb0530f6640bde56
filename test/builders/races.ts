import type { TestApp } from '../setup/app.js';
import { waitFor } from '../setup/wait-for.js';

/** Holds one row as somebody else's act would, until what it gives is called. Whoever needs the row waits where it stands. */
export async function holding({ ground }: TestApp, table: string, id: string): Promise<() => Promise<void>> {
  const rival = ground.source.createQueryRunner();
  await rival.connect();
  await rival.startTransaction();
  await rival.query(`SELECT 1 FROM ${table} WHERE id = $1 FOR UPDATE`, [id]);
  return async () => {
    await rival.commitTransaction();
    await rival.release();
  };
}

/** Until so many acts wait for a row. */
export async function waiting({ query }: TestApp, acts: number): Promise<void> {
  await waitFor(`${acts} act(s) that wait for a row`, async () => {
    const held = await query(`SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`);
    return held.length >= acts;
  });
}
