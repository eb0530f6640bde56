import { Redis } from 'ioredis';
import { OneTimeTokens } from '../../../src/platform/auth/one-time-tokens.js';
import { anOrganisation } from '../../builders/organisations.js';
import { aPerson } from '../../builders/people.js';
import { aCallRow, aDossierRow, aTokenRow } from '../../builders/rows.js';
import { hasRedis, RedisServer } from '../../integration/queue/redis-server.js';
import { startApp, type TestApp } from '../../setup/app.js';
import { keptMails, settled, tell } from './mail-room.js';

/** Everything the queue's tables and the two of ours hold, as text. */
async function keptInPostgres(app: TestApp): Promise<string> {
  const tables = await app.query<{ name: string }>(
    `SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) AS name FROM pg_tables
     WHERE schemaname = 'bullmq' OR tablename IN ('outbox', 'deliveries', 'audit')`,
  );
  const texts = await Promise.all(
    tables.map(({ name }) => app.query<{ text: string | null }>(`SELECT string_agg(t::text, ' ') AS text FROM ${name} t`)),
  );
  return texts.map(([row]) => row?.text ?? '').join(' ');
}

/** Whatever the type of the key. */
async function keptInRedis(url: string): Promise<string> {
  const client = new Redis(url);
  const readers: Record<string, (key: string) => Promise<unknown>> = {
    string: (key) => client.get(key),
    hash: (key) => client.hgetall(key),
    list: (key) => client.lrange(key, 0, -1),
    set: (key) => client.smembers(key),
    zset: (key) => client.zrange(key, 0, -1),
    stream: (key) => client.xrange(key, '-', '+'),
  };
  const keys = await client.keys('*');
  const values = await Promise.all(keys.map(async (key) => [key, await readers[await client.type(key)]?.(key)]));
  client.disconnect();
  return JSON.stringify(values);
}

describe.each(hasRedis ? ['postgres', 'redis'] : ['postgres'])('on %s', (backend) => {
  let app: TestApp;
  let redis: RedisServer | undefined;

  beforeAll(async () => {
    if (backend === 'redis') {
      redis = await RedisServer.create();
      await redis.start();
    }
    app = await startApp({ works: true, env: redis ? { REDIS_URL: redis.url } : {} });
  });
  afterAll(async () => {
    await app.close();
    await redis?.kill();
  });

  test('no address, token or text stays in the outbox, the deliveries, the audit or the queue', async () => {
    const person = await aPerson(app, { name: 'Zénobie Secrète' });
    const tokenId = await aTokenRow(app, person.id, 'reset-password');
    const { id: organisationId } = await anOrganisation(app, { members: [{ person }] });
    const dossier = await aDossierRow(
      app,
      { callId: await aCallRow(app), organisationId },
      { state: 'inadmissible', submittedBy: person.id, admissibilityReason: 'Un motif à taire' },
    );
    await tell(app, 'account.password-reset-asked.v1', { userId: person.id, tokenId });
    await tell(app, 'dossier.admissibility-decided.v1', { dossierId: dossier.id });
    await settled(app);

    const mails = (await keptMails(app)).filter(({ to }) => to === person.email);
    const token = app.app.get(OneTimeTokens).tokenOf(tokenId);
    expect(mails.map(({ text }) => text).join()).toContain(token);
    expect(mails.map(({ text }) => text).join()).toContain('Un motif à taire');

    const kept = [await keptInPostgres(app), redis ? await keptInRedis(redis.url) : ''].join(' ');
    // What was looked through is where things are: ids did travel.
    expect(kept).toContain(tokenId);
    expect(redis ? await keptInRedis(redis.url) : kept).toContain('mail.due.v1');
    for (const secret of [person.email, token, token.slice(32), 'Zénobie', 'Un motif à taire', 'Bonjour']) {
      expect(kept.includes(secret)).toBe(false);
    }
  });
});
