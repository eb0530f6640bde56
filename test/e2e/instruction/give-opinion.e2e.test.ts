import { askComplement, standingOf } from '../../builders/complements.js';
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
  dossier = await aSubmittedDossier(app, {
    funders: [
      { code: 'P147-94', cents: 500_000 },
      { code: 'CAF94', cents: 200_000 },
      { code: 'CD94', cents: 100_000 },
    ],
  });
  instructor = await aPerson(app, { name: 'Inès Instructrice', grants: [GRANTS.instructorOf('94041')] });
});
afterAll(() => app.close());

const P147 = 0;
const CAF = 1;
const aCouncil = () =>
  aPerson(app, { name: 'Conseil', grants: [{ role: 'citizens-council', scope: { kind: 'qpv', code: 'monmousseau' } }] });
const give = (by: Person, body: object = { opinion: 'favourable' }, line = P147) =>
  app.http.post(`/v1/funding-lines/${dossier.lines[line]!.id}/opinions`).set(by.auth).send(body);
const list = (by: Person, query = '', line = P147) =>
  app.http.get(`/v1/funding-lines/${dossier.lines[line]!.id}/opinions${query}`).set(by.auth);
const lineOf = async (line = P147) => {
  const [row] = await app.query<{ state: string; version: number }>('SELECT state, version FROM funding_lines WHERE id = $1', [
    dossier.lines[line]!.id,
  ]);
  return row!;
};

test('is kept, instructs the line and is recorded; nothing that the applicant sees moves', async () => {
  const before = await standingOf(app, dossier.id);
  const seen = await app.http.get(`/v1/dossiers/${dossier.id}`).set(dossier.editor.auth).expect(200);
  const answer = await give(instructor, { opinion: 'reserved', proposedCents: 300_000, reason: ' Le public visé est large. ' });
  expect(answer.status).toBe(201);
  expect(answer.body).toEqual({
    id: expect.any(String),
    fundingLineId: dossier.lines[P147]!.id,
    role: 'instructor',
    opinion: 'reserved',
    proposedCents: 300_000,
    reason: 'Le public visé est large.',
    authorId: instructor.id,
    authorName: 'Inès Instructrice',
    givenAt: expect.stringMatching(/^2026-11-03T09:/),
    replacedAt: null,
    lineVersion: 2,
  });
  const { body: read } = await app.http.get(answer.headers['location']!).set(instructor.auth).expect(200);
  const { lineVersion: _version, ...opinion } = answer.body;
  expect(read).toEqual(opinion);
  expect(await lineOf()).toEqual({ state: 'instructed', version: 2 });
  expect(await lineOf(CAF)).toEqual({ state: 'requested', version: 1 });
  expect(await auditOf(app, dossier.lines[P147]!.id)).toEqual([
    {
      act: 'opinion.given',
      actorId: instructor.id,
      actorKind: 'user',
      before: { state: 'requested', version: 1, opinionId: null },
      after: {
        ...{ state: 'instructed', version: 2, opinionId: answer.body.id, role: 'instructor' },
        ...{ opinion: 'reserved', proposedCents: '300000', reason: 'Le public visé est large.' },
      },
    },
  ]);
  expect(await toldOf(app, dossier.id)).toEqual([]);
  expect(await standingOf(app, dossier.id)).toEqual(before);
  const seenAfter = await app.http.get(`/v1/dossiers/${dossier.id}`).set(dossier.editor.auth).expect(200);
  expect(seenAfter.body).toEqual(seen.body);
  expect(seenAfter.headers['etag']).toBe(seen.headers['etag']);
});

test('a new one of the same author replaces the former, which stays in the history', async () => {
  const { body: first } = await give(instructor).expect(201);
  const { body: second } = await give(instructor, { opinion: 'unfavourable', reason: 'Hors sujet.' }).expect(201);
  const delegate = await aPerson(app, { grants: [GRANTS.delegateOfSector('NE')] });
  const { body: third } = await give(delegate).expect(201);
  const { body: now } = await list(instructor, '?count=true').expect(200);
  expect(now.data.map(({ id }: { id: string }) => id)).toEqual([third.id, second.id]);
  expect(now.page.total).toBe(2);
  const { body: all } = await list(instructor, '?history=true&count=true&limit=2').expect(200);
  expect(all.page).toMatchObject({ hasMore: true, total: 3 });
  const { body: rest } = await list(instructor, `?history=true&count=true&limit=2&cursor=${all.page.nextCursor}`).expect(200);
  expect(rest.data).toMatchObject([{ id: first.id, opinion: 'favourable', replacedAt: second.givenAt }]);
  expect((await auditOf(app, dossier.lines[P147]!.id))[1]).toMatchObject({
    before: { opinionId: first.id },
    after: { opinionId: second.id },
  });
  expect(await lineOf()).toEqual({ state: 'instructed', version: 4 });
});

test('two at once of the same author leave one that counts', async () => {
  const both = await Promise.all([give(instructor), give(instructor, { opinion: 'reserved', reason: 'À revoir.' })]);
  expect(both.map(({ status }) => status)).toEqual([201, 201]);
  expect((await list(instructor)).body.data).toHaveLength(1);
  expect((await list(instructor, '?history=true')).body.data).toHaveLength(2);
});

describe('what is given', () => {
  test.each([
    [{ opinion: 'reserved' }, 422, 'REASON_REQUIRED'],
    [{ opinion: 'unfavourable', reason: null }, 422, 'REASON_REQUIRED'],
    [{ opinion: 'unfavourable', reason: 'Non.', proposedCents: 1 }, 422, 'AMOUNT_WITH_UNFAVOURABLE'],
    [{ opinion: 'favourable', proposedCents: 500_001 }, 409, 'AMOUNT_ABOVE_REQUEST'],
    [{ opinion: 'favourable', proposedCents: 0 }, 400, 'VALIDATION_FAILED'],
    [{ opinion: 'favourable', proposedCents: 0.5 }, 400, 'VALIDATION_FAILED'],
    [{ opinion: 'favourable', proposedCents: '5' }, 400, 'VALIDATION_FAILED'],
    [{ opinion: 'maybe' }, 400, 'VALIDATION_FAILED'],
    [{ opinion: 'favourable', role: 'prefecture' }, 400, 'VALIDATION_FAILED'],
    [{}, 400, 'VALIDATION_FAILED'],
  ])('%j is %i %s', async (body, status, code) => {
    const answer = await give(instructor, body);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(await lineOf()).toEqual({ state: 'requested', version: 1 });
  });

  test('the whole request may be proposed', async () => {
    await give(instructor, { opinion: 'favourable', proposedCents: 500_000 }).expect(201);
  });
});

describe('in what state', () => {
  test.each(['approved', 'refused', 'set-aside', 'withdrawn'])('not on a line that is %s', async (state) => {
    await app.query(`UPDATE funding_lines SET state = $2, decision_reason = 'x' WHERE id = $1`, [dossier.lines[P147]!.id, state]);
    const answer = await give(instructor);
    expect([answer.status, answer.body.code]).toEqual([409, 'LINE_NOT_OPEN']);
    expect((await list(instructor)).body.data).toEqual([]);
  });

  test('a proposed line stays proposed', async () => {
    await app.query(`UPDATE funding_lines SET state = 'proposed' WHERE id = $1`, [dossier.lines[P147]!.id]);
    await give(instructor).expect(201);
    expect(await lineOf()).toEqual({ state: 'proposed', version: 2 });
  });

  test('not while a complement is awaited', async () => {
    await askComplement(app, instructor, dossier.id, '2026-11-20');
    expect((await give(instructor)).body.code).toBe('DOSSIER_NOT_INSTRUCTED');
  });

  test('nobody of the instruction knows of a line of a draft', async () => {
    const { lines } = await aDossier(app);
    const path = `/v1/funding-lines/${lines[0]!.id}/opinions`;
    expect((await app.http.post(path).set(instructor.auth).send({ opinion: 'favourable' })).status).toBe(404);
    expect((await app.http.get(path).set(instructor.auth)).status).toBe(404);
  });
});

describe('for whom it speaks', () => {
  test.each([
    ['the delegate of the sector', GRANTS.delegateOfSector('NE'), 'delegate'],
    ['the prefecture', GRANTS.prefectureOf('94'), 'prefecture'],
    ['the funder of the line', GRANTS.partnerOf('CAF94'), 'partner'],
  ])('%s', async (_who, grant, role) => {
    const answer = await give(await aPerson(app, { grants: [grant] }), { opinion: 'favourable' }, CAF);
    expect([answer.status, answer.body.role]).toEqual([201, role]);
  });

  test('someone with several roles speaks for the first', async () => {
    const both = await aPerson(app, { grants: [GRANTS.partnerOf('CAF94'), GRANTS.instructorOf('94041')] });
    expect((await give(both, { opinion: 'favourable' }, CAF)).body.role).toBe('instructor');
    const funders = await aPerson(app, { grants: [GRANTS.partnerOf('CD94'), GRANTS.instructorOf('94081')] });
    expect((await give(funders, { opinion: 'favourable' }, CAF)).body.code).toBe('FORBIDDEN');
  });

  test.each([
    ['a funder on the line of another', [GRANTS.partnerOf('CAF94')], 403],
    ['a funder that is asked for nothing', [GRANTS.partnerOf('CAF91')], 404],
    ['the instructor of another commune', [GRANTS.instructorOf('94081')], 404],
    ['the delegate of another sector', [GRANTS.delegateOfSector('S')], 404],
    ['the coordination', [GRANTS.coordinator()], 403],
    ['a stranger', [], 404],
  ])('not %s', async (_who, grants, status) => {
    const answer = await give(await aPerson(app, { grants }));
    expect(answer.status).toBe(status);
    expect(await lineOf()).toEqual({ state: 'requested', version: 1 });
  });

  test('not the applicant, even when it instructs', async () => {
    expect((await give(dossier.editor)).body.code).toBe('FORBIDDEN');
    await app.query(
      `INSERT INTO grants (id, user_id, role, scope_kind, scope_code) VALUES (gen_random_uuid(), $1, 'instructor', 'commune', '94041')`,
      [dossier.editor.id],
    );
    expect((await give(dossier.editor)).body.code).toBe('RECUSED');
  });
});

describe('who reads', () => {
  test('those who instruct together read each other, the applicant reads nothing', async () => {
    const { body } = await give(instructor).expect(201);
    const readers = [
      GRANTS.delegateOfSector('NE'),
      GRANTS.prefectureOf('94'),
      GRANTS.coordinator(),
      GRANTS.auditor(),
      GRANTS.partnerOf('CD94'),
    ];
    for (const grant of readers) {
      const reader = await aPerson(app, { grants: [grant] });
      expect((await list(reader)).body.data).toMatchObject([{ id: body.id }]);
    }
    const strangers = [
      dossier.editor,
      dossier.signatory,
      await aPerson(app),
      await aPerson(app, { grants: [GRANTS.instructorOf('94081')] }),
    ];
    for (const stranger of strangers) {
      expect((await list(stranger)).status).toBe(404);
      expect((await app.http.get(`/v1/opinions/${body.id}`).set(stranger.auth)).status).toBe(404);
    }
  });

  test('a citizens’ council gives its reasons, reads back its own opinion, and no other', async () => {
    const council = await aCouncil();
    const { body: other } = await give(instructor).expect(201);
    expect((await give(council)).body.code).toBe('REASON_REQUIRED');
    const { body: own } = await give(council, { opinion: 'favourable', reason: 'Les habitants le demandent.' }).expect(201);
    expect(own.role).toBe('citizens-council');
    expect((await list(council, '?count=true')).body).toMatchObject({ data: [{ id: own.id }], page: { total: 1 } });
    expect((await app.http.get(`/v1/opinions/${own.id}`).set(council.auth)).status).toBe(200);
    expect((await app.http.get(`/v1/opinions/${other.id}`).set(council.auth)).status).toBe(404);
    const elsewhere = await aPerson(app, { grants: [{ role: 'citizens-council', scope: { kind: 'qpv', code: 'ivry-port' } }] });
    expect((await give(elsewhere, { opinion: 'favourable', reason: 'Oui.' })).status).toBe(404);
  });
});
