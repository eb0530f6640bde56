import { aCoordinator, aDraftCall } from '../../builders/calls.js';
import { anApplicant, anOpenCall, type Applicant } from '../../builders/dossiers.js';
import { aPerson, GRANTS } from '../../builders/people.js';
import { newId } from '../../../src/kernel/id.js';
import { startApp, type TestApp } from '../../setup/app.js';
import { auditedActs, etag, seenFrom, storedDossier } from './records.js';

let app: TestApp;
let applicant: Applicant;
let callId: string;

beforeAll(async () => {
  app = await startApp();
  applicant = await anApplicant(app);
  callId = (await anOpenCall(app, { body: { year: 2027 } })).id;
});
afterAll(() => app.close());

const create = (over: object = {}, auth = applicant.editor.auth) =>
  app.http
    .post('/v1/dossiers')
    .set(auth)
    .send({ callId, organisationId: applicant.organisationId, title: 'Apprendre ensemble', ...over });

test('starts a numbered draft, on the first track of the call, known to its organisation only', async () => {
  const { status, body, headers } = await create();
  expect(status).toBe(201);
  expect(body).toMatchObject({ status: 'draft', version: 1, trackCode: 'annual', title: 'Apprendre ensemble', submittedAt: null });
  expect(body.number).toMatch(/^2027-GOSB-\d{6}$/);
  expect(headers['location']).toBe(`/v1/dossiers/${body.id}`);
  expect(headers['etag']).toBe('"1"');
  expect(body.deadline).toMatchObject({ zone: 'Europe/Paris' });
  expect(await seenFrom(app, body.id)).toEqual(['contract GOSB', `organisation ${applicant.organisationId}`]);
  expect(await auditedActs(app, body.id)).toEqual(['dossier.created']);
});

test('numbers follow one another', async () => {
  const numbers = [];
  for (let index = 0; index < 3; index++) numbers.push(Number((await create()).body.number.slice(-6)));
  expect(numbers).toEqual([numbers[0], numbers[0]! + 1, numbers[0]! + 2]);
});

test('the same request sent twice with a key starts one dossier', async () => {
  const send = () => create({ title: 'Une fois' }).set('Idempotency-Key', 'creation-1');
  const [first, second] = [await send(), await send()];
  expect(second.body.id).toBe(first.body.id);
  expect(second.headers['idempotent-replayed']).toBe('true');
  const other = await create({ title: 'Autre chose' }).set('Idempotency-Key', 'creation-1');
  expect([other.status, other.body.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
});

test.each([
  ['an unknown call', { callId: '018f0000-0000-7000-8000-000000000003' }, 422, 'UNKNOWN_CALL'],
  ['an unknown track', { trackCode: 'operating' }, 422, 'UNKNOWN_TRACK'],
  ['a field that does not exist', { state: 'submitted' }, 400, 'VALIDATION_FAILED'],
  ['a NUL', { title: 'a\u0000b' }, 400, 'VALIDATION_FAILED'],
  ['a huge title', { title: 'a'.repeat(301) }, 400, 'VALIDATION_FAILED'],
  ['an empty title', { title: '   ' }, 400, 'VALIDATION_FAILED'],
  ['a title that is no text', { title: { $ne: 1 } }, 400, 'VALIDATION_FAILED'],
  ['an id that is none', { callId: '1' }, 400, 'VALIDATION_FAILED'],
])('refuses %s', async (_what, over, status, code) => {
  const answer = await create(over);
  expect([answer.status, answer.body.code]).toEqual([status, code]);
});

test('a call that is not published is nobody’s business', async () => {
  const { id } = await aDraftCall(app, { by: await aCoordinator(app) });
  const { status, body } = await create({ callId: id });
  expect([status, body.code]).toEqual([422, 'UNKNOWN_CALL']);
});

test('a call that is not open yet takes nothing', async () => {
  const tomorrow = new Date(app.clock.now().getTime() + 86_400_000).toISOString();
  const { id } = await anOpenCall(app, { body: { opensAt: tomorrow } });
  const { status, body } = await create({ callId: id });
  expect([status, body.code]).toEqual([409, 'CALL_NOT_OPEN']);
});

test('who may: editors and signatories of that organisation', async () => {
  const other = await anApplicant(app);
  const instructor = await aPerson(app, { grants: [GRANTS.instructorOf('94041'), GRANTS.coordinator()] });
  expect((await create({}, applicant.signatory.auth)).status).toBe(201);
  for (const auth of [other.editor.auth, instructor.auth]) {
    const { status, body } = await create({}, auth);
    expect([status, body.code]).toEqual([403, 'FORBIDDEN']);
  }
  // Nothing tells an organisation of others from one that does not exist.
  expect((await create({ organisationId: newId() })).status).toBe(403);
  expect((await app.http.post('/v1/dossiers').send({})).status).toBe(401);
});

test('its title and track change under If-Match, and the stale one is told what is current', async () => {
  const { body: dossier } = await create();
  const change = (body: object, version: number | null) => {
    const request = app.http.patch(`/v1/dossiers/${dossier.id}`).set(applicant.editor.auth);
    return (version === null ? request : request.set(etag(version))).send(body);
  };
  expect((await change({ title: 'Sans version' }, null)).body.code).toBe('VERSION_REQUIRED');
  const changed = await change({ title: 'Apprendre  mieux ' }, 1);
  expect(changed.body).toMatchObject({ title: 'Apprendre  mieux', version: 2 });
  const stale = await change({ title: 'Trop tard' }, 1);
  expect([stale.status, stale.body.code, stale.body.currentVersion, stale.headers['etag']]).toEqual([412, 'STALE_VERSION', 2, '"2"']);
  // Beside what was typed too late, what stands now: nothing is lost.
  expect(stale.body.current).toEqual((await app.http.get(`/v1/dossiers/${dossier.id}`).set(applicant.editor.auth)).body);
  expect((await change({ trackCode: 'operating' }, 2)).body.code).toBe('UNKNOWN_TRACK');
  expect((await change({ title: null }, 2)).status).toBe(400);
  expect(await storedDossier(app, dossier.id)).toMatchObject({ state: 'draft', version: 2 });
  const outsider = await anApplicant(app);
  const refused = await app.http
    .patch(`/v1/dossiers/${dossier.id}`)
    .set({ ...outsider.editor.auth, ...etag(2) })
    .send({ title: 'Pas à moi' });
  expect([refused.status, refused.body.code]).toEqual([404, 'NOT_FOUND']);
});
