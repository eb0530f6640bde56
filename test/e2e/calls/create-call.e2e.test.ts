import { aCoordinator, callBody } from '../../builders/calls.js';
import { aPerson, GRANTS, type Person } from '../../builders/people.js';
import { startApp, type TestApp } from '../../setup/app.js';

let app: TestApp;
let coordinator: Person;
beforeAll(async () => {
  app = await startApp();
  coordinator = await aCoordinator(app);
});
afterAll(() => app.close());

const post = (by: Person, over: Record<string, unknown> = {}, key?: string) =>
  app.http
    .post('/v1/calls')
    .set(by.auth)
    .set(key === undefined ? {} : { 'Idempotency-Key': key })
    .send(callBody(app, over));
const stored = async (): Promise<number> => (await app.query<{ n: number }>('SELECT count(*)::int AS n FROM calls'))[0]?.n ?? 0;

test('a draft, with its defaults, recorded in the audit', async () => {
  const { body, headers } = await post(coordinator, {
    year: 2027,
    opensAt: '2026-10-01T09:00:00+02:00',
    closesAt: '2026-11-30T12:00:00+01:00',
    orientationCodes: ['O5', 'O1'],
  }).expect(201);
  expect(body).toMatchObject({
    status: 'draft',
    statusLabel: 'brouillon',
    version: 1,
    year: 2027,
    opensAt: '2026-10-01T07:00:00.000Z',
    closesAt: '2026-11-30T11:00:00.000Z',
    timeZone: 'Europe/Paris',
    closesAtLocal: '30 novembre 2026 à 12:00 (heure de Paris, UTC+1)',
    orientationCodes: ['O1', 'O5'],
    tracks: [{ code: 'annual', label: 'Programmation annuelle' }],
    publicMoneyCeilingPercent: 80,
    implicitRejectionMonths: 2,
    reportDueOn: null,
    notes: null,
    publishedAt: null,
    closedAt: null,
  });
  const { id } = body as { id: string };
  expect(headers['etag']).toBe('"1"');
  expect(headers['location']).toBe(`/v1/calls/${id}`);
  const audit = await app.query('SELECT act, actor_id, before, after FROM audit WHERE object_id = $1', [id]);
  expect(audit).toEqual([
    { act: 'call.created', actor_id: coordinator.id, before: null, after: expect.objectContaining({ year: 2027 }) as object },
  ]);
  expect((await app.http.get(`/v1/calls/${id}`).set(coordinator.auth).expect(200)).body).toEqual(body);
});

test('everything said', async () => {
  const said = {
    tracks: ['poverty-pocket', 'annual'],
    publicMoneyCeilingPercent: 70,
    notes: 'Lisez le guide.',
    implicitRejectionMonths: 3,
    reportDueOn: '2028-06-30',
    graceMinutes: 30,
  };
  const { body } = await post(coordinator, said).expect(201);
  expect(body).toMatchObject({ ...said, tracks: [{ code: 'annual' }, { code: 'poverty-pocket', label: 'Poches de pauvreté' }] });
});

test('the two 02:30 of the night when the clocks go back are two instants, and are written apart', async () => {
  const summer = await post(coordinator, { opensAt: '2026-10-01T00:00:00Z', closesAt: '2026-10-25T02:30+02:00' }).expect(201);
  const winter = await post(coordinator, { opensAt: '2026-10-01T00:00:00Z', closesAt: '2026-10-25T02:30+01:00' }).expect(201);
  expect(summer.body).toMatchObject({
    closesAt: '2026-10-25T00:30:00.000Z',
    closesAtLocal: '25 octobre 2026 à 02:30 (heure de Paris, UTC+2)',
  });
  expect(winter.body).toMatchObject({
    closesAt: '2026-10-25T01:30:00.000Z',
    closesAtLocal: '25 octobre 2026 à 02:30 (heure de Paris, UTC+1)',
  });
});

test('the same key and body answer the same, once; another body is refused', async () => {
  const before = await stored();
  const fixed = { title: 'Une seule fois', opensAt: '2026-10-01T00:00:00Z', closesAt: '2026-11-01T00:00:00Z' };
  const first = await post(coordinator, fixed, 'clef-1').expect(201);
  const again = await post(coordinator, fixed, 'clef-1').expect(201);
  expect(again.body).toEqual(first.body);
  expect(again.headers['idempotent-replayed']).toBe('true');
  expect(first.headers['idempotent-replayed']).toBeUndefined();
  const { body } = await post(coordinator, { ...fixed, title: 'Autre' }, 'clef-1').expect(422);
  expect(body).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
  expect(await stored()).toBe(before + 1);
});

test.each([
  ['an unknown field', { couleur: 'bleu' }, 400, 'VALIDATION_FAILED', '/couleur'],
  ['a local time without offset', { closesAt: '2027-01-01T12:00:00' }, 400, 'VALIDATION_FAILED', '/closesAt'],
  ['a day that does not exist', { reportDueOn: '2028-02-30' }, 400, 'VALIDATION_FAILED', '/reportDueOn'],
  ['a NUL in the title', { title: 'a\u0000b' }, 400, 'VALIDATION_FAILED', '/title'],
  ['a huge title', { title: 'x'.repeat(301) }, 400, 'VALIDATION_FAILED', '/title'],
  ['a year of long ago', { year: 2023 }, 400, 'VALIDATION_FAILED', '/year'],
  ['a ceiling above all', { publicMoneyCeilingPercent: 101 }, 400, 'VALIDATION_FAILED', '/publicMoneyCeilingPercent'],
  ['an unknown track', { tracks: ['autre'] }, 400, 'VALIDATION_FAILED', '/tracks'],
  ['no track', { tracks: [] }, 400, 'VALIDATION_FAILED', '/tracks'],
  ['an unknown orientation', { orientationCodes: ['O1', 'O9'] }, 422, 'UNKNOWN_ORIENTATION', '/orientationCodes'],
  [
    'a closing at its opening',
    { opensAt: '2026-10-01T00:00:00Z', closesAt: '2026-10-01T02:00:00+02:00' },
    422,
    'CALL_CALENDAR_INVALID',
    '/closesAt',
  ],
])('%s is refused, pointed at, and nothing is written', async (_case, over, status, code, pointer) => {
  const before = await stored();
  const { body } = await post(coordinator, over).expect(status);
  expect(body).toMatchObject({ code, errors: [{ pointer }] });
  expect(await stored()).toBe(before);
});

test.each([
  ['an instructor', [GRANTS.instructorOf('94041')]],
  ['a prefecture', [GRANTS.prefectureOf('94')]],
  ['an auditor', [GRANTS.auditor()]],
  ['an administrator', [GRANTS.administrator()]],
  ['someone without any right', []],
])('%s may not', async (_who, grants) => {
  const before = await stored();
  const { body } = await post(await aPerson(app, { grants })).expect(403);
  expect(body).toMatchObject({ code: 'FORBIDDEN' });
  expect(await stored()).toBe(before);
});

test('nobody may without signing in', async () => {
  const { body } = await app.http.post('/v1/calls').send(callBody(app)).expect(401);
  expect(body).toMatchObject({ code: 'UNAUTHENTICATED' });
});
