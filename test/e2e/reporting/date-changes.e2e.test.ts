import { BlockOverdueReports } from '../../../src/modules/reporting/index.js';
import { aPrefecture } from '../../builders/funding.js';
import { aPerson, GRANTS, type Person } from '../../builders/people.js';
import { aGrantedAction, aSubmittedReport, later, review, type GrantedAction } from '../../builders/reporting.js';
import { auditOf } from '../../builders/traces.js';
import { startApp, type TestApp } from '../../setup/app.js';

interface ChangeBody {
  readonly id: string;
  readonly version: number;
  readonly status: string;
}

let app: TestApp;
let action: GrantedAction;
let prefecture: Person;
beforeAll(async () => {
  app = await startApp();
  prefecture = await aPrefecture(app);
});
beforeEach(async () => {
  await later(app, '2026-11-20T09:00:00Z', prefecture);
  action = await aGrantedAction(app);
});
afterAll(() => app.close());

const ask = (by: Person, over: object = {}, of = action) =>
  app.http
    .post(`/v1/actions/${of.actionId}/date-changes`)
    .set(by.auth)
    .send({ startsOn: '2027-01-15', endsOn: '2028-03-31', reason: 'Le local est en travaux', ...over });
const answer = (by: Person, change: ChangeBody, body: object, version = change.version) =>
  app.http.post(`/v1/date-changes/${change.id}/decide`).set(by.auth).set('If-Match', `"${version}"`).send(body);
const asked = async (over: object = {}) => (await ask(action.editor, over).expect(201)).body as ChangeBody;
const codeOf = ({ status, body }: { status: number; body: unknown }) => [status, (body as { code?: string }).code];
const standing = async () => {
  const { body } = await app.http.get(`/v1/actions/${action.actionId}`).set(action.editor.auth).expect(200);
  const due = await app.http.get(`/v1/organisations/${action.organisationId}/reports-due`).set(action.editor.auth).expect(200);
  const { endsOn, version, dossierVersion } = body as { endsOn: string; version: number; dossierVersion: number };
  return { endsOn, version, dossierVersion, dueOn: (due.body as { data: { dueOn: string }[] }).data[0]?.dueOn };
};

test('accepted by a funder, the dates move, and the report is due six months after the new end', async () => {
  const before = await standing();
  const change = await asked();
  expect(change).toMatchObject({ status: 'asked', fromEndsOn: '2027-12-15', endsOn: '2028-03-31' });
  expect(await standing()).toEqual(before);
  expect((await answer(prefecture, change, { accepted: true })).body).toMatchObject({ status: 'accepted', version: 2 });
  expect(await standing()).toEqual({
    endsOn: '2028-03-31',
    dueOn: '2028-09-30',
    version: before.version + 1,
    dossierVersion: before.dossierVersion + 1,
  });
  expect((await auditOf(app, action.actionId)).at(-1)).toMatchObject({ act: 'action.dates-moved', after: { endsOn: '2028-03-31' } });
  const { body } = await app.http.get(`/v1/actions/${action.actionId}/date-changes?count=true`).set(action.editor.auth).expect(200);
  expect(body).toMatchObject({ data: [{ id: change.id, status: 'accepted' }], page: { total: 1 } });
});

test('of an action of several years, the last report alone waits for its end', async () => {
  await app.query(
    `INSERT INTO funding_lines (id, action_id, dossier_id, call_id, organisation_id, funder_id, year, requested_cents, state, granted_cents, notified_at)
     SELECT gen_random_uuid(), action_id, dossier_id, call_id, organisation_id, funder_id, year + 1, requested_cents, 'notified', requested_cents, now()
     FROM funding_lines WHERE action_id = $1`,
    [action.actionId],
  );
  await answer(prefecture, await asked({ endsOn: '2029-03-31' }), { accepted: true });
  const { body } = await app.http.get(`/v1/organisations/${action.organisationId}/reports-due`).set(action.editor.auth).expect(200);
  expect((body as { data: { year: number; dueOn: string }[] }).data.map(({ year, dueOn }) => [year, dueOn])).toEqual([
    [2027, '2028-06-30'],
    [2028, '2029-09-30'],
  ]);
});

test('an end within the year moves no due day', async () => {
  await answer(prefecture, await asked({ endsOn: '2027-12-31' }), { accepted: true });
  expect(await standing()).toMatchObject({ endsOn: '2027-12-31', dueOn: '2028-06-30' });
});

test('accepted late, it lifts the block of the report that was late', async () => {
  await later(app, '2028-07-01T09:00:00Z', action.editor, prefecture);
  await app.app.get(BlockOverdueReports).execute();
  const change = await asked({ endsOn: '2028-05-31' });
  await answer(prefecture, change, { accepted: true });
  expect(await standing()).toMatchObject({ dueOn: '2028-11-30' });
  expect(
    await app.query('SELECT id FROM organisation_blocks WHERE organisation_id = $1 AND lifted_at IS NULL', [action.organisationId]),
  ).toEqual([]);
});

test('refused with a reason, nothing moves; then another may be asked', async () => {
  const before = await standing();
  const change = await asked();
  expect(codeOf(await ask(action.signatory))).toEqual([409, 'DATE_CHANGE_ALREADY_ASKED']);
  expect(codeOf(await answer(prefecture, change, { accepted: false }))).toEqual([422, 'REASON_REQUIRED']);
  expect((await answer(prefecture, change, { accepted: false, reason: 'Trop tard' })).body).toMatchObject({ status: 'refused' });
  expect(codeOf(await answer(prefecture, change, { accepted: true }, 2))).toEqual([409, 'DATE_CHANGE_DECIDED']);
  expect(await standing()).toEqual(before);
  expect((await ask(action.signatory)).status).toBe(201);
});

test('two answers at once are one', async () => {
  const change = await asked();
  const answers = await Promise.all([
    answer(prefecture, change, { accepted: true }),
    answer(prefecture, change, { accepted: false, reason: 'Non' }),
  ]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
});

test('not before the notification, nor once the report is accepted; with dates that mean something', async () => {
  const early = await aGrantedAction(app, { state: 'announced' });
  expect(codeOf(await ask(early.editor, {}, early))).toEqual([409, 'DATES_NOT_MOVABLE']);
  expect(codeOf(await ask(action.editor, { endsOn: '2027-01-14' }))).toEqual([422, 'DATES_INVERTED']);
  expect(codeOf(await ask(action.editor, { endsOn: '2027-12-15' }))).toEqual([422, 'DATES_UNCHANGED']);
  const change = await asked();
  await review(app, prefecture, await aSubmittedReport(app, action), action.line['P147-94'] ?? '');
  expect(codeOf(await answer(prefecture, change, { accepted: true }))).toEqual([409, 'DATES_NOT_MOVABLE']);
});

test('asked by the organisation, answered by those who decide for its funders', async () => {
  expect(codeOf(await ask(prefecture))).toEqual([403, 'FORBIDDEN']);
  expect(codeOf(await ask(await aPerson(app)))).toEqual([404, 'NOT_FOUND']);
  const change = await asked();
  const accept = (by: Person) => answer(by, change, { accepted: true });
  expect(codeOf(await accept(action.signatory))).toEqual([403, 'FORBIDDEN']);
  expect(codeOf(await accept(await aPerson(app, { grants: [GRANTS.instructorOf('94041')] })))).toEqual([403, 'FORBIDDEN']);
  expect(codeOf(await accept(await aPrefecture(app, '91')))).toEqual([404, 'NOT_FOUND']);
  const member = await aPrefecture(app);
  await app.http.post('/v1/me/recusals').set(member.auth).send({ organisationId: action.organisationId, reason: 'Un proche' }).expect(201);
  expect(codeOf(await accept(member))).toEqual([403, 'RECUSED']);
  expect((await accept(await aPerson(app, { grants: [GRANTS.delegateOfSector('NE')] }))).status).toBe(200);
});
