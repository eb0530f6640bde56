import { setTimeout as wait } from 'node:timers/promises';
import type { TestApp } from '../../setup/app.js';

/**
 * How not to do it, kept so that the test of concurrent approvals is known to bite: the balance is summed, judged, then written, on copies
 * of the tables that no CHECK protects. Each approval is a transaction, as careful-looking as that.
 */
export async function naiveLedger(
  app: TestApp,
  ceilingCents: bigint,
): Promise<{ approve(cents: bigint): Promise<boolean>; committed(): Promise<bigint> }> {
  await app.query('CREATE TABLE naive_envelope AS SELECT $1::bigint AS ceiling_cents', [ceilingCents]);
  await app.query('CREATE TABLE naive_movements (cents bigint NOT NULL)');
  const runner = () => app.ground.source.createQueryRunner();
  const committed = async (): Promise<bigint> => {
    const [row] = await app.query<{ total: bigint }>('SELECT coalesce(sum(cents), 0)::bigint AS total FROM naive_movements');
    return row?.total ?? 0n;
  };
  const approve = async (cents: bigint): Promise<boolean> => {
    const tx = runner();
    await tx.connect();
    try {
      await tx.startTransaction('REPEATABLE READ');
      const [balance] = (await tx.query(
        `SELECT (SELECT ceiling_cents FROM naive_envelope) - coalesce(sum(cents), 0)::bigint AS left_cents FROM naive_movements`,
      )) as [{ left_cents: bigint }];
      // The rest of the act: rules, other rows, a round trip or two.
      await wait(2);
      const fits = balance.left_cents >= cents;
      if (fits) await tx.query('INSERT INTO naive_movements VALUES ($1)', [cents]);
      await tx.commitTransaction();
      return fits;
    } finally {
      await tx.release();
    }
  };
  return { approve, committed };
}
