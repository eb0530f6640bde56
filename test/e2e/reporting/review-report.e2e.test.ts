import { ledgerFaults } from '../../../src/modules/funding/index.js';
import { REPORT_INVARIANTS } from '../../../src/modules/reporting/index.js';
import { aDelegate, aPrefecture, decide, lineRow } from '../../builders/funding.js';
import { aPerson, GRANTS, type Person } from '../../builders/people.js';
import { holding, waiting } from '../../builders/races.js';
import {
  actOnReport,
  aCompleteReport,
  aGrantedAction,
  aReport,
  aSubmittedReport,
  putInState,
  review,
  write,
  type GrantedAction,
  type ReportBody,
} from '../../builders/reporting.js';
import { auditOf } from '../../builders/traces.js';
import { startApp, type TestApp } from '../../setup/app.js';

const FUNDERS = [
  { code: 'P147-94', cents: 500_000 },
  { code: 'CD94', cents: 300_000 },
] as const;
let app: TestApp;
let prefecture: Person;
let cd94: Person;
let action: GrantedAction;
beforeAll(async () => {
  app = await startApp();
  prefecture = await aPrefecture(app);
  cd94 = await aPerson(app, { grants: [GRANTS.partnerOf('CD94')] });
});
beforeEach(async () => {
  action = await aGrantedAction(app, { funders: FUNDERS, paidCents: 300_000, state: 'partly-paid' });
});
afterAll(async () => {
  expect(await ledgerFaults(app.query)).toEqual([]);
  for (const { name, faults } of REPORT_INVARIANTS) expect([name, await app.query(faults)]).toEqual([name, []]);
  await app.close();
});

const lineOf = (code: string): string => action.line[code] ?? 'none';
const states = async () => [(await lineRow(app, lineOf('P147-94'))).state, (await lineRow(app, lineOf('CD94'))).state];
const codeOf = ({ status, body }: { status: number; body: unknown }) => [status, (body as { code?: string }).code];
const submit = (by: Person, report: ReportBody, version = report.version) =>
  actOnReport(app, by, report, 'submit', { exactness: true }, version);
const judge = (by: Person, report: ReportBody, fundingLineId: string, decision = 'accept', version = report.version) =>
  actOnReport(app, by, report, 'reviews', { fundingLineId, decision, reason: 'Les lieux manquent' }, version);

describe('submitting', () => {
  test('a signatory attests it; every notified line waits for its funder', async () => {
    const report = await aSubmittedReport(app, action);
    expect(report).toMatchObject({ status: 'submitted', violations: [], attestedHash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(await states()).toEqual(['report-submitted', 'report-submitted']);
    expect((await auditOf(app, report.id)).at(-1)).toMatchObject({
      act: 'report.submitted',
      after: { state: 'submitted', hash: report.attestedHash },
    });
    expect((await auditOf(app, lineOf('CD94'))).at(-1)).toMatchObject({
      act: 'funding-line.report-submitted',
      before: { state: 'partly-paid' },
      after: { state: 'report-submitted' },
    });
    const [kept] = await app.query<{ content: { rows: unknown[] } }>('SELECT content FROM report_snapshots WHERE report_id = $1', [
      report.id,
    ]);
    expect(kept?.content.rows).toHaveLength(4);
    expect((await app.http.get(`/v1/reports/${report.id}`).set(cd94.auth)).status).toBe(200);
  });

  test('not by who only writes, not without the attestation, not on another version, not incomplete', async () => {
    const report = await aCompleteReport(app, action);
    expect(codeOf(await submit(action.editor, report))).toEqual([403, 'FORBIDDEN']);
    expect(codeOf(await submit(prefecture, report))).toEqual([404, 'NOT_FOUND']);
    expect(codeOf(await actOnReport(app, action.signatory, report, 'submit', { exactness: false }))).toEqual([
      422,
      'ATTESTATION_INCOMPLETE',
    ]);
    expect(codeOf(await submit(action.signatory, report, report.version - 1))).toEqual([412, 'STALE_VERSION']);
    const incomplete = (await write(app, action.editor, report, { carriedOut: '', beneficiaries: null })).body as ReportBody;
    const { body } = await submit(action.signatory, incomplete);
    expect(body).toMatchObject({ status: 409, code: 'REPORT_INCOMPLETE' });
    expect((body as { errors: { code: string }[] }).errors.map(({ code }) => code)).toEqual([
      'CARRIED_OUT_MISSING',
      'BENEFICIARIES_MISSING',
    ]);
    expect(await states()).toEqual(['partly-paid', 'partly-paid']);
  });

  test('twice at once is once', async () => {
    const report = await aCompleteReport(app, action);
    const answers = await Promise.all([submit(action.signatory, report), submit(action.signatory, report)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
    const [{ count } = { count: 0 }] = await app.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM report_snapshots WHERE report_id = $1',
      [report.id],
    );
    expect(count).toBe(1);
  });

  test('what is written meanwhile waits, and comes too late: what stands is what was attested', async () => {
    const report = await aCompleteReport(app, action);
    // Stopped by a line that someone else decides on, once the report was read and hashed.
    const release = await holding(app, 'funding_lines', lineOf('CD94'));
    const submitted = submit(action.signatory, report).then(codeOf);
    await waiting(app, 1);
    const written = write(app, action.editor, report, { carriedOut: 'Autre chose' }).then(codeOf);
    await Promise.race([written, waiting(app, 2)]);
    await release();
    expect(await submitted).toEqual([200, undefined]);
    expect(await written).toEqual([412, 'STALE_VERSION']);
    const [kept] = await app.query<{ same: boolean }>(
      `SELECT s.content ->> 'carriedOut' = r.content ->> 'carriedOut' AS same
       FROM reports r JOIN report_snapshots s ON s.report_id = r.id WHERE r.id = $1`,
      [report.id],
    );
    expect(kept).toEqual({ same: true });
  });

  test('not before a grant is notified; one notified later is judged on it all the same', async () => {
    const early = await aGrantedAction(app, { funders: FUNDERS, state: 'announced' });
    const written = await aCompleteReport(app, early);
    expect(codeOf(await submit(early.signatory, written))).toEqual([409, 'NOTHING_TO_JUSTIFY']);
    await putInState(app, early.line['CD94'] ?? '', { state: 'notified', grantedCents: 300_000, by: early.signatory.id });
    const submitted = (await submit(early.signatory, written)).body as ReportBody;
    expect(submitted).toMatchObject({ status: 'submitted' });
    expect(await lineRow(app, early.line['P147-94'] ?? '')).toMatchObject({ state: 'announced' });
    const accepted = await review(app, cd94, submitted, early.line['CD94'] ?? '');
    expect(accepted.status).toBe('accepted');
    await app.query(`UPDATE funding_lines SET state = 'notified', notified_at = now() WHERE id = $1`, [early.line['P147-94']]);
    expect(await review(app, prefecture, accepted, early.line['P147-94'] ?? '')).toMatchObject({ status: 'accepted' });
    expect(await lineRow(app, early.line['P147-94'] ?? '')).toMatchObject({ state: 'justified' });
  });
});

describe('reviewing', () => {
  let report: ReportBody;
  beforeEach(async () => {
    report = await aSubmittedReport(app, action, { percent: 80 });
  });

  test('each funder for its line; the last acceptance accepts the report', async () => {
    const half = await review(app, prefecture, report, lineOf('P147-94'));
    expect(half).toMatchObject({ status: 'submitted', version: report.version + 1 });
    expect(await states()).toEqual(['justified', 'report-submitted']);
    expect(await review(app, cd94, half, lineOf('CD94'))).toMatchObject({ status: 'accepted' });
    expect(await states()).toEqual(['justified', 'justified']);
  });

  test('a final report proposes what is unspent, to its funders and not to the organisation', async () => {
    const { fundingLines } = await review(app, prefecture, report, lineOf('P147-94'));
    // 500,000 granted, four fifths realised: 400,000 earned. 300,000 paid: nothing to repay.
    expect(fundingLines.find(({ id }) => id === lineOf('P147-94'))).toMatchObject({
      status: 'justified',
      proposal: { earnedCents: 400_000, unspentCents: 0, overFinancingCents: 0, repaymentCents: 0 },
    });
    const after = await review(app, cd94, { ...report, version: report.version + 1 }, lineOf('CD94'));
    expect(after.fundingLines.find(({ id }) => id === lineOf('CD94'))?.proposal).toEqual({
      earnedCents: 240_000,
      unspentCents: 60_000,
      overFinancingCents: 0,
      repaymentCents: 60_000,
    });
    const { body } = await app.http.get(`/v1/reports/${report.id}`).set(action.editor.auth).expect(200);
    expect((body as ReportBody).fundingLines.map(({ proposal }) => proposal)).toEqual([null, null]);
    expect((body as ReportBody).fundingLines.map(({ review: said }) => said?.decision)).toEqual(['accept', 'accept']);
  });

  test('one that is amended comes back to who asked; what others accepted stands', async () => {
    const half = await review(app, cd94, report, lineOf('CD94'));
    const toAmend = await review(app, prefecture, half, lineOf('P147-94'), 'ask-amendment', 'Les lieux manquent');
    expect(toAmend).toMatchObject({ status: 'to-amend' });
    expect(await states()).toEqual(['to-amend', 'justified']);
    const read = (await app.http.get(`/v1/reports/${report.id}`).set(action.editor.auth)).body as ReportBody;
    expect(read.fundingLines.find(({ id }) => id === lineOf('P147-94'))?.review).toMatchObject({
      decision: 'ask-amendment',
      reason: 'Les lieux manquent',
    });
    expect(codeOf(await judge(prefecture, toAmend, lineOf('P147-94')))).toEqual([409, 'ACT_NOT_ALLOWED']);
    const amended = (await write(app, action.editor, toAmend, { places: ['Maison de quartier'] })).body as ReportBody;
    expect(amended).toMatchObject({ status: 'to-amend', attestedHash: null });
    const filed = (await app.http.get(`/v1/reports/${report.id}`).set(prefecture.auth).expect(200)).body as ReportBody & {
      places: string[];
    };
    expect(filed).toMatchObject({
      status: 'to-amend',
      places: ['Centre social Gagarine'],
      charges: report.charges,
      products: report.products,
    });
    const again = (await submit(action.signatory, amended)).body as ReportBody;
    expect(again.status).toBe('submitted');
    expect(await states()).toEqual(['report-submitted', 'justified']);
    expect(await review(app, prefecture, again, lineOf('P147-94'))).toMatchObject({ status: 'accepted' });
  });

  test('two reviews at once: one is told to read again, and no line is justified twice', async () => {
    const answers = await Promise.all([judge(prefecture, report, lineOf('P147-94')), judge(cd94, report, lineOf('CD94'))]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
    const twice = await Promise.all([
      judge(cd94, report, lineOf('CD94'), 'accept', report.version + 1),
      judge(cd94, report, lineOf('CD94'), 'accept', report.version + 1),
    ]);
    expect(twice.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1);
    const [{ most } = { most: 0 }] = await app.query<{ most: number }>(
      `SELECT coalesce(max(n), 0)::int AS most FROM (SELECT count(*) AS n FROM report_reviews WHERE report_id = $1 GROUP BY funding_line_id) c`,
      [report.id],
    );
    expect(most).toBe(1);
  });

  test('an amendment is asked with its reason; nothing is judged of a draft, nor written of what is judged', async () => {
    const bare = await actOnReport(app, prefecture, report, 'reviews', { fundingLineId: lineOf('P147-94'), decision: 'ask-amendment' });
    expect(codeOf(bare)).toEqual([422, 'REASON_REQUIRED']);
    expect(codeOf(await write(app, action.editor, report, { carriedOut: 'Autre chose' }))).toEqual([409, 'ACT_NOT_ALLOWED']);
    const draft = await aReport(app, await aGrantedAction(app));
    expect(codeOf(await judge(prefecture, draft, lineOf('P147-94')))).toEqual([404, 'NOT_FOUND']);
    expect(codeOf(await judge(prefecture, report, draft.id))).toEqual([422, 'NOT_A_LINE_OF_REPORT']);
  });

  test('by who decides for that funder, and no other', async () => {
    const p147 = lineOf('P147-94');
    expect(codeOf(await judge(cd94, report, p147))).toEqual([403, 'FORBIDDEN']);
    expect(codeOf(await judge(prefecture, report, lineOf('CD94')))).toEqual([403, 'FORBIDDEN']);
    expect(codeOf(await judge(action.signatory, report, p147))).toEqual([403, 'FORBIDDEN']);
    expect(codeOf(await judge(await aPrefecture(app, '91'), report, p147))).toEqual([404, 'NOT_FOUND']);
    expect(codeOf(await judge(await aDelegate(app, 'S'), report, p147))).toEqual([404, 'NOT_FOUND']);
    expect(codeOf(await judge(await aPerson(app, { grants: [GRANTS.coordinator()] }), report, p147))).toEqual([403, 'FORBIDDEN']);
    expect((await judge(await aDelegate(app), report, p147)).status).toBe(200);
  });

  test('not by who is in conflict with the organisation', async () => {
    const member = await aPrefecture(app);
    await app.http
      .post('/v1/me/recusals')
      .set(member.auth)
      .send({ organisationId: action.organisationId, reason: 'Ma sœur la préside' })
      .expect(201);
    expect(codeOf(await judge(member, report, lineOf('P147-94')))).toEqual([403, 'RECUSED']);
  });
});

test('an interim report of an action that goes on is accepted as another; what it leaves unspent is said, and nothing stops the line from closing', async () => {
  const long = await aGrantedAction(app, { state: 'paid', paidCents: 500_000 });
  await app.query('UPDATE actions SET multi_year = true, ends_on = ends_on + 365 WHERE id = $1', [long.actionId]);
  const report = await aSubmittedReport(app, long, { kind: 'interim', percent: 80 });
  const lineId = long.line['P147-94'] ?? '';
  const accepted = await review(app, prefecture, report, lineId);
  expect(accepted).toMatchObject({ kind: 'interim', status: 'accepted', fundingLines: [{ proposal: { unspentCents: 100_000 } }] });
  expect((await decide(app, prefecture, lineId, 'close', {})).body).toMatchObject({ status: 'closed', paidCents: 500_000 });
});
