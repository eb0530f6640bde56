import { setTimeout as wait } from 'node:timers/promises';
import { ActDocuments } from '../../../src/modules/agreements/use-cases/act-documents.js';
import {
  actFaults,
  actsOf,
  anActMaker,
  anAnnouncedLine,
  aPreparedAct,
  askActs,
  onAct,
  prepareActs,
  runPreparation,
  type ActBody,
} from '../../builders/acts.js';
import type { CallBody } from '../../builders/calls.js';
import { anApplicant, anOpenCall, type Applicant } from '../../builders/dossiers.js';
import { aDelegate, anEnvelope, funderId, lineRow } from '../../builders/funding.js';
import { aPerson, GRANTS, type Person } from '../../builders/people.js';
import { auditOf } from '../../builders/traces.js';
import { startApp, type TestApp } from '../../setup/app.js';

let app: TestApp;
let prefecture: Person;
let envelopeId: string;
let call: CallBody;
beforeAll(async () => {
  app = await startApp();
  prefecture = await anActMaker(app);
  envelopeId = await anEnvelope(app, { ceilingCents: 1_000_000_000 });
});
beforeEach(async () => {
  call = await anOpenCall(app);
});
afterEach(async () => {
  expect(await actFaults(app)).toEqual([]);
});
afterAll(() => app.close());

const granted = (grantedCents: number, over: object = {}) => anAnnouncedLine(app, { call, grantedCents, envelopeId, ...over });
const ofCall = (state?: string) => actsOf(app, prefecture, { callId: call.id, ...(state === undefined ? {} : { state }) });
const operation = async (id: string) => (await app.http.get(`/v1/operations/${id}`).set(prefecture.auth).expect(200)).body as object;
const ranks = (acts: readonly ActBody[]) => acts.map(({ number }) => Number(number.split('-').at(-1))).sort((a, b) => a - b);

test('answers at once with an operation to follow, asked of the queue in the same transaction', async () => {
  const answer = await askActs(app, prefecture, call.id);
  expect(answer.status).toBe(202);
  const { id } = answer.body as { id: string };
  expect(answer.headers['location']).toBe(`/v1/operations/${id}`);
  expect(await operation(id)).toMatchObject({ kind: 'prepare-acts', state: 'queued' });
  expect(await app.query(`SELECT type FROM outbox WHERE payload ->> 'operationId' = $1`, [id])).toEqual([
    { type: 'acts.preparation-asked.v1' },
  ]);
});

test('one act an organisation with all its lines, one letter for what is refused; a second time, nothing', async () => {
  const applicant = await anApplicant(app);
  const lines = [await granted(300_000, { applicant }), await granted(200_000, { applicant }), await granted(100_000)];
  const refused = await granted(100_000, { refused: true, applicant });
  const id = await prepareActs(app, prefecture, call.id);
  expect(await operation(id)).toMatchObject({ state: 'done', done: 2, total: 2, percent: 100 });
  const acts = await ofCall();
  expect(acts.map(({ kind, amountCents }) => [kind, amountCents]).sort()).toEqual([
    ['order', 100_000],
    ['order', 500_000],
    ['refusal-letter', 0],
  ]);
  const both = acts.find(({ amountCents }) => amountCents === 500_000);
  expect(both).toMatchObject({ organisationId: applicant.organisationId, state: 'prepared', version: 1, isBilateral: false });
  expect(both?.number).toMatch(new RegExp(`^${call.year}-P147-94-\\d{4}$`));
  expect(both?.lines.map(({ lineId }) => lineId).toSorted()).toEqual(
    lines
      .slice(0, 2)
      .map((line) => line.id)
      .toSorted(),
  );
  expect(acts.find(({ kind }) => kind === 'refusal-letter')).toMatchObject({
    number: expect.stringMatching(/^REFUS-\d{4}-\d{6}$/),
    lines: [{ lineId: refused.id }],
  });
  for (const line of lines) expect((await lineRow(app, line.id)).state).toBe('act-generated');
  expect((await lineRow(app, refused.id)).state).toBe('refusal-announced');
  expect((await auditOf(app, lines[0]?.id ?? '')).at(-1)).toMatchObject({
    ...{ act: 'funding-line.act-generated', actorId: prefecture.id, before: { state: 'announced' }, after: { state: 'act-generated' } },
  });
  expect((await auditOf(app, both?.id ?? '')).map(({ act }) => act)).toEqual(['act.prepared']);

  const again = await prepareActs(app, prefecture, call.id);
  expect(await operation(again)).toMatchObject({ state: 'done', done: 0, total: 0 });
  await runPreparation(app, id);
  expect(await ofCall()).toHaveLength(3);
});

describe('the year decides the form', () => {
  test.each([
    [2_300_000, 'order', false],
    [2_300_001, 'agreement', true],
  ])('%i cents: %s', async (amount, kind, isBilateral) => {
    await granted(amount);
    await prepareActs(app, prefecture, call.id);
    expect(await ofCall()).toMatchObject([{ kind, isBilateral, amountCents: amount }]);
  });

  test('over all the actions, in another call too; earlier arrêtés stand and count', async () => {
    const applicant = await anApplicant(app);
    const first = await aPreparedAct(app, prefecture, await granted(1_500_000, { applicant }));
    expect(first.kind).toBe('order');
    const other = await anOpenCall(app);
    const line = await anAnnouncedLine(app, { call: other, applicant, grantedCents: 800_001, envelopeId });
    const second = await aPreparedAct(app, prefecture, line).then(() => actsOf(app, prefecture, { callId: other.id }));
    expect(second).toMatchObject([{ kind: 'agreement', amountCents: 800_001 }]);
    expect(await ofCall()).toMatchObject([{ kind: 'order', state: 'prepared', amountCents: 1_500_000 }]);
  });

  test('of one funder: another’s grants do not count', async () => {
    const applicant = await anApplicant(app);
    await aPreparedAct(app, prefecture, await granted(2_000_000, { applicant }));
    const partner = await anActMaker(app, 'CD94');
    const line = await anAnnouncedLine(app, { call, applicant, funder: 'CD94', grantedCents: 1_000_000, envelopeId: null });
    expect(
      (
        await aPreparedAct(app, partner, line, 'CD94').then(() =>
          actsOf(app, partner, { funderId: line.dossier.lines[0]?.funderId ?? '', callId: call.id }),
        )
      )[0],
    ).toMatchObject({ kind: 'order' });
  });

  test('what is void no longer counts', async () => {
    const applicant = await anApplicant(app);
    const line = await granted(2_000_000, { applicant });
    const act = await aPreparedAct(app, prefecture, line);
    expect((await onAct(app, prefecture, act.id, 'void', { reason: 'Erreur' })).status).toBe(200);
    await app.query(`UPDATE funding_lines SET state = 'cancelled', committed_cents = 0, envelope_id = NULL WHERE id = $1`, [line.id]);
    expect(await aPreparedAct(app, prefecture, await granted(1_000_000, { applicant }))).toMatchObject({ kind: 'order' });
  });

  test('a beneficiary of public law gets an arrêté, whatever the amount', async () => {
    const applicant = await anApplicant(app);
    await app.query(`UPDATE organisations SET legal_form = 'public-body' WHERE id = $1`, [applicant.organisationId]);
    expect(await aPreparedAct(app, prefecture, await granted(5_000_000, { applicant }))).toMatchObject({ kind: 'order' });
  });

  test('the threshold of the year is a row, that may change', async () => {
    await app.query(`INSERT INTO act_thresholds (name, from_year, amount_cents, source) VALUES ('agreement', $1, 100000, 'essai')`, [
      call.year,
    ]);
    try {
      expect(await aPreparedAct(app, prefecture, await granted(100_001))).toMatchObject({ kind: 'agreement' });
    } finally {
      await app.query(`DELETE FROM act_thresholds WHERE source = 'essai'`);
    }
  });

  test('two preparations of two calls at once count each other', async () => {
    const applicant = await anApplicant(app);
    const other = await anOpenCall(app);
    await granted(1_500_000, { applicant });
    await anAnnouncedLine(app, { call: other, applicant, grantedCents: 1_500_000, envelopeId });
    await Promise.all([prepareActs(app, prefecture, call.id), prepareActs(app, prefecture, other.id)]);
    const acts = await actsOf(app, prefecture, { organisationId: applicant.organisationId });
    expect(acts.map(({ kind }) => kind).sort()).toEqual(['agreement', 'order']);
  });
});

describe('numbers', () => {
  const deal = async (count: number) => {
    for (let index = 0; index < count; index++) await granted(100_000);
  };

  test('two preparations of the same call at once: each organisation one act, the numbers in a row', async () => {
    await deal(6);
    const before = ranks(await actsOf(app, prefecture, { funderId: await funderId(app, 'P147-94') })).at(-1) ?? 0;
    await Promise.all([
      prepareActs(app, prefecture, call.id),
      prepareActs(app, prefecture, call.id),
      prepareActs(app, prefecture, call.id),
    ]);
    const acts = await ofCall();
    expect(acts).toHaveLength(6);
    expect(ranks(acts).length).toBe(6);
    expect(before).toBeGreaterThanOrEqual(0);
  });

  test('an act that is rolled back gives its number back', async () => {
    await deal(3);
    await app.query(`CREATE FUNCTION stumble() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'stumbled'; END $$`);
    await app.query(
      `CREATE CONSTRAINT TRIGGER stumbles AFTER INSERT ON acts DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION stumble()`,
    );
    const { body } = await askActs(app, prefecture, call.id);
    const { id } = body as { id: string };
    await expect(runPreparation(app, id)).rejects.toThrow(/stumbled/);
    expect(await operation(id)).toMatchObject({ state: 'running', done: 0 });
    await app.query('DROP FUNCTION stumble() CASCADE');
    await runPreparation(app, id);
    expect(await operation(id)).toMatchObject({ state: 'done', done: 3 });
    const numbers = ranks(await ofCall());
    expect(numbers).toEqual([0, 1, 2].map((step) => (numbers[0] ?? 0) + step));
  });

  test('the number of a void act is never used again', async () => {
    const line = await granted(100_000);
    const first = await aPreparedAct(app, prefecture, line);
    await onAct(app, prefecture, first.id, 'void', { reason: 'Mauvais destinataire' });
    const second = await aPreparedAct(app, prefecture, line);
    expect(ranks([second])[0]).toBe((ranks([first])[0] ?? 0) + 1);
  });
});

test('cancelled on the way: nothing more is prepared, what is done stays', async () => {
  for (let index = 0; index < 3; index++) await granted(100_000);
  const { body } = await askActs(app, prefecture, call.id);
  const { id } = body as { id: string };
  await app.http.post(`/v1/operations/${id}/cancel`).set(prefecture.auth).send({}).expect(200);
  await runPreparation(app, id);
  expect(await ofCall()).toHaveLength(0);
});

test('only for the organisations named, and never for those the asker must not judge', async () => {
  const [named, other] = [await granted(100_000), await granted(100_000)];
  await prepareActs(app, prefecture, call.id, { organisationIds: [named.dossier.organisationId] });
  expect(await ofCall()).toMatchObject([{ organisationId: named.dossier.organisationId }]);
  const recused = await anActMaker(app);
  await app.http
    .post('/v1/me/recusals')
    .set(recused.auth)
    .send({ organisationId: other.dossier.organisationId, reason: 'Ma sœur la préside' })
    .expect(201);
  await prepareActs(app, recused, call.id);
  expect(await ofCall()).toHaveLength(1);
  expect((await askActs(app, recused, call.id, { organisationIds: [other.dossier.organisationId] })).body).toMatchObject({
    status: 403,
    code: 'RECUSED',
  });
});

describe('refused', () => {
  test.each<[string, (of: Applicant) => Promise<Person>]>([
    ['a delegate', () => aDelegate(app)],
    ['the prefecture of the other département', () => anActMaker(app, 'P147-91')],
    ['a partner', () => aPerson(app, { grants: [GRANTS.partnerOf('CD94')] })],
    ['the coordination', () => aPerson(app, { grants: [GRANTS.coordinator()] })],
    ['a city’s instructor', () => aPerson(app, { grants: [GRANTS.instructorOf('94041')] })],
    ['its own beneficiary', (of) => Promise.resolve(of.signatory)],
  ])('to %s', async (_who, someone) => {
    const applicant = await anApplicant(app);
    expect((await askActs(app, await someone(applicant), call.id)).body).toMatchObject({ status: 403, code: 'FORBIDDEN' });
  });

  test('for the prefecture, on the acts of another funder', async () => {
    expect((await askActs(app, prefecture, call.id, {}, 'CD94')).body).toMatchObject({ status: 403 });
  });

  test('for a call or a funder that does not exist', async () => {
    const none = '00000000-0000-7000-8000-000000000001';
    expect((await askActs(app, prefecture, none)).body).toMatchObject({ status: 422, code: 'UNKNOWN_CALL' });
    expect((await askActs(app, prefecture, call.id, { funderId: none })).body).toMatchObject({ status: 422, code: 'UNKNOWN_REFERENCE' });
  });
});

describe('the document', () => {
  const pdfOf = async (act: ActBody, by: Person = prefecture) =>
    app.http
      .get(`/v1/acts/${act.id}/document`)
      .set(by.auth)
      .buffer(true)
      .parse((response, done) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          done(null, Buffer.concat(chunks));
        });
      });

  test('is drawn with the preparation, tagged, titled, in French, and the same bytes ever after', async () => {
    const act = await aPreparedAct(app, prefecture, await granted(100_000));
    const kept = await app.query<{ sha256: string }>('SELECT pdf_sha256 AS sha256 FROM act_documents WHERE act_id = $1', [act.id]);
    expect(kept).toHaveLength(1);
    const first = await pdfOf(act);
    expect(first.headers['content-type']).toBe('application/pdf');
    expect(first.headers['content-disposition']).toBe(`attachment; filename="acte-${act.number}.pdf"`);
    const text = (first.body as Buffer).toString('latin1');
    expect(text).toContain('/Lang (fr-FR)');
    expect(text).toContain('/StructTreeRoot');
    expect(text).toMatch(/<pdfuaid:part>1<\/pdfuaid:part>/);
    await app.query('ALTER TABLE act_documents DISABLE TRIGGER ALL');
    await app.query('DELETE FROM act_documents WHERE act_id = $1', [act.id]);
    await app.query('ALTER TABLE act_documents ENABLE TRIGGER ALL');
    expect(((await pdfOf(act)).body as Buffer).equals(first.body as Buffer)).toBe(true);
    expect(await app.query<{ sha256: string }>('SELECT pdf_sha256 AS sha256 FROM act_documents WHERE act_id = $1', [act.id])).toEqual(kept);
  });

  test('that a crash left undrawn is drawn by the next preparation', async () => {
    await granted(100_000);
    const documents = app.app.get(ActDocuments, { strict: false });
    const draw = documents.of.bind(documents);
    documents.of = () => Promise.reject(new Error('crashed'));
    const { body } = await askActs(app, prefecture, call.id);
    const { id } = body as { id: string };
    await expect(runPreparation(app, id)).rejects.toThrow('crashed');
    documents.of = draw;
    const undrawn = () =>
      app.query('SELECT 1 FROM acts a WHERE call_id = $1 AND NOT EXISTS (SELECT FROM act_documents d WHERE d.act_id = a.id)', [call.id]);
    expect(await undrawn()).toHaveLength(1);
    await runPreparation(app, id);
    expect(await undrawn()).toHaveLength(0);
    expect(await ofCall()).toHaveLength(1);
    expect(await operation(id)).toMatchObject({ state: 'done' });
  });

  test('the frozen content is what its hash says, and nothing changes it', async () => {
    const act = await aPreparedAct(app, prefecture, await granted(100_000));
    await expect(app.query(`UPDATE acts SET content = '{}' WHERE id = $1`, [act.id])).rejects.toThrow();
    await expect(app.query('UPDATE acts SET amount_cents = 1 WHERE id = $1', [act.id])).rejects.toThrow();
    await expect(app.query('DELETE FROM act_lines WHERE act_id = $1; DELETE FROM acts WHERE id = $1', [act.id])).rejects.toThrow();
  });
});

test('through the queue', async () => {
  const working = await startApp({ works: true });
  try {
    const by = await anActMaker(working);
    const line = await anAnnouncedLine(working);
    const { headers } = await askActs(working, by, line.callId);
    let state = '';
    for (let tries = 0; state !== 'done' && tries < 300; tries++) {
      await wait(50);
      state = ((await working.http.get(headers['location'] ?? '').set(by.auth)).body as { state: string }).state;
    }
    expect(await actsOf(working, by, { callId: line.callId })).toMatchObject([{ kind: 'order', state: 'prepared' }]);
  } finally {
    await working.close();
  }
});
