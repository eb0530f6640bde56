import { aCall, aCoordinator, aDraftCall, type CallBody } from '../../builders/calls.js';
import { aPerson, GRANTS, type Person } from '../../builders/people.js';
import { startApp, type TestApp } from '../../setup/app.js';

let app: TestApp;
let coordinator: Person;
beforeAll(async () => {
  app = await startApp();
  coordinator = await aCoordinator(app);
});
afterAll(() => app.close());

const patch = (call: { id: string; version: number }, changes: object, by: Person = coordinator) =>
  app.http.patch(`/v1/calls/${call.id}`).set(by.auth).set('If-Match', `"${call.version}"`).send(changes);
const plusDays = (instant: string, days: number): string => new Date(Date.parse(instant) + days * 86_400_000).toISOString();
const read = async (call: CallBody): Promise<CallBody> =>
  (await app.http.get(`/v1/calls/${call.id}`).set(coordinator.auth).expect(200)).body as CallBody;

test('anything of a draft changes, and the audit keeps both', async () => {
  const draft = await aDraftCall(app, { by: coordinator });
  const changes = {
    title: 'Autre titre',
    year: 2028,
    orientationCodes: ['OT', 'O2'],
    tracks: ['operating'],
    notes: 'Note',
    graceMinutes: 15,
  };
  const { body } = await patch(draft, changes).expect(200);
  expect(body).toMatchObject({
    ...changes,
    orientationCodes: ['O2', 'OT'],
    tracks: [{ code: 'operating' }],
    version: 2,
    closesAt: draft.closesAt,
  });
  expect(await read(draft)).toEqual(body);
  const audit = await app.query(
    `SELECT before->>'title' AS before, after->>'title' AS after FROM audit WHERE object_id = $1 AND act = 'call.changed'`,
    [draft.id],
  );
  expect(audit).toEqual([{ before: draft.title, after: 'Autre titre' }]);
});

test('a null empties what may be empty', async () => {
  const draft = await aDraftCall(app, { by: coordinator, body: { notes: 'Note', reportDueOn: '2028-06-30' } });
  const { body } = await patch(draft, { notes: null, reportDueOn: null }).expect(200);
  expect(body).toMatchObject({ notes: null, reportDueOn: null });
});

test('nothing sent, nothing changed: the version stays', async () => {
  const draft = await aDraftCall(app, { by: coordinator });
  expect((await patch(draft, {}).expect(200)).body).toEqual(draft);
});

test('a published call takes notes and a later closing', async () => {
  const call = await aCall(app, { by: coordinator });
  const closesAt = plusDays(call.closesAt, 7);
  const { body } = await patch(call, { notes: 'Une semaine de plus.', closesAt }).expect(200);
  expect(body).toMatchObject({ notes: 'Une semaine de plus.', closesAt, version: call.version + 1 });
});

test.each([
  ['its title', { title: 'Autre' }, 'CALL_FIELDS_FROZEN', '/title'],
  ['its orientations', { orientationCodes: ['O1'] }, 'CALL_FIELDS_FROZEN', '/orientationCodes'],
  ['its grace', { graceMinutes: 60 }, 'CALL_FIELDS_FROZEN', '/graceMinutes'],
  ['its closing, earlier', { closesAt: new Date().toISOString() }, 'DEADLINE_ADVANCED', '/closesAt'],
])('a published call keeps %s', async (_what, changes, code, pointer) => {
  const call = await aCall(app, { by: coordinator });
  const { body } = await patch(call, changes).expect(409);
  expect(body).toMatchObject({ code, errors: [{ pointer }] });
  expect(await read(call)).toEqual(call);
});

test('a closed call does not open again', async () => {
  const call = await aCall(app, { by: coordinator });
  await app.http.post(`/v1/calls/${call.id}/close`).set(coordinator.auth).set('If-Match', `"${call.version}"`).expect(200);
  const { body } = await patch({ id: call.id, version: call.version + 1 }, { closesAt: plusDays(call.closesAt, 1) }).expect(409);
  expect(body).toMatchObject({ code: 'CLOSING_PASSED' });
});

test('refusals of content', async () => {
  const draft = await aDraftCall(app, { by: coordinator });
  expect((await patch(draft, { orientationCodes: ['O9'] }).expect(422)).body).toMatchObject({ code: 'UNKNOWN_ORIENTATION' });
  expect((await patch(draft, { closesAt: draft.opensAt }).expect(422)).body).toMatchObject({ code: 'CALL_CALENDAR_INVALID' });
  expect((await patch(draft, { status: 'published' }).expect(400)).body).toMatchObject({
    errors: [{ pointer: '/status', code: 'UNKNOWN_FIELD' }],
  });
  expect((await patch(draft, { title: null }).expect(400)).body).toMatchObject({ code: 'VALIDATION_FAILED' });
});

test('428 without a version, 412 on a stale one, and of two at once one wins', async () => {
  const draft = await aDraftCall(app, { by: coordinator });
  const without = await app.http.patch(`/v1/calls/${draft.id}`).set(coordinator.auth).send({ title: 'X' }).expect(428);
  expect(without.body).toMatchObject({ code: 'VERSION_REQUIRED' });
  const both = await Promise.all([patch(draft, { title: 'A' }), patch(draft, { title: 'B' })]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
  const stale = await patch(draft, { title: 'C' }).expect(412);
  expect(stale.body).toMatchObject({ code: 'STALE_VERSION', currentVersion: 2 });
});

test('who may not: a draft is hidden, a published call is only closed to their hand', async () => {
  const draft = await aDraftCall(app, { by: coordinator });
  const call = await aCall(app, { by: coordinator });
  const instructor = await aPerson(app, { grants: [GRANTS.instructorOf('94041')] });
  const auditor = await aPerson(app, { grants: [GRANTS.auditor()] });
  expect((await patch(draft, { title: 'X' }, instructor).expect(404)).body).toMatchObject({ code: 'NOT_FOUND' });
  expect((await patch(draft, { title: 'X' }, auditor).expect(403)).body).toMatchObject({ code: 'FORBIDDEN' });
  expect((await patch(call, { notes: 'X' }, instructor).expect(403)).body).toMatchObject({ code: 'FORBIDDEN' });
  // The right comes before the version.
  await app.http.patch(`/v1/calls/${call.id}`).set(instructor.auth).send({ notes: 'X' }).expect(403);
  const unknown = { id: '01900000-0000-7000-8000-000000000000', version: 1 };
  expect((await patch(unknown, { notes: 'X' }).expect(404)).body).toMatchObject({ code: 'NOT_FOUND' });
  expect((await patch({ id: 'pas-un-id', version: 1 }, { notes: 'X' }).expect(404)).body).toMatchObject({ code: 'NOT_FOUND' });
});
