import { newId } from '../../../src/kernel/id.js';
import { QueueRuntime } from '../../../src/platform/outbox/index.js';
import { aCoordinator } from '../../builders/calls.js';
import { anOpenCall } from '../../builders/dossiers.js';
import { aPerson, GRANTS, type Person } from '../../builders/people.js';
import { auditOf } from '../../builders/traces.js';
import { startApp, type TestApp } from '../../setup/app.js';
import { waitFor } from '../../setup/wait-for.js';

let app: TestApp;
let admin: Person;
beforeAll(async () => {
  app = await startApp();
});
beforeEach(async () => {
  await app.reset();
  admin = await aPerson(app, { grants: [GRANTS.administrator()] });
});
afterAll(() => app.close());

interface Letter {
  readonly id: string;
  readonly type: string;
}

/** An event given up after twelve tries. */
async function aDeadLetter(type = 'mail.due.v1', payload: object = { deliveryId: newId() }): Promise<string> {
  const id = newId();
  await app.query(
    `INSERT INTO outbox (id, type, payload, tries, attempts, last_error, dead_at) VALUES ($1, $2, $3, 12, 14, 'Error: no such thing', now())`,
    [id, type, JSON.stringify(payload)],
  );
  return id;
}

const list = (query = '') => app.http.get(`/v1/admin/dead-letters${query}`).set(admin.auth);
const act = (id: string, verb: string, body: object = {}) =>
  app.http.post(`/v1/admin/dead-letters/${id}/${verb}`).set(admin.auth).send(body);
const idsOf = ({ body }: { body: unknown }) => (body as { data: Letter[] }).data.map(({ id }) => id);
const rowOf = async (id: string) =>
  (
    await app.query(
      `SELECT tries, dead_at IS NOT NULL AS dead, discarded_at IS NOT NULL AS discarded, handled_at IS NOT NULL AS handled, last_error
       FROM outbox WHERE id = $1`,
      [id],
    )
  )[0];

test('lists what was given up with its cause and what it was about, the newest first, page by page', async () => {
  const dossierId = newId();
  const [first, second, third] = [
    await aDeadLetter('dossier.submitted.v1', { dossierId }),
    await aDeadLetter(),
    await aDeadLetter('of.tomorrow.v1'),
  ];
  await app.query(`INSERT INTO outbox (id, type, payload) VALUES ($1, 'mail.due.v1', '{}')`, [newId()]);
  const { body } = await list('?limit=2&count=true').expect(200);
  expect(idsOf({ body })).toEqual([third, second]);
  expect(body.page).toMatchObject({ hasMore: true, total: 3 });
  const next = await list(`?limit=2&count=true&cursor=${encodeURIComponent(String(body.page.nextCursor))}`).expect(200);
  expect(next.body.data).toEqual([
    {
      id: first,
      type: 'dossier.submitted.v1',
      queue: 'events',
      references: [{ name: 'dossierId', id: dossierId }],
      tries: 12,
      cause: 'Error: no such thing',
      occurredAt: expect.any(String),
      deadAt: expect.any(String),
    },
  ]);
  expect(body.data[0]).toMatchObject({ queue: null });
});

test('filters by type and by queue', async () => {
  const [event, mail] = [await aDeadLetter('dossier.submitted.v1', { dossierId: newId() }), await aDeadLetter()];
  expect(idsOf(await list('?queue=mail').expect(200))).toEqual([mail]);
  expect(idsOf(await list('?type=dossier.submitted.v1').expect(200))).toEqual([event]);
  expect(idsOf(await list('?type=dossier.submitted.v1&queue=mail').expect(200))).toEqual([]);
  expect(idsOf(await list('?queue=exports').expect(200))).toEqual([]);
  await list('?queue=unknown').expect(400);
});

test('one that is replayed is handled, once, and the record says by whom', async () => {
  const id = await aDeadLetter();
  const { body } = await act(id, 'replay').expect(200);
  expect(body).toMatchObject({ id, type: 'mail.due.v1', queue: 'mail' });
  expect(await rowOf(id)).toMatchObject({ tries: 0, dead: false, handled: false });
  expect(await auditOf(app, id)).toEqual([
    {
      act: 'dead-letter.replayed',
      actorId: admin.id,
      actorKind: 'user',
      before: { type: 'mail.due.v1', tries: 12, cause: 'Error: no such thing' },
      after: null,
    },
  ]);
  expect(idsOf(await list())).toEqual([]);
  await act(id, 'replay').expect(404);
  app.app.get(QueueRuntime).start();
  await waitFor('the event to be handled', async () => (await rowOf(id))?.['handled'] === true);
  expect(await rowOf(id)).toEqual({ tries: 1, dead: false, discarded: false, handled: true, last_error: null });
});

test('one that is discarded is never offered again, and the record says why', async () => {
  const id = await aDeadLetter();
  await act(id, 'discard').expect(400);
  await act(id, 'discard', { reason: 'Le compte a été fermé' }).expect(200);
  expect(await rowOf(id)).toMatchObject({ dead: true, discarded: true });
  expect((await auditOf(app, id)).at(-1)).toMatchObject({ act: 'dead-letter.discarded', after: { reason: 'Le compte a été fermé' } });
  expect(idsOf(await list())).toEqual([]);
  await act(id, 'replay').expect(404);
  await act(id, 'discard', { reason: 'Deux fois' }).expect(404);
});

describe('what an event stood for, once it is discarded', () => {
  async function told(): Promise<{ mailId: string; person: Person }> {
    const person = await aPerson(app);
    const mailId = newId();
    await app.query(
      `INSERT INTO deliveries (id, event_id, user_id, kind, object_type, object_id, refs, created_at, due_at, mail_id)
       VALUES ($1, $2, $3, 'receipt', 'dossier', $2, '{}', now(), now(), $1)`,
      [mailId, newId(), person.id],
    );
    return { mailId, person };
  }

  test('a mail shows as not sent', async () => {
    const [{ mailId }, other] = [await told(), await told()];
    await act(await aDeadLetter('mail.due.v1', { deliveryId: mailId }), 'discard', { reason: 'Illisible' }).expect(200);
    const states = await app.query('SELECT mail_id, state, failure FROM deliveries ORDER BY created_at');
    expect(states).toEqual([
      { mail_id: mailId, state: 'failed', failure: 'discarded by an administrator' },
      { mail_id: other.mailId, state: 'queued', failure: null },
    ]);
  });

  test('a webhook shows as failed, and takes no place any more', async () => {
    const [endpointId, deliveryId] = [newId(), newId()];
    await app.query(
      `INSERT INTO webhook_endpoints (id, owner_id, url, event_types, secret, created_at)
       VALUES ($1, $2, 'https://exemple.test/in', '{dossier.submitted.v1}', '\\x00', now())`,
      [endpointId, admin.id],
    );
    await app.query(
      `INSERT INTO webhook_deliveries (id, endpoint_id, event_id, event_type, occurred_at, data, next_attempt_at, created_at)
       VALUES ($1, $2, $3, 'dossier.submitted.v1', now(), '{}', now(), now())`,
      [deliveryId, endpointId, newId()],
    );
    await act(await aDeadLetter('webhook.due.v1', { deliveryId }), 'discard', { reason: 'Cible abandonnée' }).expect(200);
    expect(await app.query('SELECT state, is_offered, finished_at IS NOT NULL AS over FROM webhook_deliveries')).toEqual([
      { state: 'failed', is_offered: false, over: true },
    ]);
  });

  test.each([
    ['mail.due.v1', { deliveryId: 'rien' }],
    ['mail.due.v1', {}],
    ['webhook.due.v1', { deliveryId: 'rien' }],
  ])('%s that names nothing, %j, is discarded like any other', async (type, payload) => {
    await act(await aDeadLetter(type, payload), 'discard', { reason: 'Illisible' }).expect(200);
    expect(idsOf(await list())).toEqual([]);
  });
});

describe('long work whose job was given up', () => {
  const FAILED = { state: 'failed', failure: expect.stringContaining('abandonné après plusieurs échecs') as string };

  /** An announcement of results that failed as often as it may. */
  async function givenUp(): Promise<{ letter: string; operation: () => Promise<Record<string, unknown>> }> {
    const coordinator = await aCoordinator(app);
    const call = await anOpenCall(app);
    const asked = await app.http
      .post(`/v1/calls/${call.id}/announce-results`)
      .set(coordinator.auth)
      .set('If-Match', `"${call.version}"`)
      .send({})
      .expect(202);
    const operation = async () =>
      (
        await app.http
          .get(asked.headers['location'] ?? '')
          .set(coordinator.auth)
          .expect(200)
      ).body as Record<string, unknown>;
    expect(await operation()).toMatchObject({ state: 'queued', failure: null });
    const [dead] = await app.query<{ id: string }>(
      `UPDATE outbox SET dead_at = now(), tries = 5, last_error = 'Error: no such thing' WHERE payload ->> 'operationId' = $1 RETURNING id`,
      [(asked.body as { id: string }).id],
    );
    return { letter: dead?.id ?? '', operation };
  }

  test('has failed for who waits for it, and goes on once it is replayed', async () => {
    const { letter, operation } = await givenUp();
    expect(await operation()).toMatchObject(FAILED);
    await act(letter, 'replay').expect(200);
    expect(await operation()).toMatchObject({ state: 'queued', failure: null });
    app.app.get(QueueRuntime).start();
    await waitFor('the operation to be done', async () => (await operation())['state'] === 'done');
  });

  test('has failed for good once it is discarded', async () => {
    const { letter, operation } = await givenUp();
    await act(letter, 'discard', { reason: 'Sera demandé à nouveau' }).expect(200);
    expect(await operation()).toMatchObject({ ...FAILED, finishedAt: expect.any(String) });
  });
});

test('the same request sent twice acts once', async () => {
  const id = await aDeadLetter();
  const key = newId();
  const answers = [await act(id, 'replay').set('Idempotency-Key', key), await act(id, 'replay').set('Idempotency-Key', key)];
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  expect(await auditOf(app, id)).toHaveLength(1);
});

test('an event that is waiting, or was handled, is no dead letter', async () => {
  const id = newId();
  await app.query(`INSERT INTO outbox (id, type, payload) VALUES ($1, 'mail.due.v1', '{}')`, [id]);
  await act(id, 'replay').expect(404);
  await act(id, 'discard', { reason: 'Non' }).expect(404);
  expect(await auditOf(app, id)).toEqual([]);
});

test('what was given up shows in the health and the figures', async () => {
  await aDeadLetter();
  const discarded = await aDeadLetter();
  await act(discarded, 'discard', { reason: 'Inutile' }).expect(200);
  const { body } = await app.http.get('/health/ready').expect(200);
  expect(body).toMatchObject({ status: 'ok', outboxPending: 0, outboxDead: 1 });
  expect((await app.http.get('/metrics')).text).toContain('bievre_outbox_dead 1');
});

test.each([
  ['a dead letter without a cause', `UPDATE outbox SET last_error = NULL`],
  ['one that was handled', `UPDATE outbox SET handled_at = now()`],
  ['one that is held', `UPDATE outbox SET held_by = 'a job', held_until = now()`],
  ['one discarded while it lives', `UPDATE outbox SET dead_at = NULL, discarded_at = now()`],
])('the database refuses %s', async (_what, sql) => {
  await aDeadLetter();
  await expect(app.query(sql)).rejects.toMatchObject({ code: '23514' });
});
