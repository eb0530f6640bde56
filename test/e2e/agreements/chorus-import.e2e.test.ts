import { parisDay } from '../../../src/kernel/paris-day.js';
import { newId } from '../../../src/kernel/id.js';
import { anUploadedFile, XLSX } from '../../builders/files.js';
import { aPrefecture, ledgerOf } from '../../builders/funding.js';
import {
  actOnImport,
  aLineWithEj,
  anExtraction,
  applied,
  aPreviewedImport,
  askImport,
  chorusCells,
  type ImportBody,
  jobs,
  OLDER,
  type PayableLine,
  RECENT,
  readImport,
  reversed,
  rowsOf,
} from '../../builders/chorus.js';
import { moneyFaults, paidRow, reversePayment } from '../../builders/payments.js';
import type { Person } from '../../builders/people.js';
import { auditOf } from '../../builders/traces.js';
import { waitFor } from '../../setup/wait-for.js';
import { startApp, type TestApp } from '../../setup/app.js';
import type { CellSource } from '../../builders/workbooks.js';

let app: TestApp;
let prefecture: Person;
let line: PayableLine;
/** A day that came, after the decision: its serial number. */
let serial: string;
beforeAll(async () => {
  app = await startApp();
  prefecture = await aPrefecture(app);
  serial = String(Math.floor(app.clock.now().getTime() / 86_400_000) + 25_569);
});
beforeEach(async () => {
  line = await aLineWithEj(app, { prefecture });
});
afterAll(async () => {
  expect(await moneyFaults(app)).toEqual([]);
  await app.close();
});

const payment = (euros: string, over: object = {}): CellSource[] =>
  chorusCells({ siret: line.siret, ej: line.ej, year: line.year, amount: { n: euros }, paidOn: { n: serial }, ...over });
const preview = async (...rows: CellSource[][]): Promise<ImportBody> => aPreviewedImport(app, prefecture, await anExtraction(rows));
const countsOf = ({ counts }: ImportBody) => Object.fromEntries(counts.map(({ status, count }) => [status, count]));
const act = async (path: string, id: string, body: object, by: Person = prefecture) =>
  app.http
    .post(`/v1/chorus-imports/${id}/${path}`)
    .set(by.auth)
    .set('If-Match', `"${(await readImport(app, prefecture, id)).version}"`)
    .send(body);
const declareConflict = (by: Person) =>
  app.http.post('/v1/me/recusals').set(by.auth).send({ organisationId: line.dossier.organisationId, reason: 'Un proche' }).expect(201);
const paidCents = async (id = line.id) => (await paidRow(app, id)).paidCents;

describe('read', () => {
  test('row by row, in the two sheets, and nothing is paid', async () => {
    const content = await anExtraction([], {
      sheets: {
        '1. Extraction': [['Titre'], RECENT, payment('1000'), payment('500.5', { dp: '7' }), payment('1', { dp: '7' }), payment('0')],
        '2. Extraction FEHBE': [OLDER, payment('1499.5'), payment('0.01'), payment('10', { ej: 'AUTREEJ001' }), payment('-3')],
      },
    });
    const read = await aPreviewedImport(app, prefecture, content);
    expect(read).toMatchObject({ status: 'previewed', version: 2, failure: null, departments: ['94'] });
    expect(countsOf(read)).toEqual({ duplicate: 1, matched: 3, refused: 3, unknown: 1 });
    expect(read.counts.find(({ status }) => status === 'matched')?.amountCents).toBe(300_000);
    const rows = await rowsOf(app, prefecture, read.id);
    expect(rows.map(({ rowNumber, status }) => [rowNumber, status])).toEqual([
      ...[
        [3, 'matched'],
        [4, 'matched'],
        [5, 'duplicate'],
        [6, 'refused'],
      ],
      ...[
        [2, 'matched'],
        [3, 'refused'],
        [4, 'unknown'],
        [5, 'refused'],
      ],
    ]);
    expect(rows[0]).toMatchObject({ fundingLineId: line.id, amountCents: 100_000, reason: null, paymentId: null });
    expect(rows[5]?.reason).toMatch(/0,00/);
    expect(await rowsOf(app, prefecture, read.id, 'unknown')).toHaveLength(1);
    expect(await paidRow(app, line.id)).toMatchObject({ state: 'notified', paidCents: 0n });
    expect((await auditOf(app, read.id)).map(({ act: done }) => done)).toEqual(['chorus-import.asked', 'chorus-import.previewed']);
  });

  test('twice, or by two workers at once: once', async () => {
    const { operationId, importId } = await askImport(app, prefecture, await anExtraction([payment('10'), payment('20')]));
    await Promise.all([jobs(app).preview(operationId), jobs(app).preview(operationId)]);
    await jobs(app).preview(operationId);
    expect(await rowsOf(app, prefecture, importId)).toHaveLength(2);
    expect(await readImport(app, prefecture, importId)).toMatchObject({ status: 'previewed', version: 2 });
    const { body } = await app.http.get(`/v1/operations/${operationId}`).set(prefecture.auth);
    expect(body).toMatchObject({ state: 'done', done: 2, total: 2, resultPath: `/v1/chorus-imports/${importId}` });
  });

  test('a crash on the way leaves an import to read, which the next run reads whole', async () => {
    const { operationId, importId } = await askImport(app, prefecture, await anExtraction([payment('10'), payment('20')]));
    await app.query(`CREATE FUNCTION stumble() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'stumbled'; END $$`);
    await app.query(`CREATE TRIGGER stumbles BEFORE UPDATE ON chorus_imports FOR EACH ROW EXECUTE FUNCTION stumble()`);
    await expect(jobs(app).preview(operationId)).rejects.toThrow(/stumbled/);
    await app.query('DROP FUNCTION stumble() CASCADE');
    expect(await readImport(app, prefecture, importId)).toMatchObject({ status: 'reading', counts: [] });
    await jobs(app).preview(operationId);
    expect(countsOf(await readImport(app, prefecture, importId))).toEqual({ matched: 2 });
  });

  test.each<[string, () => Promise<Buffer>, RegExp]>([
    ['another sheet', () => anExtraction([], { sheets: { Feuil1: [RECENT] } }), /pas de feuille « 1. Extraction/],
    ['a column less', () => anExtraction([], { headers: RECENT.filter((header) => header !== 'N° DP') }), /manque la colonne « N° DP »/],
    [
      'no headers',
      () => anExtraction([], { sheets: { '1. Extraction': Array.from({ length: 30 }, () => ['x']) } }),
      /n’a pas ses en-têtes/,
    ],
    ['a zip that says it is a workbook', async () => Buffer.from('PK\u0003\u0004 et le reste'), /pas un fichier .xlsx/],
    ['a DTD', () => anExtraction([], { over: { 'xl/sharedStrings.xml': '<!DOCTYPE x><sst/>' } }), /DTD/],
  ])('with %s, it is unreadable, and says why', async (_what, make, sentence) => {
    const read = await aPreviewedImport(app, prefecture, await make());
    expect(read).toMatchObject({ status: 'unreadable', counts: [], failure: expect.stringMatching(sentence) });
    const [operation] = await app.query<object>(`SELECT state, failure FROM operations WHERE subject_id = $1`, [read.id]);
    expect(operation).toMatchObject({ state: 'failed', failure: expect.stringMatching(sentence) });
  });

  test('100,001 rows are refused; a formula where the amount should be is a refused row', async () => {
    const many = await aPreviewedImport(app, prefecture, await anExtraction(Array.from({ length: 100_001 }, () => ['x'])));
    expect(many).toMatchObject({ status: 'unreadable', failure: expect.stringMatching(/100000 lignes/) });
    const read = await preview(payment('1', { amount: { f: 'SUM(A1:A9)', v: '10' } }));
    expect((await rowsOf(app, prefecture, read.id))[0]).toMatchObject({ status: 'refused', reason: expect.stringMatching(/formule/) });
  });

  test('only lines of the importer’s own département, of organisations that are not theirs', async () => {
    const essonne = await aPrefecture(app, '91');
    const elsewhere = await aPreviewedImport(app, essonne, await anExtraction([payment('10')]));
    expect(countsOf({ ...elsewhere })).toEqual({ unknown: 1 });
    const member = await aPrefecture(app);
    await app.query(
      `INSERT INTO memberships (id, organisation_id, user_id, state, is_editor) VALUES (gen_random_uuid(), $1, $2, 'active', true)`,
      [line.dossier.organisationId, member.id],
    );
    expect(countsOf(await aPreviewedImport(app, member, await anExtraction([payment('10')])))).toEqual({ unknown: 1 });
    expect((await app.http.get(`/v1/chorus-imports/${elsewhere.id}`).set(prefecture.auth)).status).toBe(404);
  });

  test('one file makes one import, of whoever sent it', async () => {
    const fileId = await anUploadedFile(app, prefecture, { purpose: 'chorus-extraction', type: XLSX, content: await anExtraction([]) });
    const ask = (by: Person) => app.http.post('/v1/chorus-imports').set(by.auth).send({ fileId });
    expect((await ask(await aPrefecture(app))).body.code).toBe('FILE_UNKNOWN');
    expect((await ask(prefecture)).status).toBe(202);
    expect((await ask(prefecture)).body.code).toBe('FILE_ALREADY_USED');
    const scan = await anUploadedFile(app, prefecture);
    const other = await app.http.post('/v1/chorus-imports').set(prefecture.auth).send({ fileId: scan });
    expect(other.body.code).toBe('FILE_OF_ANOTHER_PURPOSE');
  });
});

describe('confirmed', () => {
  test('its matched rows are payments, to the cent, and the others are not', async () => {
    const read = await preview(payment('1000.1'), payment('999.9'), payment('5', { ej: 'AUTREEJ001' }));
    const after = await applied(app, prefecture, read.id);
    expect(after).toMatchObject({ status: 'applied', confirmedAt: expect.any(String) });
    expect(countsOf(after)).toEqual({ applied: 2, unknown: 1 });
    expect(await paidRow(app, line.id)).toMatchObject({ state: 'partly-paid', paidCents: 200_000n });
    expect((await ledgerOf(app, line.envelopeId)).slice(-2)).toEqual(['pay 100010', 'pay 99990']);
    const { body } = await app.http.get(`/v1/funding-lines/${line.id}/payments`).set(prefecture.auth);
    expect(body.payments).toMatchObject([{ source: 'chorus', reference: expect.stringContaining(`EJ ${line.ej}`) }, { source: 'chorus' }]);
    expect((await auditOf(app, line.id)).at(-1)).toMatchObject({
      act: 'funding-line.paid',
      after: { payments: [{}, {}], paidCents: '200000' },
    });
  });

  test('twice: the second is refused, on another version or with nothing left to apply', async () => {
    const read = await preview(payment('10'));
    const answers = await Promise.all(
      [1, 2].map(() => app.http.post(`/v1/chorus-imports/${read.id}/confirm`).set(prefecture.auth).set('If-Match', `"${read.version}"`)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 412]);
    const { id } = answers.find(({ status }) => status === 202)!.body as { id: string };
    await Promise.all([jobs(app).apply(id), jobs(app).apply(id)]);
    await jobs(app).apply(id);
    expect(await paidCents()).toBe(1000n);
    expect((await act('confirm', read.id, {})).body).toMatchObject({ status: 409, code: 'NOTHING_TO_APPLY' });
  });

  test('two imports of the same rows, confirmed at once, pay them once', async () => {
    const rows = [payment('10', { dp: '4001' }), payment('20', { dp: '4002' })];
    const [first, second] = [await preview(...rows), await preview(...rows)];
    expect([countsOf(first), countsOf(second)]).toEqual([{ matched: 2 }, { matched: 2 }]);
    const operations = [await actOnImport(app, prefecture, 'confirm', first.id), await actOnImport(app, prefecture, 'confirm', second.id)];
    await Promise.all(operations.map((id) => jobs(app).apply(id)));
    expect(await paidCents()).toBe(3000n);
    const statuses = [countsOf(await readImport(app, prefecture, first.id)), countsOf(await readImport(app, prefecture, second.id))];
    expect(statuses).toEqual(expect.arrayContaining([{ applied: 2 }, { 'already-applied': 2 }]));
    expect(countsOf(await preview(...rows))).toEqual({ 'already-applied': 2 });
  });

  test('the database itself refuses a row paid twice', async () => {
    const read = await preview(payment('10', { dp: '5001' }));
    await applied(app, prefecture, read.id);
    const [row] = await app.query<{ id: string }>('SELECT payment_id AS id FROM chorus_rows WHERE import_id = $1', [read.id]);
    const copy = app.query(
      `INSERT INTO chorus_rows (id, import_id, sheet, row_number, ej, ej_item, dp, dp_item, year, siret, supplier, amount_cents, paid_on, status,
         funding_line_id, payment_id)
       SELECT $2, import_id, sheet, 99, ej, ej_item, dp, dp_item, year, siret, supplier, amount_cents, paid_on, status, funding_line_id, NULL
       FROM chorus_rows WHERE payment_id = $1`,
      [row!.id, newId()],
    );
    await expect(copy).rejects.toThrow(/chorus_rows/);
  });

  test('what its line no longer allows is left aside with its reason, and the rest is paid', async () => {
    const other = await aLineWithEj(app, { prefecture });
    const read = await preview(payment('2000'), payment('500', { siret: other.siret, ej: other.ej }));
    await app.http
      .post(`/v1/funding-lines/${line.id}/payments`)
      .set(prefecture.auth)
      .send({ amountCents: 150_000, paidOn: parisDay(app.clock.now()), reference: 'À la main' })
      .expect(201);
    expect(countsOf(await applied(app, prefecture, read.id))).toEqual({ applied: 1, refused: 1 });
    const [refused] = await rowsOf(app, prefecture, read.id, 'refused');
    expect(refused).toMatchObject({
      fundingLineId: null,
      suggestedFundingLineIds: [line.id],
      reason: expect.stringMatching(/reste.*à payer/),
    });
    expect([await paidCents(), await paidCents(other.id)]).toEqual([150_000n, 50_000n]);
  });

  test('what its importer came in conflict with since the preview is left aside, not to be matched again by them', async () => {
    const member = await aPrefecture(app);
    const { id } = await aPreviewedImport(app, member, await anExtraction([payment('10'), payment('20', { ej: 'AUTREEJ001' })]));
    const [, unknown] = await rowsOf(app, member, id);
    await declareConflict(member);
    const resolved = await act(`rows/${unknown!.id}/resolve`, id, { fundingLineId: line.id }, member);
    expect((resolved.body as { code: string }).code).toBe('LINE_OUT_OF_REACH');
    expect(countsOf(await applied(app, member, id))).toEqual({ refused: 1, unknown: 1 });
    expect((await rowsOf(app, member, id, 'refused'))[0]?.reason).toMatch(/en déport/);
    expect(await paidCents()).toBe(0n);
  });

  test('a crash between two batches: what is applied stays, the next run goes on, nothing twice', async () => {
    const read = await preview(...Array.from({ length: 230 }, () => payment('1')));
    const operation = await actOnImport(app, prefecture, 'confirm', read.id);
    await app.query(`CREATE FUNCTION stumble() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'stumbled'; END $$`);
    await app.query(
      `CREATE TRIGGER stumbles BEFORE UPDATE ON funding_lines FOR EACH ROW WHEN (NEW.paid_cents > 20000) EXECUTE FUNCTION stumble()`,
    );
    await expect(jobs(app).apply(operation)).rejects.toThrow(/stumbled/);
    await app.query('DROP FUNCTION stumble() CASCADE');
    expect(await paidCents()).toBe(20_000n);
    expect(await readImport(app, prefecture, read.id)).toMatchObject({ status: 'applying' });
    expect(await moneyFaults(app)).toEqual([]);
    await jobs(app).apply(operation);
    expect(await paidCents()).toBe(23_000n);
    expect(countsOf(await readImport(app, prefecture, read.id))).toEqual({ applied: 230 });
  });

  test('stopped on the way, it can be confirmed again', async () => {
    const read = await preview(payment('10'));
    const operation = await actOnImport(app, prefecture, 'confirm', read.id);
    await app.http.post(`/v1/operations/${operation}/cancel`).set(prefecture.auth).send({}).expect(200);
    await jobs(app).apply(operation);
    expect([await paidCents(), (await readImport(app, prefecture, read.id)).status]).toEqual([0n, 'applying']);
    expect(await applied(app, prefecture, read.id)).toMatchObject({ status: 'applied' });
    expect(await paidCents()).toBe(1000n);
  });
});

describe('resolved by a person', () => {
  const resolve = async (read: ImportBody, rowId: string, body: object) => act(`rows/${rowId}/resolve`, read.id, body);

  test('a suggestion becomes a match, and pays once confirmed', async () => {
    await app.query('UPDATE funding_lines SET ej_number = NULL WHERE id = $1', [line.id]);
    const read = await preview(payment('3000'));
    const [row] = await rowsOf(app, prefecture, read.id, 'ambiguous');
    expect(row).toMatchObject({ fundingLineId: null, suggestedFundingLineIds: [line.id] });
    expect((await act('confirm', read.id, {})).body.code).toBe('NOTHING_TO_APPLY');
    const answer = await resolve(read, row!.id, { fundingLineId: line.id });
    expect(answer.body).toMatchObject({ status: 'matched', fundingLineId: line.id, version: read.version + 1 });
    await applied(app, prefecture, read.id);
    expect(await paidRow(app, line.id)).toMatchObject({ state: 'paid', paidCents: 300_000n });
  });

  test('two lines under one EJ: the one that is named', async () => {
    const twin = await aLineWithEj(app, { prefecture, applicant: line.dossier, ejNumber: line.ej });
    const read = await preview(payment('10'));
    const [row] = await rowsOf(app, prefecture, read.id, 'ambiguous');
    expect(row?.suggestedFundingLineIds.toSorted()).toEqual([line.id, twin.id].toSorted());
    await resolve(read, row!.id, { fundingLineId: twin.id });
    await applied(app, prefecture, read.id);
    expect([await paidCents(), await paidCents(twin.id)]).toEqual([0n, 1000n]);
  });

  test('a row left aside is not applied, until it is taken back', async () => {
    const read = await preview(payment('10'), payment('20'));
    const [first] = await rowsOf(app, prefecture, read.id);
    expect((await resolve(read, first!.id, { ignore: true })).body).toMatchObject({ status: 'ignored', fundingLineId: null });
    expect(countsOf(await applied(app, prefecture, read.id))).toEqual({ applied: 1, ignored: 1 });
    await resolve(read, first!.id, { fundingLineId: line.id });
    await applied(app, prefecture, read.id);
    expect(await paidCents()).toBe(3000n);
    expect((await resolve(read, first!.id, { ignore: true })).body.code).toBe('CHORUS_ROW_NOT_OPEN');
  });

  test('never to another organisation’s line, nor out of the perimeter, nor without saying which', async () => {
    const [other, read] = [await aLineWithEj(app, { prefecture }), await preview(payment('10', { ej: 'AUTREEJ001' }), payment('0'))];
    const [unknown, unreadable] = await rowsOf(app, prefecture, read.id);
    expect((await resolve(read, unknown!.id, { fundingLineId: other.id })).body.code).toBe('LINE_OUT_OF_REACH');
    expect((await resolve(read, unknown!.id, { fundingLineId: newId() })).body.code).toBe('LINE_OUT_OF_REACH');
    expect((await resolve(read, unknown!.id, {})).body.code).toBe('RESOLUTION_UNCLEAR');
    expect((await resolve(read, unknown!.id, { fundingLineId: line.id, ignore: true })).body.code).toBe('RESOLUTION_UNCLEAR');
    expect((await resolve(read, unreadable!.id, { fundingLineId: line.id })).body.code).toBe('CHORUS_ROW_NOT_OPEN');
    expect((await resolve(read, newId(), { ignore: true })).status).toBe(404);
  });
});

describe('reversed', () => {
  test('whole, by movements the other way: the line and its envelope are as before, and the file can be imported again', async () => {
    const rows = [payment('1000', { dp: '6001' }), payment('2000', { dp: '6002' })];
    const read = await preview(...rows);
    await applied(app, prefecture, read.id);
    expect(await paidRow(app, line.id)).toMatchObject({ state: 'paid' });
    const after = await reversed(app, prefecture, read.id);
    expect(after).toMatchObject({ status: 'reversed', reversalReason: 'Mauvais fichier', failure: null });
    expect(countsOf(after)).toEqual({ reversed: 2 });
    expect(await paidRow(app, line.id)).toMatchObject({ state: 'notified', paidCents: 0n });
    expect((await ledgerOf(app, line.envelopeId)).slice(-4)).toEqual(['pay 100000', 'pay 200000', 'recover 100000', 'recover 200000']);
    const again = await preview(...rows);
    expect(countsOf(again)).toEqual({ matched: 2 });
    await applied(app, prefecture, again.id);
    expect(await paidCents()).toBe(300_000n);
    expect((await act('reverse', read.id, { reason: 'Encore' })).body.code).toBe('ACT_NOT_ALLOWED');
  });

  test('but what was reversed by hand, which is not reversed twice', async () => {
    const read = await preview(payment('10'), payment('20'));
    await applied(app, prefecture, read.id);
    const { body } = await app.http.get(`/v1/funding-lines/${line.id}/payments`).set(prefecture.auth);
    const { version, payments } = body as { version: number; payments: { id: string }[] };
    expect((await reversePayment(app, prefecture, payments[0]!.id, version)).status).toBe(200);
    expect(countsOf(await readImport(app, prefecture, read.id))).toEqual({ applied: 1, reversed: 1 });
    expect(await reversed(app, prefecture, read.id)).toMatchObject({ status: 'reversed' });
    expect(await paidCents()).toBe(0n);
  });

  test('but what its line no longer lets go: it stays paid, and is said', async () => {
    const other = await aLineWithEj(app, { prefecture });
    const read = await preview(payment('10'), payment('20', { siret: other.siret, ej: other.ej }));
    await applied(app, prefecture, read.id);
    await app.query(`UPDATE funding_lines SET state = 'not-carried-out' WHERE id = $1`, [line.id]);
    const after = await reversed(app, prefecture, read.id);
    expect(after).toMatchObject({ status: 'applied', failure: expect.stringMatching(/^1 ligne/) });
    expect(countsOf(after)).toEqual({ applied: 1, reversed: 1 });
    expect([await paidCents(), await paidCents(other.id)]).toEqual([1000n, 0n]);
    expect((await rowsOf(app, prefecture, read.id, 'applied'))[0]?.reason).toMatch(/n'est pas possible/);
  });

  test('but what who reverses it is by then in conflict with', async () => {
    const member = await aPrefecture(app);
    const { id } = await aPreviewedImport(app, member, await anExtraction([payment('10')]));
    await applied(app, member, id);
    await declareConflict(member);
    expect(await reversed(app, member, id)).toMatchObject({ status: 'applied', failure: expect.stringMatching(/^1 ligne/) });
    expect((await rowsOf(app, member, id, 'applied'))[0]?.reason).toMatch(/en déport/);
    expect(await paidCents()).toBe(1000n);
  });

  test('while it is being applied: the application stops', async () => {
    const read = await preview(payment('10'));
    const application = await actOnImport(app, prefecture, 'confirm', read.id);
    const reversal = await actOnImport(app, prefecture, 'reverse', read.id);
    await jobs(app).apply(application);
    await jobs(app).reverse(reversal);
    expect(await readImport(app, prefecture, read.id)).toMatchObject({ status: 'reversed' });
    // Nothing was paid, rather than paid and recovered.
    expect((await ledgerOf(app, line.envelopeId)).filter((movement) => /^(pay|recover) /.test(movement))).toEqual([]);
  });
});

test('through the queue, from the file to the payments', async () => {
  const working = await startApp({ works: true });
  try {
    const by = await aPrefecture(working);
    const payable = await aLineWithEj(working, { prefecture: by });
    const content = await anExtraction([
      chorusCells({ siret: payable.siret, ej: payable.ej, year: payable.year, amount: '1 000,00', paidOn: { n: serial } }),
    ]);
    const { importId } = await askImport(working, by, content);
    await waitFor('the preview', async () => (await readImport(working, by, importId)).status === 'previewed');
    await actOnImport(working, by, 'confirm', importId);
    await waitFor('the payments', async () => (await readImport(working, by, importId)).status === 'applied');
    expect(await paidRow(working, payable.id)).toMatchObject({ state: 'partly-paid', paidCents: 100_000n });
    await actOnImport(working, by, 'reverse', importId);
    await waitFor('the reversal', async () => (await readImport(working, by, importId)).status === 'reversed');
    expect(await moneyFaults(working)).toEqual([]);
  } finally {
    await working.close();
  }
});
