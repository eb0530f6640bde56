import { setTimeout as wait } from 'node:timers/promises';
import { parisDay } from '../../../src/kernel/paris-day.js';
import { AnnounceResults } from '../../../src/modules/programming/use-cases/announce-results.js';
import { aCoordinator, aDraftCall, type CallBody } from '../../builders/calls.js';
import { anOpenCall } from '../../builders/dossiers.js';
import {
  aDelegate,
  anEnvelope,
  aPrefecture,
  aSubmittedLine,
  decide,
  funderId,
  lineRow,
  type SubmittedLine,
} from '../../builders/funding.js';
import { aPerson, GRANTS, type Person } from '../../builders/people.js';
import { auditOf } from '../../builders/traces.js';
import { startApp, type TestApp } from '../../setup/app.js';

let app: TestApp;
let coordinator: Person;
let partner: Person;
let call: CallBody;
beforeAll(async () => {
  app = await startApp();
  coordinator = await aCoordinator(app);
  partner = await aPerson(app, { grants: [GRANTS.partnerOf('CD94')] });
});
beforeEach(async () => {
  call = await anOpenCall(app);
});
afterAll(() => app.close());

/** A line of an organisation of its own, decided by the Département. */
async function decided(amountCents = 100_000): Promise<SubmittedLine> {
  const line = await aSubmittedLine(app, { funder: 'CD94', call });
  const body = {
    amountCents,
    decisionReference: 'CP 2027-3',
    decidedOn: parisDay(app.clock.now()),
    ...(amountCents === 0 ? { reason: 'Hors priorités' } : {}),
  };
  expect((await decide(app, partner, line.id, 'record-decision', body)).status).toBe(200);
  return line;
}

const ask = (by: Person = coordinator, body: object = {}, ifMatch: string | null = `"${call.version}"`) => {
  const asked = app.http.post(`/v1/calls/${call.id}/announce-results`).set(by.auth);
  return (ifMatch === null ? asked : asked.set('If-Match', ifMatch)).send(body);
};
async function announce(body: object = {}): Promise<string> {
  const answer = await ask(coordinator, body).expect(202);
  const { id } = answer.body as { id: string };
  await run(id);
  return id;
}
const run = (operationId: string) => app.app.get(AnnounceResults, { strict: false }).execute(operationId);
const operation = async (id: string) => (await app.http.get(`/v1/operations/${id}`).set(coordinator.auth).expect(200)).body as object;
const told = () =>
  app.query<{ organisationId: string; lineIds: string[] }>(
    `SELECT payload ->> 'organisationId' AS "organisationId", payload -> 'lineIds' AS "lineIds" FROM outbox
     WHERE type = 'results.announced.v1' AND payload ->> 'callId' = $1`,
    [call.id],
  );
const stateOf = async (line: SubmittedLine) => (await lineRow(app, line.id)).state;

test('answers at once with an operation to follow, asked of the queue in the same transaction', async () => {
  const answer = await ask();
  expect(answer.status).toBe(202);
  const { id } = answer.body as { id: string };
  expect(answer.headers['location']).toBe(`/v1/operations/${id}`);
  expect(await operation(id)).toMatchObject({ kind: 'announce-results', state: 'queued', done: 0, total: null });
  expect(await app.query(`SELECT type FROM outbox WHERE payload ->> 'operationId' = $1`, [id])).toEqual([
    { type: 'results.announcement-asked.v1' },
  ]);
  expect((await auditOf(app, call.id)).map(({ act }) => act)).toEqual(expect.arrayContaining(['call.announcement-asked']));
});

test('each decided line once, one message an organisation; the undecided wait', async () => {
  const [granted, refused, undecided] = [await decided(), await decided(0), await aSubmittedLine(app, { funder: 'CD94', call })];
  const also = await aSubmittedLine(app, { call, applicant: granted.dossier });
  await decide(app, await aPrefecture(app), also.id, 'refuse', { reason: 'Déjà financé' });

  const id = await announce();
  expect(await operation(id)).toMatchObject({
    state: 'done',
    done: 2,
    total: 2,
    percent: 100,
    resultPath: `/v1/funding-lines?callId=${call.id}`,
  });
  expect([await stateOf(granted), await stateOf(refused), await stateOf(also), await stateOf(undecided)]).toEqual([
    'announced',
    'refusal-announced',
    'refusal-announced',
    'requested',
  ]);
  expect((await lineRow(app, granted.id)).announcedAt).not.toBeNull();
  const messages = await told();
  expect(messages).toHaveLength(2);
  expect(messages.find(({ organisationId }) => organisationId === granted.dossier.organisationId)?.lineIds.toSorted()).toEqual(
    [granted.id, also.id].toSorted(),
  );
  expect((await auditOf(app, granted.id)).at(-1)).toMatchObject({
    act: 'funding-line.announced',
    actorId: coordinator.id,
    before: { state: 'approved' },
  });

  const again = await announce();
  expect(await operation(again)).toMatchObject({ state: 'done', done: 0, total: 0 });
  await run(id);
  expect(await told()).toHaveLength(2);

  const late = await decide(app, partner, undecided.id, 'record-decision', {
    amountCents: 1,
    decisionReference: 'CP 2027-4',
    decidedOn: parisDay(app.clock.now()),
  });
  expect(late.status).toBe(200);
  await announce();
  expect(await told()).toHaveLength(3);
});

test('the applicant reads why it was refused once that is announced, and nothing before', async () => {
  const line = await aSubmittedLine(app, { call });
  await decide(app, await aPrefecture(app), line.id, 'refuse', { reason: 'Relève du droit commun' });
  const asRead = async () => {
    const { body } = await app.http.get(`/v1/actions/${line.dossier.actionId}`).set(line.dossier.editor.auth).expect(200);
    return (body as { budgets: { fundingLines: unknown[] }[] }).budgets[0]?.fundingLines[0];
  };
  expect(await asRead()).toMatchObject({ status: 'under-instruction', decisionReason: null, announcedAt: null, grantedCents: null });
  await announce();
  expect(await asRead()).toMatchObject({ status: 'refused', decisionReason: 'Relève du droit commun', announcedAt: expect.any(String) });
});

test('only the decisions of the funders named', async () => {
  const [ofDepartment, ofState] = [await decided(), await aSubmittedLine(app, { call })];
  await decide(app, await aPrefecture(app), ofState.id, 'refuse', { reason: 'Déjà financé' });
  await announce({ funderIds: [await funderId(app, 'P147-94')] });
  expect([await stateOf(ofDepartment), await stateOf(ofState)]).toEqual(['approved', 'refusal-announced']);
});

test('the applicant reads its decision from then on, and not before', async () => {
  const line = await decided();
  const read = async () =>
    JSON.stringify((await app.http.get(`/v1/dossiers/${line.dossier.id}`).set(line.dossier.editor.auth).expect(200)).body);
  const budget = async () => {
    const answer = await app.http.get(`/v1/actions/${line.dossier.actionId}/budgets/${line.year}`).set(line.dossier.editor.auth);
    return JSON.stringify(answer.body);
  };
  const before = [await read(), await budget()];
  expect(before.join()).not.toContain('100000');
  await announce();
  expect([await read(), await budget()].join()).toMatch(/granted/);
});

test('a crash on the way: those told stay told, the rest is told when it goes on, nobody twice', async () => {
  for (let count = 0; count < 3; count++) await decided();
  const { body } = await ask().expect(202);
  const { id } = body as { id: string };
  const stumble = await stumbleOnThirdOrganisation();
  await expect(run(id)).rejects.toThrow(/stumbled/);
  expect(await operation(id)).toMatchObject({ state: 'running', done: 2, total: 3 });
  expect(await told()).toHaveLength(2);
  await stumble.stop();
  await run(id);
  expect(await operation(id)).toMatchObject({ state: 'done', done: 3, total: 3 });
  const organisations = (await told()).map(({ organisationId }) => organisationId);
  expect([organisations.length, new Set(organisations).size]).toEqual([3, 3]);
});

test('cancelled on the way: nobody more is told', async () => {
  for (let count = 0; count < 3; count++) await decided();
  const { body } = await ask().expect(202);
  const { id } = body as { id: string };
  const stumble = await stumbleOnThirdOrganisation();
  await expect(run(id)).rejects.toThrow(/stumbled/);
  await stumble.stop();
  await app.http.post(`/v1/operations/${id}/cancel`).set(coordinator.auth).send({}).expect(200);
  await run(id);
  expect(await operation(id)).toMatchObject({ state: 'cancelled', done: 2 });
  expect(await told()).toHaveLength(2);
  expect(await app.query(`SELECT 1 FROM funding_lines WHERE call_id = $1 AND state = 'approved'`, [call.id])).toHaveLength(1);
});

test('two at once tell each organisation once', async () => {
  for (let count = 0; count < 4; count++) await decided();
  const asked = [await ask().expect(202), await ask().expect(202)];
  await Promise.all(asked.map(({ body }) => run((body as { id: string }).id)));
  expect(await told()).toHaveLength(4);
});

/** The third organisation of the announcement meets a broken database. */
async function stumbleOnThirdOrganisation(): Promise<{ stop(): Promise<unknown> }> {
  const rows = await app.query<{ id: string }>(
    `SELECT DISTINCT organisation_id AS id FROM funding_lines WHERE call_id = $1 AND state = 'approved' ORDER BY id`,
    [call.id],
  );
  await app.query(`CREATE FUNCTION stumble() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'stumbled'; END $$`);
  await app.query(
    `CREATE TRIGGER stumbles BEFORE UPDATE ON funding_lines FOR EACH ROW WHEN (NEW.organisation_id = '${rows[2]?.id ?? ''}') EXECUTE FUNCTION stumble()`,
  );
  return { stop: () => app.query('DROP FUNCTION stumble() CASCADE') };
}

describe('refused', () => {
  test.each([
    ['the prefecture', () => aPrefecture(app)],
    ['a delegate', () => aDelegate(app)],
    ['a partner', () => Promise.resolve(partner)],
    ['an auditor', () => aPerson(app, { grants: [GRANTS.auditor()] })],
  ])('to %s', async (_who, someone) => {
    expect((await ask(await someone())).body).toMatchObject({ status: 403, code: 'FORBIDDEN' });
  });

  test('on another version, or none', async () => {
    expect((await ask(coordinator, {}, null)).body.code).toBe('VERSION_REQUIRED');
    expect((await ask(coordinator, {}, '"99"')).body.code).toBe('STALE_VERSION');
  });

  test('for a call that is a draft, of which others know nothing', async () => {
    call = await aDraftCall(app, { by: coordinator });
    expect((await ask()).body).toMatchObject({ status: 409, code: 'ACT_NOT_ALLOWED' });
    expect((await ask(partner)).body).toMatchObject({ status: 404, code: 'NOT_FOUND' });
  });

  test('for a call that does not exist', async () => {
    call = { ...call, id: '00000000-0000-7000-8000-000000000001' };
    expect((await ask()).body).toMatchObject({ status: 404, code: 'NOT_FOUND' });
  });
});

test('through the queue, from the proposal to the announced grant', async () => {
  const working = await startApp({ works: true });
  try {
    const [delegate, prefecture] = [await aDelegate(working), await aPrefecture(working)];
    const by = await aCoordinator(working);
    const line = await aSubmittedLine(working);
    const envelopeId = await anEnvelope(working);
    await decide(working, delegate, line.id, 'propose', { amountCents: 300_000, envelopeId });
    await decide(working, prefecture, line.id, 'approve', { amountCents: 300_000 });
    const { version } = (await working.http.get(`/v1/calls/${line.callId}`).set(by.auth)).body as { version: number };
    const asked = await working.http
      .post(`/v1/calls/${line.callId}/announce-results`)
      .set(by.auth)
      .set('If-Match', `"${version}"`)
      .send({})
      .expect(202);
    const location = asked.headers['location'] ?? '';
    let state = '';
    for (let tries = 0; state !== 'done' && tries < 300; tries++) {
      await wait(50);
      state = ((await working.http.get(location).set(by.auth)).body as { state: string }).state;
    }
    expect(await lineRow(working, line.id)).toMatchObject({ state: 'announced', committedCents: 300_000n });
  } finally {
    await working.close();
  }
});
