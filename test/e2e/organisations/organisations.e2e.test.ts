import { aSiret, anOrganisation } from '../../builders/organisations.js';
import { aPerson, GRANTS, type Person } from '../../builders/people.js';
import { startApp, type TestApp } from '../../setup/app.js';

let app: TestApp;
let claude: Person;
beforeAll(async () => {
  app = await startApp();
  claude = await aPerson(app, { name: 'Claude Fondateur' });
});
afterAll(() => app.close());

const body = (over: object = {}) => ({
  siret: aSiret(),
  name: 'Les Jardins de la Bièvre',
  legalForm: 'association',
  address: '12 rue Marat, 94200 Ivry-sur-Seine',
  email: 'contact@exemple.test',
  ...over,
});
const create = (over: object = {}, by = claude) => app.http.post('/v1/organisations').set(by.auth).send(body(over));
const get = (path: string, by: Person) => app.http.get(path).set(by.auth);
const names = (answer: { body: { data: { name: string }[] } }) => answer.body.data.map(({ name }) => name);

describe('entering an organisation', () => {
  test('gives no right: a request to join waits for someone entitled, and it is recorded and told', async () => {
    const siret = aSiret();
    const { body: made, headers } = await create({ siret, rna: 'w941234567', phone: '01 23 45 67 89' }).expect(201);
    expect(made).toMatchObject({
      siret,
      rna: 'W941234567',
      inseeCode: '94041',
      phone: '01 23 45 67 89',
      version: 1,
      membership: { state: 'requested', roles: ['editor', 'administrator'], signatoryVerified: false },
    });
    expect(headers['location']).toBe(`/v1/organisations/${made.id}`);
    await get(`/v1/organisations/${made.id}`, claude).expect(404);
    await get(`/v1/organisations/${made.id}/memberships`, claude).expect(404);
    expect(names(await get('/v1/organisations', claude).expect(200))).toEqual([]);
    const { body: me } = await get('/v1/me', claude).expect(200);
    expect(me).toMatchObject({ grants: [], organisations: [{ id: made.id, membership: { state: 'requested' } }] });
    const audits = await app.query('SELECT act, actor_id FROM audit WHERE object_id = ANY ($1) ORDER BY act', [
      [made.id, made.membership.id],
    ]);
    expect(audits).toEqual([
      { act: 'membership.requested', actor_id: claude.id },
      { act: 'organisation.created', actor_id: claude.id },
    ]);
    const events = await app.query(`SELECT type FROM outbox WHERE payload->>'membershipId' = $1`, [made.membership.id]);
    expect(events).toEqual([{ type: 'membership.requested.v1' }]);
  });

  test('a known SIRET is said to be known, and nothing else is', async () => {
    const { siret, name } = await anOrganisation(app, { name: 'Nom à ne pas dire' });
    const { body: refusal } = await create({ siret: `${siret.slice(0, 9)} ${siret.slice(9)}` }).expect(409);
    expect(refusal.code).toBe('SIRET_ALREADY_KNOWN');
    expect(JSON.stringify(refusal)).not.toContain(name);
    expect(await app.query('SELECT id FROM organisations WHERE siret = $1', [siret])).toHaveLength(1);
  });

  test('of two at once with one SIRET, one is entered', async () => {
    const siret = aSiret();
    const answers = await Promise.all([create({ siret }), create({ siret }, await aPerson(app))]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  test('the same request sent twice with one key enters it once', async () => {
    const sent = body();
    const send = () => app.http.post('/v1/organisations').set(claude.auth).set('Idempotency-Key', 'double-clic').send(sent);
    const first = await send().expect(201);
    const second = await send().expect(201);
    expect(second.body).toEqual(first.body);
    expect(second.headers['idempotent-replayed']).toBe('true');
  });

  test.each<[string, object, string | null]>([
    ['the end of the address', { address: '1 place de la Gare 91200 ATHIS MONS' }, '91027'],
    ['a code given, whatever the address', { address: 'Chez un ami, 75013 Paris', inseeCode: '94081' }, '94081'],
    ['an address elsewhere', { address: '3 rue de la Soie, 69100 Villeurbanne' }, null],
    ['null, whatever the address', { inseeCode: null }, null],
  ])('is seated by %s', async (_what, over, inseeCode) => {
    expect((await create(over).expect(201)).body.inseeCode).toBe(inseeCode);
  });

  test.each<[string, object, number, string]>([
    ['a SIRET whose key is wrong', { siret: '12345678901234' }, 422, 'INVALID_SIRET'],
    ['zeros for a SIRET', { siret: '0'.repeat(14) }, 422, 'INVALID_SIRET'],
    ['an RNA of another form', { rna: '941234567' }, 422, 'INVALID_RNA'],
    ['a commune out of the territory', { inseeCode: '69266' }, 422, 'UNKNOWN_COMMUNE'],
    ['an unknown legal form', { legalForm: 'sect' }, 400, 'VALIDATION_FAILED'],
    ['no name', { name: ' \n ' }, 400, 'VALIDATION_FAILED'],
    ['a NUL', { name: 'Les\u0000 Jardins' }, 400, 'VALIDATION_FAILED'],
    ['a NUL in the SIRET', { siret: '1234\u0000' }, 400, 'VALIDATION_FAILED'],
    ['a lone surrogate', { address: 'rue \ud800' }, 400, 'VALIDATION_FAILED'],
    ['an unknown field', { version: 3 }, 400, 'VALIDATION_FAILED'],
    ['a number for a SIRET', { siret: 12345678901234 }, 400, 'VALIDATION_FAILED'],
    ['an object for a name', { name: { toString: 'x' } }, 400, 'VALIDATION_FAILED'],
    ['a name past 300 characters', { name: 'x'.repeat(301) }, 400, 'VALIDATION_FAILED'],
    ['ten megabytes', { name: 'x'.repeat(10 * 1024 * 1024) }, 413, 'TOO_LARGE'],
  ])('refuses %s', async (_what, over, status, code) => {
    const answer = await create(over);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  test('asks one to sign in', () => app.http.post('/v1/organisations').send(body()).expect(401));
});

describe('looking one up by its SIRET', () => {
  test('gives its name to anyone signed in who knows the whole number, and nothing more', async () => {
    const { id, siret, name } = await anOrganisation(app);
    expect((await get(`/v1/organisations/lookup?siret=${siret}`, claude).expect(200)).body).toEqual({ id, siret, name });
    await app.http.get(`/v1/organisations/lookup?siret=${siret}`).expect(401);
  });

  test.each([
    [aSiret(), 404, 'NOT_FOUND'],
    ['123', 422, 'INVALID_SIRET'],
    ['', 400, 'VALIDATION_FAILED'],
  ])('%p: %i %s', async (siret, status, code) => {
    const answer = await get(`/v1/organisations/lookup?siret=${siret}`, claude);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });
});

describe('reading', () => {
  test.each([
    ['the instructor of its commune', GRANTS.instructorOf('94041'), 200],
    ['the instructor of another commune', GRANTS.instructorOf('94081'), 404],
    ['the delegate of its département', GRANTS.delegateOfDepartment('94'), 200],
    ['the prefecture of its département', GRANTS.prefectureOf('94'), 200],
    ['the prefecture of the other one', GRANTS.prefectureOf('91'), 404],
    ['the coordination', GRANTS.coordinator(), 200],
    ['the auditor', GRANTS.auditor(), 200],
    ['a funder that nobody asked', GRANTS.partnerOf('CD94'), 404],
    ['the administrator of the instance', GRANTS.administrator(), 404],
  ])('%s: %#', async (_who, grant, status) => {
    const { id, name } = await anOrganisation(app, { name: `Lisible ${grant.role} ${grant.scope.code}` });
    const reader = await aPerson(app, { grants: [grant] });
    await get(`/v1/organisations/${id}`, reader).expect(status);
    const listed = names(await get('/v1/organisations?q=lisible&limit=100', reader).expect(200));
    expect(listed.includes(name)).toBe(status === 200);
  });

  test('who instructs a dossier it submitted reads it, wherever it is seated; who might instruct its draft does not', async () => {
    const { id } = await anOrganisation(app, { inseeCode: null });
    const instructor = await aPerson(app, { grants: [GRANTS.instructorOf('94054')] });
    await get(`/v1/organisations/${id}`, instructor).expect(404);
    await app.query(
      `INSERT INTO calls (id, contract_code, title, year, opens_at, closes_at, created_by, version)
       VALUES (gen_random_uuid(), 'GOSB', 'Appel', 2027, now(), now() + interval '1 day', $1, 1)`,
      [claude.id],
    );
    await app.query(`INSERT INTO call_tracks (call_id, code, label) SELECT id, 'annual', 'Annuel' FROM calls`);
    await app.query(
      `INSERT INTO dossiers (id, number, call_id, organisation_id, track_code, title, state, created_by, created_at, updated_at)
       SELECT gen_random_uuid(), 'n', id, $1, 'annual', 'Dossier', 'draft', $2, now(), now() FROM calls`,
      [id, claude.id],
    );
    await app.query(`INSERT INTO dossier_perimeters (dossier_id, kind, code) SELECT id, 'commune', '94054' FROM dossiers`);
    await get(`/v1/organisations/${id}`, instructor).expect(404);
    await app.query(
      `UPDATE dossiers SET state = 'submitted', submitted_at = now(), receipt_number = 'r', attested_hash = '\\x00', attested_by = $1`,
      [claude.id],
    );
    await get(`/v1/organisations/${id}`, instructor).expect(200);
    expect(names(await get('/v1/organisations', instructor).expect(200))).toHaveLength(1);
  });

  test('lists page by page, by name, by commune, by SIRET, with a total', async () => {
    const reader = await aPerson(app, { grants: [GRANTS.instructorOf('94022'), GRANTS.prefectureOf('94')] });
    const made = [];
    for (const name of ['Échoppe B', 'Echoppe A', 'Autre']) made.push(await anOrganisation(app, { name, inseeCode: '94022' }));
    expect(names(await get('/v1/organisations?commune=94022&q=echoppe', reader).expect(200))).toEqual(['Echoppe A', 'Échoppe B']);
    expect(names(await get(`/v1/organisations?siret=${made[2]?.siret}`, reader).expect(200))).toEqual(['Autre']);
    const first = await get('/v1/organisations?commune=94022&limit=2&count=true', reader).expect(200);
    expect([names(first), first.body.page.total]).toEqual([['Autre', 'Echoppe A'], 3]);
    const second = await get(`/v1/organisations?commune=94022&limit=2&cursor=${first.body.page.nextCursor}`, reader).expect(200);
    expect([names(second), second.body.page.hasMore]).toEqual([['Échoppe B'], false]);
    expect((await get(`/v1/organisations?limit=2&cursor=${first.body.page.nextCursor}`, reader).expect(400)).body.code).toBe(
      'INVALID_CURSOR',
    );
  });
});

describe('correcting', () => {
  const patch = (id: string, by: Person, changes: object, version = '"1"') =>
    app.http.patch(`/v1/organisations/${id}`).set(by.auth).set('If-Match', version).send(changes);

  test('its editors do, on the version they read; the record says what changed', async () => {
    const editor = await aPerson(app);
    const { id } = await anOrganisation(app, { members: [{ person: editor }] });
    await app.http.patch(`/v1/organisations/${id}`).set(editor.auth).send({ name: 'Sans version' }).expect(428);
    const { body: changed, headers } = await patch(id, editor, { name: 'Nouveau nom', address: '1 rue Y, 94800 Villejuif' }).expect(200);
    expect(changed).toMatchObject({ name: 'Nouveau nom', inseeCode: '94076', version: 2 });
    expect(headers['etag']).toBe('"2"');
    const { body: stale } = await patch(id, editor, { name: 'Trop tard' }).expect(412);
    expect([stale.currentVersion, stale.current.name]).toEqual([2, 'Nouveau nom']);
    const renamed = await patch(id, editor, { rna: 'W941234567', phone: null }, '"2"').expect(200);
    expect(renamed.body).toMatchObject({ rna: 'W941234567', address: '1 rue Y, 94800 Villejuif', inseeCode: '94076' });
    expect((await patch(id, editor, { rna: null }, '"3"').expect(200)).body.rna).toBeNull();
    const [audit] = await app.query<{ before: object; after: object }>(
      `SELECT before, after FROM audit WHERE act = 'organisation.updated' AND object_id = $1 ORDER BY id LIMIT 1`,
      [id],
    );
    expect(audit).toMatchObject({ before: { inseeCode: '94041' }, after: { inseeCode: '94076' } });
  });

  test('nobody else does', async () => {
    const [signatory, instructor, stranger] = [
      await aPerson(app),
      await aPerson(app, { grants: [GRANTS.instructorOf('94041')] }),
      await aPerson(app),
    ];
    const { id } = await anOrganisation(app, { members: [{ person: signatory, roles: ['signatory'] }] });
    expect((await patch(id, signatory, { name: 'X' }).expect(403)).body.code).toBe('FORBIDDEN');
    await patch(id, instructor, { name: 'X' }).expect(403);
    await patch(id, stranger, { name: 'X' }).expect(404);
  });

  test('a SIRET never changes, and what is not said stays', async () => {
    const editor = await aPerson(app);
    const { id, siret } = await anOrganisation(app, { members: [{ person: editor }] });
    expect((await patch(id, editor, { siret: aSiret() }).expect(400)).body.code).toBe('VALIDATION_FAILED');
    expect((await patch(id, editor, { name: null }).expect(400)).body.code).toBe('VALIDATION_FAILED');
    expect((await patch(id, editor, { inseeCode: '00000' }).expect(422)).body.code).toBe('UNKNOWN_COMMUNE');
    expect((await get(`/v1/organisations/${id}`, editor).expect(200)).body).toMatchObject({ siret, version: 1 });
  });
});
