import { parisDay } from '../../../src/kernel/paris-day.js';
import { ledgerFaults } from '../../../src/modules/funding/index.js';
import { aCall, type CallBody } from '../../builders/calls.js';
import { aPrefecture, aSubmittedLine, decide, funderId, lineRow, type SubmittedLine } from '../../builders/funding.js';
import { aPerson, GRANTS, type Person } from '../../builders/people.js';
import { auditOf } from '../../builders/traces.js';
import { startApp, type TestApp } from '../../setup/app.js';

interface Import {
  readonly id: string;
  readonly version: number;
  readonly status: string;
  readonly counts: Record<string, number>;
  readonly rows: readonly { line: number; status: string; fundingLineId: string | null; code: string | null; amountCents: number | null }[];
}

let app: TestApp;
let partner: Person;
let call: CallBody;
let one: SubmittedLine;
let two: SubmittedLine;
beforeAll(async () => {
  app = await startApp();
  partner = await aPerson(app, { grants: [GRANTS.partnerOf('CD94')] });
  call = await aCall(app);
});
beforeEach(async () => {
  [one, two] = [await aSubmittedLine(app, { funder: 'CD94', call }), await aSubmittedLine(app, { funder: 'CD94', call })];
});
afterAll(async () => {
  expect(await ledgerFaults(app.query)).toEqual([]);
  await app.close();
});

const today = () => parisDay(app.clock.now());
const french = (day: string) => day.split('-').toReversed().join('/');
const HEADER = 'Numéro de dossier;Action;Montant accordé;Référence;Date;Motif';
const row = ({ dossier }: SubmittedLine, amount: string, over: { date?: string; reason?: string } = {}) =>
  [dossier.number, '', amount, 'CP 2027-3-14', over.date ?? french(today()), over.reason ?? ''].join(';');
const file = (...rows: readonly string[]) => [HEADER, ...rows].join('\r\n');
const send = async (content: string | Buffer, by = partner, key?: string, funder = 'CD94') => {
  const request = app.http
    .post('/v1/decision-imports')
    .query({ funderId: await funderId(app, funder) })
    .set({ ...by.auth, 'Content-Type': 'text/csv; charset=utf-8' });
  if (key !== undefined) void request.set('Idempotency-Key', key);
  return request.send(content);
};
const preview = async (content: string | Buffer): Promise<Import> => {
  const { status, body } = await send(content);
  expect([status, body.code]).toEqual([201, undefined]);
  return body as Import;
};
const apply = (found: { id: string; version: number }, by = partner, version = found.version) =>
  app.http.post(`/v1/decision-imports/${found.id}/apply`).set({ ...by.auth, 'If-Match': `"${version}"` });
const statuses = ({ rows }: Import) => rows.map(({ line, status, code }) => [line, status, code]);

test('shows what each row is about, and records nothing', async () => {
  const found = await preview(
    file(
      row(one, '1 234,56'),
      row(two, '0'),
      row(one, '10'),
      `2027-GOSB-999999;;10;R;${today()};`,
      `${two.dossier.number};Autre chose;10;R;${today()};`,
      row(two, '=SUM(A1:A9)'),
      row(two, '5000,01'),
    ),
  );
  expect(found).toMatchObject({ status: 'previewed', version: 1, counts: { matched: 1, ambiguous: 0, unknown: 2, refused: 4 } });
  expect(statuses(found)).toEqual([
    [2, 'matched', null],
    [3, 'refused', 'REASON_REQUIRED'],
    [4, 'refused', 'LINE_TWICE'],
    [5, 'unknown', 'LINE_UNKNOWN'],
    [6, 'unknown', 'LINE_UNKNOWN'],
    [7, 'refused', 'AMOUNT_UNREADABLE'],
    [8, 'refused', 'AMOUNT_ABOVE_REQUEST'],
  ]);
  expect(found.rows[0]).toMatchObject({ fundingLineId: one.id, amountCents: 123_456 });
  expect(await lineRow(app, one.id)).toMatchObject({ state: 'requested', version: 1 });
  const { body } = await app.http.get(`/v1/decision-imports/${found.id}`).set(partner.auth).expect(200);
  expect(body).toEqual(found);
});

test('records every matched row together, with reference, date, reason and trace', async () => {
  const found = await preview(
    file(row(one, '1234,56', { reason: '=cmd|calc' }), row(two, '0', { reason: 'Hors compétence' }), row(one, 'x')),
  );
  const { status, body } = await apply(found);
  expect([status, body]).toMatchObject([200, { status: 'applied', version: 2, counts: { matched: 2 } }]);
  const { body: granted } = await app.http.get(`/v1/funding-lines/${one.id}`).set(partner.auth).expect(200);
  expect(granted).toMatchObject({
    status: 'approved',
    grantedCents: 123_456,
    decisionReference: 'CP 2027-3-14',
    decidedOn: today(),
    reason: '=cmd|calc',
    announcedAt: null,
  });
  expect(await lineRow(app, two.id)).toMatchObject({ state: 'refused', reason: 'Hors compétence' });
  expect((await auditOf(app, one.id)).at(-1)).toMatchObject({
    act: 'funding-line.decision-recorded',
    actorId: partner.id,
    before: { state: 'requested' },
    after: { state: 'approved', grantedCents: '123456', importId: found.id },
  });
  expect(await auditOf(app, found.id)).toMatchObject([{ act: 'decision-import.previewed' }, { act: 'decision-import.applied' }]);
});

test('twice is once, one after the other and at once', async () => {
  const found = await preview(file(row(one, '10'), row(two, '20')));
  const answers = await Promise.all([apply(found), apply(found), apply(found)]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect((await apply(found)).body).toMatchObject({ status: 'applied', version: 2 });
  expect(await lineRow(app, one.id)).toMatchObject({ version: 2, grantedCents: 1000n });
  expect(await auditOf(app, one.id)).toHaveLength(1);
});

test('all or none: a row decided meanwhile refuses the whole, and says which', async () => {
  const found = await preview(file(row(one, '10'), row(two, '20')));
  const recorded = { amountCents: 500, decisionReference: 'CP 1', decidedOn: today() };
  await decide(app, partner, two.id, 'record-decision', recorded);
  const { status, body } = await apply(found);
  expect([status, body]).toMatchObject([409, { code: 'IMPORT_REFUSED', errors: [{ pointer: '/rows/3', code: 'ACT_NOT_ALLOWED' }] }]);
  expect(await lineRow(app, one.id)).toMatchObject({ state: 'requested', version: 1 });
  expect(await lineRow(app, two.id)).toMatchObject({ grantedCents: 500n });
});

test('nothing to record is refused; a version is asked for, and the right one', async () => {
  const found = await preview(file(row(one, 'x')));
  expect((await apply(found)).body).toMatchObject({ status: 409, code: 'NOTHING_TO_APPLY' });
  expect((await apply(found, partner, 7)).status).toBe(412);
  expect((await app.http.post(`/v1/decision-imports/${found.id}/apply`).set(partner.auth)).status).toBe(428);
});

test('a dossier that asks twice for one action is ambiguous', async () => {
  await app.query(
    `INSERT INTO funding_lines (id, action_id, dossier_id, call_id, organisation_id, funder_id, scheme, year, requested_cents)
     SELECT gen_random_uuid(), action_id, dossier_id, call_id, organisation_id, funder_id, 'autre dispositif', year, 100 FROM funding_lines WHERE id = $1`,
    [one.id],
  );
  expect(statuses(await preview(file(row(one, '1'))))).toEqual([[2, 'ambiguous', 'LINE_AMBIGUOUS']]);
});

test('a line of one’s own organisation is refused, the others go', async () => {
  await app.http
    .post('/v1/me/recusals')
    .set(partner.auth)
    .send({ organisationId: one.dossier.organisationId, reason: 'J’en suis trésorier' })
    .expect(201);
  const found = await preview(file(row(one, '1'), row(two, '1')));
  expect(statuses(found)).toEqual([
    [2, 'refused', 'RECUSED'],
    [3, 'matched', null],
  ]);
});

test('a line of one’s own organisation since the preview refuses the whole', async () => {
  const found = await preview(file(row(one, '10'), row(two, '20')));
  await app.http
    .post('/v1/me/recusals')
    .set(partner.auth)
    .send({ organisationId: two.dossier.organisationId, reason: 'J’en suis trésorier' })
    .expect(201);
  const { status, body } = await apply(found);
  expect([status, body]).toMatchObject([409, { code: 'IMPORT_REFUSED', errors: [{ pointer: '/rows/3', code: 'RECUSED' }] }]);
  for (const { id } of [one, two]) expect(await lineRow(app, id)).toMatchObject({ state: 'requested', version: 1 });
});

test('of other funders and other years nothing is found', async () => {
  const caf = await aSubmittedLine(app, { funder: 'CAF94' });
  expect(statuses(await preview(file(row(caf, '1'))))).toEqual([[2, 'unknown', 'LINE_UNKNOWN']]);
  const early = await preview(file(row(one, '1', { date: '2019-01-01' }), row(two, '1', { date: '31/12/2099' })));
  expect(statuses(early)).toEqual([
    [2, 'refused', 'DECIDED_TOO_EARLY'],
    [3, 'refused', 'DECIDED_IN_FUTURE'],
  ]);
});

test.each<[string, () => string | Buffer, string, string]>([
  ['nothing', () => '', 'COLUMNS_MISSING', '/lines/1'],
  ['a header of something else', () => 'a;b\n1;2', 'COLUMNS_MISSING', '/lines/1'],
  ['a row too short', () => file('a;b'), 'MALFORMED_CSV', '/lines/2'],
  ['a quote never closed', () => file(row(one, '1'), '"a;b;c;d;e;f'), 'MALFORMED_CSV', '/lines/3'],
  ['latin-1', () => Buffer.from(file(row(one, '1', { reason: 'é' })), 'latin1'), 'MALFORMED_CSV', '/lines/1'],
  ['a NUL', () => file(row(one, '1', { reason: 'a\u0000' })), 'MALFORMED_CSV', '/lines/2'],
])('a file of %s is refused, with its line', async (_what, content, code, pointer) => {
  const { status, body } = await send(content());
  expect([status, body.code, body.errors]).toEqual([422, code, [expect.objectContaining({ pointer })]]);
});

test('read with its mark, with commas, up to two thousand rows and a mebibyte', async () => {
  const [action] = await app.query<{ title: string }>('SELECT title FROM actions WHERE id = $1', [one.dossier.actionId]);
  const title = action?.title ?? '';
  const commas = `\ufeff${HEADER.replaceAll(';', ',')}\n${one.dossier.number},${title.toUpperCase()},"12,50",R,${today()},\n`;
  expect((await preview(commas)).rows).toMatchObject([{ status: 'matched', amountCents: 1250 }]);
  const many = (count: number) => file(...Array.from({ length: count }, () => row(one, '1')));
  expect((await preview(many(2000))).counts).toMatchObject({ matched: 1, refused: 1999 });
  expect((await send(many(2001))).body.code).toBe('TOO_MANY_ROWS');
  expect((await send('x'.repeat(1_048_577))).status).toBe(413);
});

test('the same key and file is the same import', async () => {
  const [first, again] = [await send(file(row(one, '1')), partner, 'import-1'), await send(file(row(one, '1')), partner, 'import-1')];
  expect([again.body, again.headers['idempotent-replayed']]).toEqual([first.body, 'true']);
  expect((await send(file(row(one, '2')), partner, 'import-1')).body.code).toBe('IDEMPOTENCY_KEY_REUSED');
});

test('CSV is read here, and only here; JSON is not', async () => {
  const request = app.http.post('/v1/decision-imports').query({ funderId: await funderId(app, 'CD94') });
  expect((await request.set(partner.auth).send({})).status).toBe(415);
  const elsewhere = app.http.post(`/v1/funding-lines/${one.id}/approve`).set({ ...partner.auth, 'Content-Type': 'text/csv' });
  expect((await elsewhere.send(file())).status).toBe(415);
});

describe('by the funder’s own people', () => {
  test.each([
    ['another funder', () => aPerson(app, { grants: [GRANTS.partnerOf('CAF94')] })],
    ['the prefecture', () => aPrefecture(app)],
    ['the coordination', () => aPerson(app, { grants: [GRANTS.coordinator()] })],
  ])('not by %s', async (_who, someone) => {
    const by = await someone();
    expect((await send(file(row(one, '1')), by)).status).toBe(403);
    const found = await preview(file(row(one, '1')));
    expect((await apply(found, by)).status).toBe(404);
    expect((await app.http.get(`/v1/decision-imports/${found.id}`).set(by.auth)).status).toBe(404);
    expect(await lineRow(app, one.id)).toMatchObject({ state: 'requested' });
  });

  test('a city by who instructs there; programme 147 by nobody; an unknown funder by nobody', async () => {
    const instructor = await aPerson(app, { grants: [GRANTS.instructorOf('94041')] });
    const line = await aSubmittedLine(app, { funder: 'COMMUNE-ivry-sur-seine' });
    expect((await send(file(row(line, '1')), instructor, undefined, 'COMMUNE-ivry-sur-seine')).body).toMatchObject({
      counts: { matched: 1 },
    });
    const p147 = await aPerson(app, { grants: [GRANTS.partnerOf('P147-94')] });
    expect((await send(file(row(one, '1')), p147, undefined, 'P147-94')).body.code).toBe('PROGRAMME_147_NEEDS_APPROVAL');
    const unknown = '/v1/decision-imports?funderId=018f0000-0000-7000-8000-000000000003';
    const answer = await app.http
      .post(unknown)
      .set({ ...partner.auth, 'Content-Type': 'text/csv' })
      .send(file());
    expect([answer.status, answer.body.code]).toEqual([422, 'UNKNOWN_REFERENCE']);
    const none = await app.http
      .post('/v1/decision-imports')
      .set({ ...partner.auth, 'Content-Type': 'text/csv' })
      .send(file());
    expect([none.status, none.body.code]).toEqual([400, 'VALIDATION_FAILED']);
  });
});
