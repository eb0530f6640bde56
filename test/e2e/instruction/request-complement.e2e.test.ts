import { complementBody, standingOf } from '../../builders/complements.js';
import { aDossier, aSubmittedDossier, type DossierFixture } from '../../builders/dossiers.js';
import { aPerson, GRANTS, type Person } from '../../builders/people.js';
import { auditOf, toldOf } from '../../builders/traces.js';
import { startApp, type TestApp } from '../../setup/app.js';

let app: TestApp;
let dossier: DossierFixture;
let instructor: Person;

beforeAll(async () => {
  app = await startApp();
  app.clock.set('2026-11-03T09:00:00Z');
});
beforeEach(async () => {
  dossier = await aSubmittedDossier(app);
  instructor = await aPerson(app, { name: 'Inès Instructrice', grants: [GRANTS.instructorOf('94041')] });
});
afterAll(() => app.close());

const ask = (by: Person, body: object = complementBody('2026-11-20'), id = dossier.id) =>
  app.http.post(`/v1/dossiers/${id}/complement-requests`).set(by.auth).send(body);

test('the dossier goes back to its authors, the clock stops, and it is recorded and told', async () => {
  const answer = await ask(instructor);
  expect(answer.status).toBe(201);
  expect(answer.body).toMatchObject({
    dossierId: dossier.id,
    status: 'open',
    dueOn: '2026-11-20',
    zone: 'Europe/Paris',
    items: [{ pointer: '/actions/0/budgets/2027', text: 'Détaillez le compte 64.' }],
    requestedBy: 'Inès Instructrice',
    answer: null,
    // Two months from 3 November, and the 17 days given to answer.
    dossier: { id: dossier.id, status: 'to-complete', version: dossier.version + 1, implicitRejectionOn: '2027-01-20' },
  });
  expect(answer.headers['location']).toBe(`/v1/complement-requests/${answer.body.id}`);
  expect(await standingOf(app, dossier.id)).toMatchObject({
    state: 'to-complete',
    version: dossier.version + 1,
    rejectionOn: '2027-01-20',
  });
  expect(await auditOf(app, dossier.id)).toEqual([
    {
      act: 'complement.requested',
      actorId: instructor.id,
      actorKind: 'user',
      before: { state: 'submitted', version: dossier.version, implicitRejectionOn: '2027-01-03' },
      after: {
        ...{ state: 'to-complete', version: dossier.version + 1, implicitRejectionOn: '2027-01-20' },
        ...{ complementRequestId: answer.body.id, dueOn: '2026-11-20' },
      },
    },
  ]);
  expect(await toldOf(app, dossier.id)).toEqual([
    { type: 'complement.requested.v1', payload: { dossierId: dossier.id, complementRequestId: answer.body.id } },
  ]);
});

test('an Idempotency-Key makes a double click one request', async () => {
  const twice = [await ask(instructor).set('Idempotency-Key', 'click'), await ask(instructor).set('Idempotency-Key', 'click')];
  expect(twice.map(({ status }) => status)).toEqual([201, 201]);
  expect(twice[1]!.body).toEqual(twice[0]!.body);
  expect(twice[1]!.headers['idempotent-replayed']).toBe('true');
  expect(await toldOf(app, dossier.id)).toHaveLength(1);
});

test('one at a time, and only of a dossier that is submitted', async () => {
  await ask(instructor).expect(201);
  const second = await ask(instructor);
  expect([second.status, second.body.code]).toEqual([409, 'ACT_NOT_ALLOWED']);
  expect(await standingOf(app, dossier.id)).toMatchObject({ state: 'to-complete', version: dossier.version + 1 });
  expect(await toldOf(app, dossier.id)).toHaveLength(1);
});

test('two that ask at once: one does', async () => {
  const both = await Promise.all([ask(instructor), ask(instructor)]);
  expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
});

test.each([
  ['2026-11-03', 'DUE_DATE_NOT_AHEAD'],
  ['2025-12-31', 'DUE_DATE_NOT_AHEAD'],
  ['2027-01-03', 'DUE_DATE_TOO_FAR'],
])('a due date of %s is 422 %s', async (dueOn, code) => {
  const answer = await ask(instructor, complementBody(dueOn));
  expect([answer.status, answer.body.code, answer.body.errors[0].pointer]).toEqual([422, code, '/dueOn']);
  expect(await standingOf(app, dossier.id)).toMatchObject({ state: 'submitted', version: dossier.version });
});

test.each([
  ['no reason', { reason: undefined }, '/reason'],
  ['a blank reason', { reason: '  ' }, '/reason'],
  ['a NUL', { reason: 'a\u0000b' }, '/reason'],
  ['no day', { dueOn: '2026-02-30' }, '/dueOn'],
  ['a pointer that is none', { items: [{ pointer: 'budget', text: 'x' }] }, '/items/0/pointer'],
  ['an item of another kind', { items: ['x'] }, '/items'],
  ['too many items', { items: Array.from({ length: 51 }, () => ({ pointer: '', text: 'x' })) }, '/items'],
  ['an unknown field', { state: 'admissible' }, '/state'],
])('%s is 400', async (_what, over, pointer) => {
  const answer = await ask(instructor, complementBody('2026-11-20', over));
  expect([answer.status, answer.body.code]).toEqual([400, 'VALIDATION_FAILED']);
  expect(answer.body.errors[0].pointer).toMatch(new RegExp(`^${pointer}`));
});

describe('who may', () => {
  test.each([
    ['the delegate of the sector', GRANTS.delegateOfSector('NE')],
    ['the prefecture', GRANTS.prefectureOf('94')],
  ])('%s', async (_who, grant) => {
    await ask(await aPerson(app, { grants: [grant] })).expect(201);
  });

  test.each([
    ['the instructor of another commune', GRANTS.instructorOf('94081'), 404],
    ['the delegate of another sector', GRANTS.delegateOfSector('S'), 404],
    ['the prefecture of another département', GRANTS.prefectureOf('91'), 404],
    ['a funder that is asked for nothing', GRANTS.partnerOf('CAF94'), 404],
    ['a funder that is asked for money', GRANTS.partnerOf('P147-94'), 403],
    ['the coordination', GRANTS.coordinator(), 403],
    ['an administrator', GRANTS.administrator(), 404],
  ])('not %s', async (_who, grant, status) => {
    const answer = await ask(await aPerson(app, { grants: [grant] }));
    expect([answer.status, answer.body.code]).toEqual([status, status === 404 ? 'NOT_FOUND' : 'FORBIDDEN']);
  });

  test('not the organisation itself, nor a stranger, nor nobody', async () => {
    expect((await ask(dossier.editor)).status).toBe(403);
    expect((await ask(await aPerson(app))).status).toBe(404);
    expect((await app.http.post(`/v1/dossiers/${dossier.id}/complement-requests`).send({})).status).toBe(401);
    expect(await auditOf(app, dossier.id)).toEqual([]);
  });

  test('not an instructor who belongs to the organisation', async () => {
    await app.query(
      `INSERT INTO grants (id, user_id, role, scope_kind, scope_code) VALUES (gen_random_uuid(), $1, 'instructor', 'commune', '94041')`,
      [dossier.editor.id],
    );
    const answer = await ask(dossier.editor);
    expect([answer.status, answer.body.code]).toEqual([403, 'RECUSED']);
    expect(await standingOf(app, dossier.id)).toMatchObject({ state: 'submitted', version: dossier.version });
  });

  test('nobody on a draft, which nobody of the instruction sees', async () => {
    const draft = await aDossier(app);
    const body = complementBody('2026-11-20');
    expect((await ask(instructor, body, draft.id)).status).toBe(404);
    expect((await ask(draft.editor, body, draft.id)).status).toBe(403);
  });
});

describe('reading', () => {
  const list = (by: Person, query = '') => app.http.get(`/v1/dossiers/${dossier.id}/complement-requests${query}`).set(by.auth);

  test('members and those who instruct read the requests, the last first', async () => {
    const { body: first } = await ask(instructor);
    await app.query('UPDATE complement_requests SET lapsed_at = now() WHERE id = $1', [first.id]);
    await app.query(`UPDATE dossiers SET state = 'submitted' WHERE id = $1`, [dossier.id]);
    const { body: second } = await ask(instructor);
    for (const reader of [dossier.editor, dossier.signatory, instructor, await aPerson(app, { grants: [GRANTS.auditor()] })]) {
      const { body } = await list(reader, '?count=true').expect(200);
      expect(body.data.map(({ id, status }: { id: string; status: string }) => [id, status])).toEqual([
        [second.id, 'open'],
        [first.id, 'lapsed'],
      ]);
      expect(body.page).toEqual({ nextCursor: null, hasMore: false, total: 2 });
    }
    const { body: page } = await list(dossier.editor, '?limit=1').expect(200);
    const { body: rest } = await list(dossier.editor, `?limit=1&cursor=${page.page.nextCursor}`).expect(200);
    expect([page.data[0].id, rest.data[0].id, rest.page.hasMore]).toEqual([second.id, first.id, false]);
    const { body: one } = await app.http.get(`/v1/complement-requests/${second.id}`).set(dossier.editor.auth).expect(200);
    expect(one).toEqual(page.data[0]);
  });

  test('others do not', async () => {
    const { body } = await ask(instructor);
    const council = await aPerson(app, { grants: [{ role: 'citizens-council', scope: { kind: 'qpv', code: 'monmousseau' } }] });
    for (const stranger of [await aPerson(app), await aPerson(app, { grants: [GRANTS.instructorOf('94081')] }), council]) {
      expect((await list(stranger)).status).toBe(404);
      expect((await app.http.get(`/v1/complement-requests/${body.id}`).set(stranger.auth)).status).toBe(404);
    }
  });
});
