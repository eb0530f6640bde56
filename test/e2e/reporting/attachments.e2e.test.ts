import { REPORT_INVARIANTS } from '../../../src/modules/reporting/index.js';
import { A_PDF, anUploadedFile } from '../../builders/files.js';
import { aPrefecture } from '../../builders/funding.js';
import type { Person } from '../../builders/people.js';
import { actOnReport, aCompleteReport, aGrantedAction, review, type GrantedAction, type ReportBody } from '../../builders/reporting.js';
import { auditOf } from '../../builders/traces.js';
import { startApp, type TestApp } from '../../setup/app.js';

type WithFiles = ReportBody & { readonly attachments: readonly { id: string; label: string; name: string; sha256: string }[] };
let app: TestApp;
let prefecture: Person;
let action: GrantedAction;
beforeAll(async () => {
  app = await startApp();
  prefecture = await aPrefecture(app);
});
beforeEach(async () => {
  action = await aGrantedAction(app, { paidCents: 100_000, state: 'partly-paid' });
});
afterAll(async () => {
  for (const { name, faults } of REPORT_INVARIANTS) expect([name, await app.query(faults)]).toEqual([name, []]);
  await app.close();
});

const aFile = (by = action.editor, purpose = 'report-attachment') => anUploadedFile(app, by, { purpose, name: 'photos.pdf' });
const attach = async (report: ReportBody, fileId: string, by = action.editor) =>
  actOnReport(app, by, report, 'attachments', { fileId, label: 'Photos des ateliers' });
const attached = async (report: ReportBody): Promise<WithFiles> => {
  const { status, body } = await attach(report, await aFile());
  if (status !== 201) throw new Error(`not attached: ${JSON.stringify(body)}`);
  return body as WithFiles;
};
const detach = (by: Person, report: ReportBody, id: string) =>
  app.http.delete(`/v1/reports/${report.id}/attachments/${id}`).set(by.auth).set('If-Match', `"${report.version}"`);
const link = (by: Person, report: ReportBody, id: string) => app.http.get(`/v1/reports/${report.id}/attachments/${id}/link`).set(by.auth);
const read = async (by: Person, { id }: ReportBody) => (await app.http.get(`/v1/reports/${id}`).set(by.auth).expect(200)).body as WithFiles;
const codeOf = ({ status, body }: { status: number; body: unknown }) => [status, (body as { code?: string }).code];
const submit = async (report: ReportBody): Promise<WithFiles> => {
  const { status, body } = await actOnReport(app, action.signatory, report, 'submit', { exactness: true });
  if (status !== 200) throw new Error(`not submitted: ${JSON.stringify(body)}`);
  return body as WithFiles;
};

test('the organisation attaches a file; its content is attested, and read by who reads the report', async () => {
  const report = await attached(await aCompleteReport(app, action));
  const [file] = report.attachments;
  expect(file).toMatchObject({ label: 'Photos des ateliers', name: 'photos.pdf', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
  const id = file?.id ?? '';
  expect((await auditOf(app, report.id)).at(-1)).toMatchObject({ act: 'report.edited', after: { attachments: [{ id }] } });
  expect(codeOf(await link(prefecture, report, id))).toEqual([404, 'NOT_FOUND']);
  const filed = await submit(report);
  const [kept] = await app.query<{ content: object }>('SELECT content FROM report_snapshots WHERE report_id = $1', [report.id]);
  expect(kept?.content).toMatchObject({ attachments: [{ id, sha256: file?.sha256 }] });
  const { url } = (await link(prefecture, filed, id).expect(200)).body as { url: string };
  const { pathname, search } = new URL(url);
  expect((await app.http.get(`${pathname}${search}`).expect(200)).headers['content-length']).toBe(String(A_PDF.length));
  expect(codeOf(await attach(filed, await aFile()))).toEqual([409, 'ACT_NOT_ALLOWED']);
  expect(codeOf(await detach(action.editor, filed, id))).toEqual([409, 'ACT_NOT_ALLOWED']);
});

test('while it is amended, its funders read the files that were attested', async () => {
  const filed = await submit(await attached(await aCompleteReport(app, action)));
  const [old] = filed.attachments;
  const { version } = await review(app, prefecture, filed, action.line['P147-94'] ?? '', 'ask-amendment', 'Une autre photo');
  expect((await detach(action.editor, { ...filed, version }, old?.id ?? '')).status).toBe(204);
  const replaced = await attached({ ...filed, version: version + 1 });
  expect((await read(prefecture, filed)).attachments).toEqual([old]);
  expect((await link(prefecture, filed, old?.id ?? '')).status).toBe(200);
  expect((await link(action.editor, filed, old?.id ?? '')).status).toBe(404);
  const again = await submit(replaced);
  expect(again.attestedHash).not.toBe(filed.attestedHash);
  expect((await read(prefecture, filed)).attachments).toEqual(replaced.attachments);
});

test('not a file of someone else, of another use, used already, nor an eleventh', async () => {
  let report = await aCompleteReport(app, action);
  expect(codeOf(await attach(report, await aFile(action.signatory)))).toEqual([422, 'FILE_UNKNOWN']);
  expect(codeOf(await attach(report, await aFile(action.editor, 'signed-act')))).toEqual([422, 'FILE_OF_ANOTHER_PURPOSE']);
  const fileId = await aFile();
  report = (await attach(report, fileId)).body as WithFiles;
  expect(codeOf(await attach(report, fileId))).toEqual([409, 'FILE_ALREADY_USED']);
  for (let rank = 2; rank <= 10; rank++) report = await attached(report);
  expect(codeOf(await attach(report, await aFile()))).toEqual([409, 'TOO_MANY_ATTACHMENTS']);
  expect((await read(action.editor, report)).attachments).toHaveLength(10);
  expect(codeOf(await attach({ ...report, version: report.version - 1 }, await aFile()))).toEqual([412, 'STALE_VERSION']);
});
