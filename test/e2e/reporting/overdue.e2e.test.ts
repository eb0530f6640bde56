import { reportDueOn } from '../../../src/modules/reporting/domain/due-date.js';
import { BlockOverdueReports, REPORT_INVARIANTS } from '../../../src/modules/reporting/index.js';
import { QueueRuntime } from '../../../src/platform/outbox/index.js';
import { anOpenCall, aDossier, DECLARATIONS } from '../../builders/dossiers.js';
import { aPrefecture, lineRow } from '../../builders/funding.js';
import { aPerson, GRANTS, type Person } from '../../builders/people.js';
import {
  actOnReport,
  aCompleteReport,
  aGrantedAction,
  aSubmittedReport,
  later,
  review,
  type GrantedAction,
} from '../../builders/reporting.js';
import { auditOf } from '../../builders/traces.js';
import { startApp, type TestApp } from '../../setup/app.js';

interface DueBody {
  readonly dueOn: string;
  readonly overdue: boolean;
  readonly report: { readonly status: string } | null;
  readonly block: { readonly id: string; readonly version: number; readonly sentence: string } | null;
}

let app: TestApp;
let action: GrantedAction;
let prefecture: Person;
beforeAll(async () => {
  app = await startApp();
});
beforeEach(async () => {
  await app.reset();
  app.clock.freeze('2026-11-20T09:00:00Z');
  action = await aGrantedAction(app);
  prefecture = await aPrefecture(app);
});
afterEach(async () => {
  for (const { name, faults } of REPORT_INVARIANTS) expect([name, await app.query(faults)]).toEqual([name, []]);
});
afterAll(() => app.close());

const at = (instant: string) => later(app, instant, action.editor, action.signatory, prefecture);
const mark = () => app.app.get(BlockOverdueReports).execute();
const dueOf = async (of = action): Promise<DueBody[]> => {
  const { body } = await app.http.get(`/v1/organisations/${of.organisationId}/reports-due`).set(of.editor.auth).expect(200);
  return (body as { data: DueBody[] }).data;
};
const lift = (by: Person, block: DueBody['block'], version = block?.version ?? 0) =>
  app.http
    .post(`/v1/organisation-blocks/${block?.id ?? ''}/lift`)
    .set(by.auth)
    .set('If-Match', `"${version}"`)
    .send({ reason: 'Le bilan est attendu cette semaine' });
const codeOf = ({ status, body }: { status: number; body: unknown }) => [status, (body as { code?: string }).code];
const create = async () => {
  const call = await anOpenCall(app);
  const body = { callId: call.id, organisationId: action.organisationId, title: 'Un autre' };
  return app.http.post('/v1/dossiers').set(action.editor.auth).send(body);
};

test('due on 30 June after the year; late the day after, in Paris', async () => {
  const lines = [expect.objectContaining({ id: action.line['P147-94'], version: 2, status: 'notified' })];
  expect(await dueOf()).toEqual([
    expect.objectContaining({ dueOn: '2028-06-30', overdue: false, fundingLines: lines, report: null, block: null }),
  ]);
  await at('2028-06-30T21:59:00Z');
  expect(await mark()).toBe(0);
  await at('2028-06-30T22:01:00Z');
  expect(await mark()).toBe(1);
  expect(await lineRow(app, action.line['P147-94'] ?? '')).toMatchObject({ state: 'to-justify' });
  const [due] = await dueOf();
  expect(due).toMatchObject({ overdue: true, block: { version: 1 } });
  expect(due?.block?.sentence).toMatch(
    /^Le bilan 2027 de l’action « Ateliers de pratique du français » \(dossier .*\) était attendu le 30 juin 2028 : déposez-le, ou demandez à son financeur \(.+\) de lever ce blocage\.$/,
  );
  expect(await mark()).toBe(0);
  expect((await auditOf(app, due?.block?.id ?? '')).map(({ act, actorKind }) => [act, actorKind])).toEqual([
    ['organisation-block.put', 'system'],
  ]);
});

test('it forbids to start and to submit a dossier, with the sentence; submitting the report lifts it', async () => {
  const call = await anOpenCall(app, { body: { closesAt: '2028-12-31T00:00:00Z' } });
  const draft = await aDossier(app, { call, applicant: action });
  await at('2028-07-01T09:00:00Z');
  const report = await aCompleteReport(app, action);
  await mark();
  const refused = await create();
  expect(codeOf(refused)).toEqual([409, 'REPORT_OVERDUE']);
  expect((refused.body as { detail: string }).detail).toBe((await dueOf())[0]?.block?.sentence);
  const submit = () =>
    app.http.post(`/v1/dossiers/${draft.id}/submit`).set(draft.signatory.auth).set('If-Match', `"${draft.version}"`).send(DECLARATIONS);
  expect(codeOf(await submit())).toEqual([409, 'REPORT_OVERDUE']);

  expect((await actOnReport(app, action.signatory, report, 'submit', { exactness: true })).status).toBe(200);
  expect(await dueOf()).toEqual([]);
  expect((await submit()).status).toBe(200);
  expect((await create()).status).toBe(201);
  expect(await mark()).toBe(0);
});

test('one submitted in time, were it to amend, blocks nobody', async () => {
  const report = await aSubmittedReport(app, action);
  await review(app, prefecture, report, action.line['P147-94'] ?? '', 'ask-amendment', 'Les lieux');
  await at('2029-01-01T09:00:00Z');
  expect(await mark()).toBe(0);
  expect(await dueOf()).toEqual([expect.objectContaining({ overdue: false, report: expect.objectContaining({ status: 'to-amend' }) })]);
});

test('a funder of the action lifts it, once, with a reason; it does not come back', async () => {
  await at('2028-07-01T09:00:00Z');
  await mark();
  const block = (await dueOf())[0]?.block ?? null;
  expect(codeOf(await lift(action.signatory, block))).toEqual([403, 'FORBIDDEN']);
  expect(codeOf(await lift(await aPerson(app, { grants: [GRANTS.coordinator()] }), block))).toEqual([403, 'FORBIDDEN']);
  expect(codeOf(await lift(await aPrefecture(app, '91'), block))).toEqual([404, 'NOT_FOUND']);
  expect(codeOf(await lift(prefecture, block, 7))).toEqual([412, 'STALE_VERSION']);
  const answers = await Promise.all([lift(prefecture, block), lift(await aPrefecture(app), block)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
  expect((await create()).status).toBe(201);
  expect(await mark()).toBe(0);
  expect(await dueOf()).toEqual([expect.objectContaining({ overdue: true, block: null })]);
});

test('nobody lifts it for an organisation they are in conflict with', async () => {
  await at('2028-07-01T09:00:00Z');
  await mark();
  const block = (await dueOf())[0]?.block ?? null;
  const member = await aPrefecture(app);
  await app.http.post('/v1/me/recusals').set(member.auth).send({ organisationId: action.organisationId, reason: 'Un proche' }).expect(201);
  expect(codeOf(await lift(member, block))).toEqual([403, 'RECUSED']);
  expect(codeOf(await create())).toEqual([409, 'REPORT_OVERDUE']);
});

test('several clocks at once put one block', async () => {
  await at('2028-07-01T09:00:00Z');
  const counts = await Promise.all([mark(), mark(), mark()]);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1);
});

test('the clock and the signatory at once: once the report is submitted nothing blocks', async () => {
  await at('2028-07-01T09:00:00Z');
  const report = await aCompleteReport(app, action);
  const [submitted] = await Promise.all([actOnReport(app, action.signatory, report, 'submit', { exactness: true }), mark(), mark()]);
  expect(submitted.status).toBe(200);
  expect(await dueOf()).toEqual([]);
  expect(await app.query('SELECT id FROM organisation_blocks WHERE lifted_at IS NULL')).toEqual([]);
});

test('a block that nothing explains any more goes by itself', async () => {
  await at('2028-07-01T09:00:00Z');
  await mark();
  await app.query(`UPDATE calls SET report_due_on = '2028-09-30' WHERE id = $1`, [action.call.id]);
  await mark();
  expect(await dueOf()).toEqual([expect.objectContaining({ dueOn: '2028-09-30', overdue: false, block: null })]);
  await at('2028-10-01T09:00:00Z');
  expect(await mark()).toBe(1);
});

test('an action declared not carried out owes no report any more', async () => {
  await at('2028-07-01T09:00:00Z');
  await mark();
  const { version } = await lineRow(app, action.line['P147-94'] ?? '');
  await app.http
    .post(`/v1/funding-lines/${action.line['P147-94'] ?? ''}/declare-not-carried-out`)
    .set(action.signatory.auth)
    .set('If-Match', `"${version}"`)
    .send({ reason: 'Abandonnée' })
    .expect(200);
  expect(await dueOf()).toEqual([]);
  expect((await create()).status).toBe(201);
});

test('those who wait for reports see those of their perimeter, filtered', async () => {
  const due = async (by: Person, query = '') => {
    const { body } = await app.http.get(`/v1/reports/due?${query}`).set(by.auth).expect(200);
    return (body as { data: { actionId: string }[] }).data.map(({ actionId }) => actionId);
  };
  expect(await due(prefecture)).toEqual([action.actionId]);
  expect(await due(prefecture, `year=2027&overdue=false&funderId=${action.lines[0]?.funderId ?? ''}`)).toEqual([action.actionId]);
  expect(await due(prefecture, 'overdue=true')).toEqual([]);
  expect(await due(prefecture, 'year=2028')).toEqual([]);
  expect(await due(await aPrefecture(app, '91'))).toEqual([]);
  expect(await due(action.editor)).toEqual([]);
});

test('the due day in SQL is the one of the rule', async () => {
  // A line that holds credit keeps its year: only a test moves it.
  const [line] = await app.query<{ year: number }>('SELECT year FROM funding_lines WHERE action_id = $1', [action.actionId]);
  await app.query('ALTER TABLE funding_lines DISABLE TRIGGER USER');
  const cases = [null, '2028-03-31', '2028-02-29', '2028-06-30'];
  for (const said of cases) {
    await app.query('UPDATE calls SET report_due_on = $2 WHERE id = $1', [action.call.id, said]);
    for (const year of [2027, 2028, 2029, 2031]) {
      await app.query('UPDATE funding_lines SET year = $2 WHERE action_id = $1', [action.actionId, year]);
      expect((await dueOf())[0]?.dueOn).toBe(reportDueOn(year, { callYear: 2027, reportDueOn: said }));
    }
  }
  await app.query('UPDATE funding_lines SET year = $2 WHERE action_id = $1', [action.actionId, line?.year]);
  await app.query('ALTER TABLE funding_lines ENABLE TRIGGER USER');
});

test('a clock of its own runs it', async () => {
  await at('2028-07-01T09:00:00Z');
  const runtime = app.app.get(QueueRuntime);
  expect(runtime.scheduler.types()).toContain('clock.block-overdue-reports');
  const route = runtime.registry.route('clock.block-overdue-reports');
  if (route === undefined || route === 'ignored') throw new Error('nobody handles the clock');
  await route.handle([{ id: 'block-overdue-reports', type: 'clock.block-overdue-reports', payload: {}, attempt: 1 }]);
  expect((await dueOf())[0]?.block).not.toBeNull();
});
