import { ledgerFaults } from '../../../src/modules/funding/index.js';
import {
  acceptReport,
  actOnCpo,
  aMultiYearDossier,
  anEnvelopeOf,
  aNegotiatedCpo,
  cpoFaults,
  done,
  negotiation,
  type CpoBody,
  type MultiYearDossier,
} from '../../builders/cpos.js';
import { aDelegate, aPrefecture, aSubmittedLine, decide, lineRow } from '../../builders/funding.js';
import { aPerson, GRANTS, type Person } from '../../builders/people.js';
import { auditOf } from '../../builders/traces.js';
import { startApp, type TestApp } from '../../setup/app.js';

let app: TestApp;
let delegate: Person;
let dossier: MultiYearDossier;
beforeAll(async () => {
  app = await startApp();
  delegate = await aDelegate(app);
});
beforeEach(async () => {
  dossier = await aMultiYearDossier(app);
});
afterAll(async () => {
  expect([await ledgerFaults(app.query), await cpoFaults(app)]).toEqual([[], []]);
  await app.close();
});

const negotiate = (by: Person, body: object = negotiation(dossier)) => app.http.post('/v1/cpos').set(by.auth).send(body);
const codeOf = async (answer: PromiseLike<{ status: number; body: unknown }>) => {
  const { status, body } = await answer;
  return [status, (body as { code?: string }).code];
};

test('links the lines of the years as one grant, moves no money, and is recorded', async () => {
  const [first, second, third] = dossier.years;
  const { body, headers } = await negotiate(delegate).expect(201);
  expect(body).toMatchObject({
    state: 'negotiation',
    version: 1,
    dossierNumber: dossier.number,
    ...{ firstYear: first, lastYear: third, totalCents: 900_000, funderCode: 'P147-94', signedOn: null },
    tranches: dossier.years.map((year, index) => ({
      ...{ year, rank: index + 1, amountCents: 300_000, state: 'planned', lineId: dossier.lineIds[index], envelopeId: null, why: null },
    })),
  });
  const { id } = body as CpoBody;
  expect(headers).toMatchObject({ etag: '"1"', location: `/v1/cpos/${id}` });
  expect((await auditOf(app, id)).map(({ act, actorId }) => [act, actorId])).toEqual([['cpo.negotiated', delegate.id]]);
  const held = await app.query(
    'SELECT year, held_by_cpo AS by, reserved_cents AS reserved FROM funding_lines WHERE action_id = $1 ORDER BY year',
    [dossier.actionId],
  );
  expect(held).toEqual([
    { year: first, by: null, reserved: 0n },
    { year: second, by: id, reserved: 0n },
    { year: third, by: id, reserved: 0n },
  ]);
});

test('over four years too; a second one waits until the first is abandoned', async () => {
  const four = await aMultiYearDossier(app, { years: 4 });
  const { body } = await negotiate(delegate, negotiation(four)).expect(201);
  expect(await codeOf(negotiate(delegate, negotiation(four)))).toEqual([409, 'LINE_NOT_FREE']);
  const abandoned = await done(actOnCpo(app, delegate, (body as CpoBody).id, 'abandon', { reason: 'Sans suite' }));
  expect(abandoned).toMatchObject({ state: 'abandoned', reason: 'Sans suite' });
  await negotiate(delegate, negotiation(four)).expect(201);
});

test('two at once: one is opened', async () => {
  const answers = await Promise.all([negotiate(delegate), negotiate(delegate), negotiate(delegate)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  expect(await app.query('SELECT 1 FROM cpos WHERE action_id = $1', [dossier.actionId])).toHaveLength(1);
});

test.each<[string, (body: ReturnType<typeof negotiation>) => object, number, string]>([
  ['two years', (body) => ({ ...body, years: body.years.slice(0, 2), tranches: body.tranches.slice(0, 2) }), 422, 'WRONG_CPO_YEARS'],
  [
    'years that do not follow',
    (body) => ({ ...body, years: body.years.map((year, index) => year + (index === 2 ? 1 : 0)) }),
    422,
    'WRONG_CPO_YEARS',
  ],
  ['tranches of other years', (body) => ({ ...body, tranches: body.tranches.slice(0, 2) }), 422, 'WRONG_TRANCHES'],
  [
    'nothing for a year',
    (body) => ({ ...body, tranches: body.tranches.map((each, index) => (index === 1 ? { ...each, amountCents: 0 } : each)) }),
    422,
    'WRONG_TRANCHES',
  ],
  [
    'a cent above a request',
    (body) => ({ ...body, tranches: body.tranches.map((each, index) => (index === 2 ? { ...each, amountCents: 500_001 } : each)) }),
    409,
    'TRANCHE_ABOVE_REQUEST',
  ],
  [
    'years that no budget asks for',
    (body) => ({
      ...body,
      years: body.years.map((year) => year + 1),
      tranches: body.tranches.map((each) => ({ ...each, year: each.year + 1 })),
    }),
    409,
    'LINE_MISSING',
  ],
  ['a scheme that nothing is asked of', (body) => ({ ...body, scheme: 'Autre' }), 409, 'LINE_MISSING'],
  [
    'a fraction of a cent',
    (body) => ({ ...body, tranches: body.tranches.map((each) => ({ ...each, amountCents: 0.5 })) }),
    400,
    'VALIDATION_FAILED',
  ],
  ['a fraction of a year', (body) => ({ ...body, years: [2027.5, 2028, 2029] }), 400, 'VALIDATION_FAILED'],
])('refuses %s', async (_what, change, status, code) => {
  expect(await codeOf(negotiate(delegate, change(negotiation(dossier))))).toEqual([status, code]);
});

test('refuses a dossier that nobody found admissible, and a later year that is already proposed', async () => {
  await app.query(`UPDATE dossiers SET state = 'submitted' WHERE id = $1`, [dossier.id]);
  expect(await codeOf(negotiate(delegate))).toEqual([409, 'DOSSIER_NOT_ADMISSIBLE']);
  await app.query(`UPDATE dossiers SET state = 'admissible' WHERE id = $1`, [dossier.id]);
  const [, second = 0] = dossier.years;
  const envelopeId = await anEnvelopeOf(app, second);
  expect((await decide(app, delegate, dossier.lineIds[1] ?? '', 'propose', { amountCents: 1000, envelopeId })).status).toBe(200);
  expect(await codeOf(negotiate(delegate))).toEqual([409, 'LINE_NOT_FREE']);
});

test('from then on nobody decides on its later years but by it, until it is abandoned', async () => {
  const { id, dossier: of, prefecture, delegate: by } = await aNegotiatedCpo(app);
  const [, second = 0] = of.years;
  const [, line = ''] = of.lineIds;
  const envelopeId = await anEnvelopeOf(app, second);
  const propose = () => decide(app, by, line, 'propose', { amountCents: 1000, envelopeId });
  expect(await codeOf(propose())).toEqual([409, 'HELD_BY_CPO']);
  expect(await codeOf(decide(app, prefecture, line, 'refuse', { reason: 'Non' }))).toEqual([409, 'HELD_BY_CPO']);
  await done(actOnCpo(app, by, id, 'abandon', { reason: 'Sans suite' }));
  expect((await propose()).status).toBe(200);
});

test('the database refuses a later year granted without its report, whoever writes it', async () => {
  const { dossier: of } = await aNegotiatedCpo(app);
  const [, line = ''] = of.lineIds;
  const grant = () => app.query(`UPDATE funding_lines SET state = 'approved', granted_cents = 1, decided_at = now() WHERE id = $1`, [line]);
  await expect(grant()).rejects.toMatchObject({ code: '23514', constraint: 'cpo_tranche_gate' });
  expect(await lineRow(app, line)).toMatchObject({ state: 'requested' });
  await acceptReport(app, of.actionId, of.years[0] ?? 0);
  await expect(app.query(`UPDATE cpo_interim_reports SET year = 2030 WHERE action_id = $1`, [of.actionId])).rejects.toMatchObject({
    code: '23001',
  });
  await expect(
    app.query(`UPDATE cpo_tranches SET confirmed_at = now(), confirmed_by = $2, report_year = year WHERE funding_line_id = $1`, [
      line,
      delegate.id,
    ]),
  ).rejects.toMatchObject({ code: '23514' });
  await expect(
    app.query(`UPDATE cpo_tranches SET funding_line_id = $2 WHERE funding_line_id = $1`, [line, (await aSubmittedLine(app)).id]),
  ).rejects.toMatchObject({ code: '23514', constraint: 'cpo_tranches_identity' });
});

test('amounts change until the signature; what was on the table is kept', async () => {
  const { body } = await negotiate(delegate).expect(201);
  const { id } = body as CpoBody;
  const put = (version: number | null, amountsCents: number[]) => {
    const request = app.http.put(`/v1/cpos/${id}`).set(delegate.auth);
    if (version !== null) void request.set('If-Match', `"${version}"`);
    return request.send({ tranches: negotiation(dossier, amountsCents).tranches });
  };
  const changed = await put(1, [100_000, 200_000, 300_000]).expect(200);
  expect(changed.body).toMatchObject({ version: 2, totalCents: 600_000 });
  expect(await codeOf(put(1, [1, 2, 3]))).toEqual([412, 'STALE_VERSION']);
  expect(await codeOf(put(null, [1, 2, 3]))).toEqual([428, 'VERSION_REQUIRED']);
  expect(await codeOf(put(2, [1, 2, 500_001]))).toEqual([409, 'TRANCHE_ABOVE_REQUEST']);
  const { body: versions } = await app.http.get(`/v1/cpos/${id}/versions`).set(delegate.auth).expect(200);
  const amounts = (versions as { number: number; tranches: { amountCents: number }[] }[]).map(({ number, tranches }) => [
    number,
    ...tranches.map(({ amountCents }) => amountCents),
  ]);
  expect(amounts).toEqual([
    [1, 300_000, 300_000, 300_000],
    [2, 100_000, 200_000, 300_000],
  ]);
});

test.each([
  ['the prefecture of the other département', () => aPrefecture(app, '91'), [404, 'NOT_FOUND']],
  ['a delegate of another sector', () => aDelegate(app, 'C'), [404, 'NOT_FOUND']],
  ['the instructor', () => aPerson(app, { grants: [GRANTS.instructorOf('94041')] }), [403, 'FORBIDDEN']],
  ['the coordination', () => aPerson(app, { grants: [GRANTS.coordinator()] }), [403, 'FORBIDDEN']],
  ['the applicant', () => Promise.resolve(dossier.editor), [404, 'NOT_FOUND']],
])('is not opened by %s', async (_who, someone, answer) => {
  expect(await codeOf(negotiate(await someone()))).toEqual(answer);
});

test('another funder negotiates its own', async () => {
  const caf = await aMultiYearDossier(app, { funder: 'CAF94' });
  expect(await codeOf(negotiate(delegate, negotiation(caf)))).toEqual([403, 'FORBIDDEN']);
  await negotiate(await aPerson(app, { grants: [GRANTS.partnerOf('CAF94')] }), negotiation(caf)).expect(201);
});

test('the applicant knows nothing of it before it is signed', async () => {
  const seen = async () => {
    const { body, headers } = await app.http.get(`/v1/dossiers/${dossier.id}`).set(dossier.editor.auth).expect(200);
    return { body, etag: headers['etag'] };
  };
  const before = await seen();
  const { body } = await negotiate(delegate).expect(201);
  const { id } = body as CpoBody;
  expect(await seen()).toEqual(before);
  expect(await codeOf(app.http.get(`/v1/cpos/${id}`).set(dossier.editor.auth))).toEqual([404, 'NOT_FOUND']);
  expect(await codeOf(app.http.get(`/v1/cpos/${id}/renewal`).set(dossier.editor.auth))).toEqual([404, 'NOT_FOUND']);
  expect(await codeOf(actOnCpo(app, dossier.editor, id, 'abandon', { reason: 'Non' }))).toEqual([404, 'NOT_FOUND']);
  const { body: list } = await app.http.get('/v1/cpos?count=true').set(dossier.editor.auth).expect(200);
  expect(list).toMatchObject({ data: [], page: { total: 0 } });
});
