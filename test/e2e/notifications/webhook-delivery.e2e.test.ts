import { Webhook } from 'standardwebhooks';
import { jobInHand, TooLate } from '../../../src/platform/job-in-hand.js';
import { HostResolver } from '../../../src/platform/outbound/index.js';
import { DeliverWebhook } from '../../../src/modules/notifications/use-cases/deliver-webhook.js';
import { KeepWebhooks } from '../../../src/modules/notifications/use-cases/keep-webhooks.js';
import { openHookTarget, status, type HookTarget, type ReceivedHook } from '../../builders/hook-target.js';
import { aPerson, GRANTS, signedInNow, type Person } from '../../builders/people.js';
import { anActionRow, aLineRow } from '../../builders/rows.js';
import { auditOf } from '../../builders/traces.js';
import type { TestApp } from '../../setup/app.js';
import { anEndpoint, aSeenDossier, clearHooks, dispatched, due, HOST, logOf, startHookApp, turn } from './hook-room.js';
import { dispatch, tell } from './mail-room.js';

let app: TestApp;
let target: HookTarget;
let owner: Person;
beforeAll(async () => {
  app = await startHookApp();
});
beforeEach(async () => {
  await clearHooks(app);
  target = await openHookTarget();
  owner = await aPerson(app, { grants: [GRANTS.coordinator()] });
});
afterEach(() => target.close());
afterAll(() => app.close());

const NOW = '2027-03-01T08:00:00Z';
const at = (seconds: number): void => app.clock.freeze(new Date(Date.parse(NOW) + seconds * 1000));
const HOUR = 3600;
const etag = (version: number) => ({ 'If-Match': `"${version}"` });

const submitted = async (): Promise<string> => {
  const { id } = await aSeenDossier(app);
  await dispatched(app, 'dossier.submitted.v1', { dossierId: id });
  return id;
};
const endpointOf = async (id: string): Promise<Record<string, unknown>> =>
  (
    await app.http
      .get(`/v1/webhook-endpoints/${id}`)
      .set(await signedInNow(app, owner))
      .expect(200)
  ).body as Record<string, unknown>;
const verified = (secret: string, { body, headers }: ReceivedHook): unknown => new Webhook(secret).verify(body, headers);
const sentIds = (): (string | undefined)[] => target.received.map(({ headers }) => headers['webhook-id']);

test('what arrives is signed as Standard Webhooks say, and says nothing but ids', async () => {
  const { id, secret } = await anEndpoint(app, owner, target.port);
  const { id: dossierId } = await aSeenDossier(app);
  const eventId = await dispatched(app, 'dossier.submitted.v1', { dossierId });
  expect(await due(app)).toHaveLength(1);
  expect(await turn(app)).toBe(1);
  const [hook] = target.received;
  const [occurred] = await app.query<{ at: Date }>('SELECT occurred_at AS at FROM outbox WHERE id = $1', [eventId]);
  if (!hook || !occurred) throw new Error('nothing arrived');
  expect(verified(secret, hook)).toEqual({ type: 'dossier.submitted.v1', timestamp: occurred.at.toISOString(), data: { dossierId } });
  const [logged] = await logOf(app, owner, id);
  expect(hook.headers).toMatchObject({ 'webhook-id': logged?.id, 'content-type': 'application/json', host: `${HOST}:${target.port}` });
  expect(logged).toMatchObject({ eventType: 'dossier.submitted.v1', state: 'delivered', nextAttemptAt: null });
  expect(logged?.attempts).toEqual([{ number: 1, at: expect.any(String), durationMs: expect.any(Number), statusCode: 204, cause: null }]);
  expect(await turn(app)).toBe(0);
});

test('only to those who asked for it and may read what it is about', async () => {
  const administrator = await aPerson(app, { grants: [GRANTS.administrator()] });
  const disabled = await aPerson(app, { grants: [GRANTS.coordinator()] });
  const { id: mine } = await anEndpoint(app, owner, target.port);
  await anEndpoint(app, owner, target.port, { eventTypes: ['act.notified.v1'] });
  await anEndpoint(app, administrator, target.port);
  await anEndpoint(app, disabled, target.port);
  await app.query('UPDATE users SET disabled_at = now() WHERE id = $1', [disabled.id]);
  await submitted();
  expect(await app.query('SELECT endpoint_id FROM webhook_deliveries')).toEqual([{ endpoint_id: mine }]);
});

test('an administrator hears of accounts, a draft stays its organisation’s, and of lines no one in conflict is told', async () => {
  const administrator = await aPerson(app, { grants: [GRANTS.administrator()] });
  const { id: accounts } = await anEndpoint(app, administrator, target.port, {
    eventTypes: ['account.registered.v1', 'dossier.withdrawn.v1'],
  });
  const { id: trade } = await anEndpoint(app, owner, target.port, {
    eventTypes: ['account.registered.v1', 'dossier.withdrawn.v1', 'results.announced.v1'],
  });
  const told = async (): Promise<unknown[]> =>
    (await app.query<{ e: string; t: string }>('SELECT endpoint_id AS e, event_type AS t FROM webhook_deliveries ORDER BY id')).map(
      ({ e, t }) => [e, t],
    );

  const { id: userId } = await aPerson(app);
  await dispatched(app, 'account.registered.v1', { userId, tokenId: userId });
  expect(await told()).toEqual([[accounts, 'account.registered.v1']]);
  expect(await app.query('SELECT data FROM webhook_deliveries')).toEqual([{ data: { userId } }]);

  await dispatched(app, 'dossier.withdrawn.v1', { dossierId: (await aSeenDossier(app, 'draft')).id });
  expect(await told()).toHaveLength(1);

  const announced = async (recused: boolean): Promise<void> => {
    const { id, organisationId } = await aSeenDossier(app, 'admissible');
    if (recused) await app.http.post('/v1/me/recusals').set(owner.auth).send({ organisationId, reason: 'Ma sœur' }).expect(201);
    const lineId = await aLineRow(app, await anActionRow(app, id, 1, 'Une'), {
      ...{ funder: 'CD94', state: 'announced', grantedCents: 1000, announced: true },
    });
    const [dossier] = await app.query<{ call_id: string }>('SELECT call_id FROM dossiers WHERE id = $1', [id]);
    await dispatched(app, 'results.announced.v1', { callId: dossier?.call_id ?? '', organisationId, lineIds: [lineId] });
  };
  await announced(true);
  expect(await told()).toHaveLength(1);
  await announced(false);
  expect(await told()).toEqual([
    [accounts, 'account.registered.v1'],
    [trade, 'results.announced.v1'],
  ]);
});

test('a right that is lost before the sending calls it off', async () => {
  const { id } = await anEndpoint(app, owner, target.port);
  await submitted();
  await app.query('UPDATE grants SET revoked_at = now() WHERE user_id = $1', [owner.id]);
  await turn(app);
  expect(target.received).toEqual([]);
  expect(await app.query('SELECT state FROM webhook_deliveries WHERE endpoint_id = $1', [id])).toEqual([{ state: 'cancelled' }]);
});

test('a worker whose time is up when it would send sends nothing, and leaves the message to others', async () => {
  await anEndpoint(app, owner, target.port);
  await submitted();
  const [one] = await due(app);
  let asked = 0;
  // Frozen once the message is in its hands.
  const frozen = { events: [], since: 0, idleMs: 60_000, endsAt: 0 };
  Object.defineProperty(frozen, 'endsAt', { get: () => (asked++ === 0 ? Number.POSITIVE_INFINITY : 0) });
  const sending = jobInHand.run(frozen, () => app.app.get(DeliverWebhook).execute(one?.eventId ?? '', one?.deliveryId ?? ''));
  await expect(sending).rejects.toThrow(TooLate);
  expect(target.received).toEqual([]);
});

test('an event handled by several at once, and sendings by two workers at once, arrive once', async () => {
  await anEndpoint(app, owner, target.port);
  const { id: dossierId } = await aSeenDossier(app);
  const told = {
    id: await tell(app, 'dossier.submitted.v1', { dossierId }),
    type: 'dossier.submitted.v1',
    refs: { dossierId },
  } as const;
  await Promise.all([1, 2, 3].map(() => dispatch(app, told)));
  const [one, ...more] = await due(app);
  expect(more).toEqual([]);
  target.answer = (response) => void setTimeout(() => response.writeHead(204).end(), 300);
  const both = await Promise.allSettled([1, 2].map(() => app.app.get(DeliverWebhook).execute(one?.eventId ?? '', one?.deliveryId ?? '')));
  expect(both.map((each) => (each.status === 'rejected' ? (each.reason as Error).name : 'done')).sort()).toEqual([
    'DeliveryInHand',
    'done',
  ]);
  // The outbox offers again what the second worker refused: it is done by then.
  await app.app.get(DeliverWebhook).execute(one?.eventId ?? '', one?.deliveryId ?? '');
  expect(target.received).toHaveLength(1);
});

test('two clocks that tick at once offer a retry once', async () => {
  await anEndpoint(app, owner, target.port);
  target.answer = status(500);
  at(0);
  await submitted();
  await turn(app);
  at(6);
  const offered = await Promise.all([1, 2, 3].map(() => app.app.get(KeepWebhooks).offerDue()));
  expect(offered.sort()).toEqual([0, 0, 1]);
  expect(await due(app)).toHaveLength(1);
});

test('a worker that dies while it sends leaves the message to the next, under the same id', async () => {
  const { id } = await anEndpoint(app, owner, target.port);
  at(0);
  await submitted();
  const [one] = await due(app);
  const deliver = app.app.get(DeliverWebhook);
  target.answer = (response) => {
    // It was received; nobody writes that down.
    response.writeHead(204).end();
  };
  const sending = Reflect.get(deliver, 'sending') as { conclude: (...args: unknown[]) => Promise<void> };
  const conclude = sending.conclude.bind(sending);
  sending.conclude = () => Promise.reject(new Error('killed'));
  await expect(deliver.execute(one?.eventId ?? '', one?.deliveryId ?? '')).rejects.toThrow('killed');
  sending.conclude = conclude;
  at(10);
  await expect(deliver.execute(one?.eventId ?? '', one?.deliveryId ?? '')).rejects.toThrow('in hand');
  at(21);
  await deliver.execute(one?.eventId ?? '', one?.deliveryId ?? '');
  expect(new Set(sentIds()).size).toBe(1);
  expect(target.received).toHaveLength(2);
  expect((await logOf(app, owner, id))[0]).toMatchObject({ state: 'delivered', attempts: [{ number: 2, statusCode: 204 }] });
});

test('failures are tried again after growing delays, then given up', async () => {
  const { id } = await anEndpoint(app, owner, target.port);
  target.answer = status(500);
  at(0);
  await submitted();
  let now = 0;
  for (const delay of [5, 300, 1800, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR]) {
    expect(await turn(app)).toBe(1);
    at(now + delay - 1);
    expect(await turn(app)).toBe(0);
    // A tenth at most is added at random.
    now += delay * 1.1 + 1;
    at(now);
  }
  expect(await turn(app)).toBe(1);
  const [logged] = await logOf(app, owner, id);
  expect(logged).toMatchObject({ state: 'failed', nextAttemptAt: null });
  expect(logged?.attempts.map(({ statusCode, cause }) => `${statusCode} ${cause}`)).toEqual(Array(10).fill('500 status'));
  expect(new Set(sentIds()).size).toBe(1);
  expect(await endpointOf(id)).toMatchObject({ state: 'enabled', failingSince: new Date(NOW).toISOString() });
  at(now + 30 * 24 * HOUR);
  expect(await turn(app)).toBe(0);
});

test('a success ends the retries, and what the endpoint failed is forgotten', async () => {
  const { id } = await anEndpoint(app, owner, target.port);
  target.answer = status(502);
  at(0);
  await submitted();
  await turn(app);
  expect(await endpointOf(id)).toMatchObject({ failingSince: new Date(NOW).toISOString() });
  target.answer = status(200);
  at(6);
  await turn(app);
  expect((await logOf(app, owner, id))[0]).toMatchObject({
    state: 'delivered',
    attempts: [{ statusCode: 502 }, { statusCode: 200, cause: null }],
  });
  expect(await endpointOf(id)).toMatchObject({ failingSince: null });
});

test('a busy target is left the time it asks for', async () => {
  await anEndpoint(app, owner, target.port);
  target.answer = status(429, { 'retry-after': '600' });
  at(0);
  await submitted();
  await turn(app);
  at(599);
  expect(await turn(app)).toBe(0);
  at(661);
  expect(await turn(app)).toBe(1);
});

test('410 stops the endpoint at once, with what waits for it; its owner sees why', async () => {
  const { id } = await anEndpoint(app, owner, target.port);
  at(0);
  await submitted();
  await submitted();
  target.answer = status(410);
  await turn(app);
  expect(target.received).toHaveLength(1);
  expect(await endpointOf(id)).toMatchObject({ state: 'disabled', disabledCause: 'gone', version: 2 });
  expect((await logOf(app, owner, id)).map(({ state }) => state).sort()).toEqual(['cancelled', 'failed']);
  expect((await auditOf(app, id)).at(-1)).toMatchObject({
    act: 'webhook-endpoint.disabled',
    actorKind: 'system',
    after: { disabledCause: 'gone' },
  });
  expect(await app.query(`SELECT payload FROM outbox WHERE type = 'webhook-endpoint.stopped.v1'`)).toEqual([
    { payload: { endpointId: id } },
  ]);
  await submitted();
  expect(await due(app)).toEqual([]);
});

test('an endpoint that does nothing but fail for five days is stopped, not at the first failure after a silence', async () => {
  const { id } = await anEndpoint(app, owner, target.port);
  target.answer = status(500);
  at(0);
  await submitted();
  await turn(app);
  at(5 * 24 * HOUR + 1);
  await submitted();
  await app.query(`UPDATE webhook_deliveries SET next_attempt_at = '2028-01-01' WHERE attempts = 1`);
  await turn(app);
  expect(await endpointOf(id)).toMatchObject({ state: 'enabled' });
  at(5 * 24 * HOUR + 8);
  await turn(app);
  expect(await endpointOf(id)).toMatchObject({ state: 'disabled', disabledCause: 'failing' });
  expect((await logOf(app, owner, id)).map(({ state }) => state)).toEqual(['cancelled', 'cancelled']);
  const again = await app.http
    .post(`/v1/webhook-endpoints/${id}/enable`)
    .set(await signedInNow(app, owner))
    .set(etag(2))
    .expect(200);
  expect(again.body).toMatchObject({ failingSince: null, disabledCause: null });
});

test('a backlog is offered little by little: three at once to an endpoint that fails, fifty to another', async () => {
  const [failing, healthy] = [await anEndpoint(app, owner, target.port), await anEndpoint(app, owner, target.port)];
  at(0);
  await app.query('UPDATE webhook_endpoints SET failing_since = $2 WHERE id = $1', [failing.id, NOW]);
  await app.query(
    `INSERT INTO webhook_deliveries (id, endpoint_id, event_id, event_type, occurred_at, data, is_offered, next_attempt_at, created_at)
     SELECT gen_random_uuid(), e.id, gen_random_uuid(), 'webhook.test', $1, '{}', false, $1, $1 FROM webhook_endpoints e, generate_series(1, 60)`,
    [NOW],
  );
  const keep = app.app.get(KeepWebhooks);
  expect([await keep.offerDue(), await keep.offerDue()]).toEqual([53, 0]);
  const offered = await app.query(
    `SELECT endpoint_id AS id, count(*)::int AS count FROM webhook_deliveries WHERE is_offered GROUP BY 1 ORDER BY 2`,
  );
  expect(offered).toEqual([
    { id: failing.id, count: 3 },
    { id: healthy.id, count: 50 },
  ]);
});

test('a redirect is a failure and is not followed', async () => {
  const { id } = await anEndpoint(app, owner, target.port);
  target.answer = status(302, { location: `http://${HOST}:${target.port}/elsewhere` });
  await submitted();
  await turn(app);
  expect(target.received).toHaveLength(1);
  expect((await logOf(app, owner, id))[0]).toMatchObject({ state: 'pending', attempts: [{ statusCode: 302, cause: 'redirect' }] });
});

test('a name that leads to this machine is never connected to, nor one that does from now on', async () => {
  const { id } = await anEndpoint(app, owner, target.port, { host: 'piege.test' });
  await submitted();
  await turn(app);
  expect(target.received).toEqual([]);
  expect((await logOf(app, owner, id))[0]?.attempts).toMatchObject([{ statusCode: null, cause: 'address-refused' }]);
  app.app.get(HostResolver).resolve = () => Promise.reject(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }));
  at(60);
  await turn(app);
  expect((await logOf(app, owner, id))[0]?.attempts).toMatchObject([{ cause: 'address-refused' }, { cause: 'dns' }]);
});

test('a target that hangs costs ten seconds and no database connection, and never more than three workers', async () => {
  const { id } = await anEndpoint(app, owner, target.port);
  target.answer = () => undefined;
  for (let rank = 0; rank < 5; rank++) await submitted();
  const started = Date.now();
  const sendings = (await due(app)).map(({ eventId, deliveryId }) => app.app.get(DeliverWebhook).execute(eventId, deliveryId));
  await new Promise((resolve) => setTimeout(resolve, 2000));
  expect(target.received).toHaveLength(3);
  const open = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'`;
  expect(await app.query(open)).toEqual([]);
  await Promise.all(sendings);
  expect(Date.now() - started).toBeGreaterThan(9_500);
  expect(Date.now() - started).toBeLessThan(15_000);
  const log = await logOf(app, owner, id);
  expect(log.flatMap(({ attempts }) => attempts.map(({ cause }) => cause))).toEqual(['timeout', 'timeout', 'timeout']);
  expect(log.map(({ state }) => state)).toEqual(Array(5).fill('pending'));
  // Known to hang, it keeps one.
  target.received.length = 0;
  at(600);
  await app.app.get(KeepWebhooks).offerDue();
  const again = (await due(app)).map(({ eventId, deliveryId }) => app.app.get(DeliverWebhook).execute(eventId, deliveryId));
  expect(again.length).toBeGreaterThan(1);
  await Promise.all(again);
  expect(target.received).toHaveLength(1);
}, 90_000);

test('for a day after a rotation both secrets sign, then the new one alone', async () => {
  const { id, secret: former } = await anEndpoint(app, owner, target.port);
  // The library that checks refuses an old timestamp: the clock runs.
  const { body } = await app.http.post(`/v1/webhook-endpoints/${id}/rotate-secret`).set(owner.auth).set(etag(1)).expect(200);
  const { secret, previousSecretUntil } = body as { secret: string; previousSecretUntil: string };
  expect(secret).not.toBe(former);
  expect(Date.parse(previousSecretUntil) - Date.now()).toBeGreaterThan(23.9 * HOUR * 1000);
  await submitted();
  await turn(app);
  const [hook] = target.received;
  if (!hook) throw new Error('nothing arrived');
  expect(hook.headers['webhook-signature']?.split(' ')).toHaveLength(2);
  expect(verified(former, hook)).toEqual(verified(secret, hook));

  await app.query(`UPDATE webhook_endpoints SET previous_secret_until = now() - interval '1 second' WHERE id = $1`, [id]);
  await submitted();
  await turn(app);
  const later = target.received[1];
  if (!later) throw new Error('nothing arrived');
  expect(() => verified(secret, later)).not.toThrow();
  expect(() => verified(former, later)).toThrow();
});

test('a secret that no longer opens is a failure that says so', async () => {
  const { id } = await anEndpoint(app, owner, target.port);
  await app.query('UPDATE webhook_endpoints SET secret = $2 WHERE id = $1', [id, Buffer.alloc(70, 1)]);
  await submitted();
  await turn(app);
  expect(target.received).toEqual([]);
  expect((await logOf(app, owner, id))[0]?.attempts).toMatchObject([{ statusCode: null, cause: 'secret-unreadable' }]);
});

test('a message is replayed under the same id; one that waits is not', async () => {
  const { id } = await anEndpoint(app, owner, target.port);
  await submitted();
  const [waiting] = await logOf(app, owner, id);
  const replay = `/v1/webhook-endpoints/${id}/deliveries/${waiting?.id}/replay`;
  expect((await app.http.post(replay).set(owner.auth).expect(409)).body).toMatchObject({ code: 'ACT_NOT_ALLOWED' });
  await turn(app);
  const { body } = await app.http.post(replay).set(owner.auth).expect(200);
  expect(body).toMatchObject({ id: waiting?.id, state: 'pending', attempts: [{ number: 1 }] });
  await turn(app);
  expect(sentIds()).toEqual([waiting?.id, waiting?.id]);
  expect((await logOf(app, owner, id))[0]).toMatchObject({ state: 'delivered', attempts: [{ number: 1 }, { number: 2 }] });
  expect(await auditOf(app, waiting?.id ?? '')).toMatchObject([{ act: 'webhook-delivery.replayed', actorId: owner.id }]);
  const other = await anEndpoint(app, owner, target.port);
  await app.http.post(`/v1/webhook-endpoints/${other.id}/deliveries/${waiting?.id}/replay`).set(owner.auth).expect(404);
});

test('a test is sent at once, and once', async () => {
  const { id, secret } = await anEndpoint(app, owner, target.port);
  target.answer = status(500);
  const { body } = await app.http.post(`/v1/webhook-endpoints/${id}/test`).set(owner.auth).expect(200);
  expect(body).toMatchObject({ eventType: 'webhook.test', state: 'pending', attempts: [] });
  await turn(app);
  const [hook] = target.received;
  if (!hook) throw new Error('nothing arrived');
  expect(verified(secret, hook)).toEqual({ type: 'webhook.test', timestamp: expect.any(String), data: { endpointId: id } });
  const { body: failed } = await app.http.get(`/v1/webhook-endpoints/${id}/deliveries?state=failed&count=true`).set(owner.auth).expect(200);
  expect(failed).toMatchObject({ data: [{ eventType: 'webhook.test', state: 'failed' }], page: { total: 1 } });
});

test('a removed endpoint is forgotten with the last of its log', async () => {
  const { id } = await anEndpoint(app, owner, target.port);
  at(0);
  await submitted();
  await turn(app);
  await app.http
    .delete(`/v1/webhook-endpoints/${id}`)
    .set(await signedInNow(app, owner))
    .set(etag(1))
    .expect(204);
  const left = (): Promise<unknown[]> => app.query('SELECT 1 FROM webhook_endpoints WHERE id = $1', [id]);
  at(89 * 24 * HOUR);
  await app.app.get(KeepWebhooks).prune();
  expect(await left()).toHaveLength(1);
  at(91 * 24 * HOUR);
  await app.app.get(KeepWebhooks).prune();
  expect(await left()).toEqual([]);
});

test('stopping an endpoint calls off what waits; the log forgets what ended ninety days ago', async () => {
  const { id } = await anEndpoint(app, owner, target.port);
  at(0);
  await submitted();
  await app.http
    .post(`/v1/webhook-endpoints/${id}/disable`)
    .set(await signedInNow(app, owner))
    .set(etag(1))
    .expect(200);
  await turn(app);
  expect(target.received).toEqual([]);
  expect(await logOf(app, owner, id)).toMatchObject([{ state: 'cancelled' }]);
  at(89 * 24 * HOUR);
  expect(await app.app.get(KeepWebhooks).prune()).toBe(0);
  at(91 * 24 * HOUR);
  expect(await app.app.get(KeepWebhooks).prune()).toBe(1);
  expect(await logOf(app, owner, id)).toEqual([]);
});
