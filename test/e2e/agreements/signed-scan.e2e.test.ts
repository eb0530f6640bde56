import { actFaults, anActMaker, anAnnouncedLine, aPreparedAct, onAct, signature, today, type ActBody } from '../../builders/acts.js';
import { A_PDF, anUploadedFile } from '../../builders/files.js';
import { lineRow, type SubmittedLine } from '../../builders/funding.js';
import type { Person } from '../../builders/people.js';
import { auditOf } from '../../builders/traces.js';
import { startApp, type TestApp } from '../../setup/app.js';

const PNG = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.alloc(2000, 1)]);
let app: TestApp;
let prefecture: Person;
let line: SubmittedLine;
let act: ActBody;
beforeAll(async () => {
  app = await startApp();
  prefecture = await anActMaker(app);
});
beforeEach(async () => {
  line = await anAnnouncedLine(app);
  act = await aPreparedAct(app, prefecture, line);
});
afterEach(async () => expect(await actFaults(app)).toEqual([]));
afterAll(() => app.close());

const scan = (fileId: string, over: object = {}) =>
  signature(app, { method: 'scan', fileId, number: act.number, signatoryName: 'Mme la préfète', ...over });
const signWith = async (body: object) => {
  const { status, body: answer } = await onAct(app, prefecture, act.id, 'sign', body);
  return [status, (answer as { code?: string }).code];
};
const link = (by: Person) => app.http.get(`/v1/acts/${act.id}/signed-scan`).set(by.auth);
const attached = async (fileId: string) => (await app.query('SELECT FROM files WHERE id = $1 AND owner_id IS NOT NULL', [fileId])).length;

test('signed on paper: its copy is kept with it, for whoever reads the act', async () => {
  const fileId = await anUploadedFile(app, prefecture);
  expect((await link(prefecture)).status).toBe(404);
  const { body, status } = await onAct(app, prefecture, act.id, 'sign', scan(fileId));
  expect(status).toBe(200);
  expect(body).toMatchObject({
    ...{ state: 'signed', signatureMethod: 'scan', signatoryName: 'Mme la préfète', signedOn: today(app) },
    signedSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  expect((await lineRow(app, line.id)).state).toBe('signed');
  expect(await app.query('SELECT owner_type, owner_id FROM files WHERE id = $1', [fileId])).toEqual([
    { owner_type: 'act', owner_id: act.id },
  ]);
  expect((await auditOf(app, act.id)).at(-1)).toMatchObject({
    act: 'act.signed',
    after: { signedSha256: (body as { signedSha256: string }).signedSha256 },
  });
  const { url } = (await link(prefecture).expect(200)).body as { url: string };
  const { pathname, search } = new URL(url);
  const copy = await app.http.get(`${pathname}${search}`).buffer(true).expect(200);
  expect([copy.headers['content-type'], copy.headers['content-length']]).toEqual(['application/pdf', String(A_PDF.length)]);

  expect((await link(line.dossier.signatory)).status).toBe(404);
  expect((await onAct(app, prefecture, act.id, 'notify')).status).toBe(200);
  expect((await link(line.dossier.signatory)).status).toBe(200);
});

test('the copy of another act signs nothing, and stays free', async () => {
  const fileId = await anUploadedFile(app, prefecture);
  expect(await signWith(scan(fileId, { number: `${act.number}0` }))).toEqual([422, 'ACT_NUMBER_MISMATCH']);
  expect([await attached(fileId), (await lineRow(app, line.id)).state]).toEqual([0, 'act-generated']);
  expect(await signWith(scan(fileId, { number: ` ${act.number.toLowerCase()}` }))).toEqual([200, undefined]);
});

test('nor a file of someone else, of another use, used already, or that is no PDF', async () => {
  const others = await anUploadedFile(app, await anActMaker(app));
  expect(await signWith(scan(others))).toEqual([422, 'FILE_UNKNOWN']);
  const forReports = await anUploadedFile(app, prefecture, { purpose: 'report-attachment' });
  expect(await signWith(scan(forReports))).toEqual([422, 'FILE_OF_ANOTHER_PURPOSE']);
  const image = await anUploadedFile(app, prefecture, { name: 'acte.png', type: 'image/png', content: PNG });
  expect(await signWith(scan(image))).toEqual([422, 'SCAN_NOT_PDF']);
  const first = await anUploadedFile(app, prefecture);
  expect(await signWith(scan(first, { signedOn: '2099-01-01' }))).toEqual([422, 'DAY_IN_FUTURE']);
  expect(await attached(first)).toBe(0);
  expect(await signWith(scan(first))).toEqual([200, undefined]);
  act = await aPreparedAct(app, prefecture, await anAnnouncedLine(app));
  expect(await signWith(scan(first))).toEqual([409, 'FILE_ALREADY_USED']);
});

test('a scan says all that is read on it, and what is signed here none of it', async () => {
  expect(await signWith(signature(app, { method: 'scan', number: act.number }))).toEqual([422, 'SCAN_INCOMPLETE']);
  expect(await signWith(signature(app, { signatoryName: 'Un autre' }))).toEqual([422, 'ONLY_FOR_SCAN']);
});
