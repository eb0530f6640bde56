import { anOrganisation } from '../../builders/organisations.js';
import { aDossier, anApplicant, anOpenCall, aSubmittedDossier } from '../../builders/dossiers.js';
import type { CallBody } from '../../builders/calls.js';
import { aPerson, GRANTS, type Person } from '../../builders/people.js';
import type { RoleGrant } from '../../../src/platform/auth/actor.js';
import { startApp, type TestApp } from '../../setup/app.js';

interface ListBody {
  readonly data: readonly { readonly id: string }[];
  readonly page: { readonly nextCursor: string | null; readonly total?: number };
}

let app: TestApp;
let call: CallBody;

beforeAll(async () => {
  app = await startApp();
  call = await anOpenCall(app);
});
afterAll(() => app.close());

const someone = (...grants: RoleGrant[]): Promise<Person> => aPerson(app, { grants });
const get = (id: string, by: Person) => app.http.get(`/v1/dossiers/${id}`).set(by.auth);
const list = (by: Person, query: object = {}) =>
  app.http
    .get('/v1/dossiers')
    .query({ callId: call.id, ...query })
    .set(by.auth);
const idsOf = async (by: Person, query: object = {}): Promise<string[]> =>
  (await list(by, query).expect(200)).body.data.map(({ id }: { id: string }) => id);

test('a QPV of two communes is seen from both, once submitted', async () => {
  const [arcueil, gentilly, ivry] = [
    await someone(GRANTS.instructorOf('94003')),
    await someone(GRANTS.instructorOf('94037')),
    await someone(GRANTS.instructorOf('94041')),
  ];
  const draft = await aDossier(app, { call, qpv: ['chaperon-vert'] });
  for (const person of [arcueil, gentilly, ivry]) {
    expect((await get(draft.id, person)).status).toBe(404);
    expect(await idsOf(person)).not.toContain(draft.id);
  }
  expect(await idsOf(draft.editor)).toEqual([draft.id]);
  const submitted = await aSubmittedDossier(app, { call, qpv: ['chaperon-vert'] });
  for (const person of [arcueil, gentilly]) {
    expect((await get(submitted.id, person)).status).toBe(200);
    expect(await idsOf(person)).toContain(submitted.id);
    expect(await idsOf(person, { commune: '94003' })).toContain(submitted.id);
    expect(await idsOf(person, { qpv: 'chaperon-vert' })).toContain(submitted.id);
  }
  expect((await get(submitted.id, ivry)).status).toBe(404);
  expect(await idsOf(ivry)).not.toContain(submitted.id);
});

test('each role sees from its own place', async () => {
  const dossier = await aSubmittedDossier(app, { call, qpv: ['monmousseau'], funders: [{ code: 'CD94', cents: 100_000 }] });
  const see = [
    await someone(GRANTS.delegateOfSector('NE')),
    await someone(GRANTS.delegateOfDepartment('94')),
    await someone(GRANTS.prefectureOf('94')),
    await someone(GRANTS.coordinator()),
    await someone(GRANTS.auditor()),
    await someone(GRANTS.partnerOf('CD94')),
  ];
  const doNot = [
    await someone(GRANTS.delegateOfSector('S')),
    await someone(GRANTS.prefectureOf('91')),
    await someone(GRANTS.partnerOf('CAF94')),
    await someone(GRANTS.administrator()),
    (await anApplicant(app)).signatory,
  ];
  for (const person of see) expect((await get(dossier.id, person)).status).toBe(200);
  for (const person of doNot) {
    expect((await get(dossier.id, person)).status).toBe(404);
    expect(await idsOf(person)).not.toContain(dossier.id);
  }
});

test('a citizens’ council reads the actions of its QPV, without names', async () => {
  const dossier = await aSubmittedDossier(app, { call, qpv: ['monmousseau'] });
  const council = await someone({ role: 'citizens-council', scope: { kind: 'qpv', code: 'monmousseau' } });
  const { body } = await get(dossier.id, council).expect(200);
  expect(body).toMatchObject({ attestedBy: null, attestation: null });
  expect(body.actions).toHaveLength(1);
  const elsewhere = await someone({ role: 'citizens-council', scope: { kind: 'qpv', code: 'chaperon-vert' } });
  expect((await get(dossier.id, elsewhere)).status).toBe(404);
});

test('before the announcement the applicant reads nothing of what is decided', async () => {
  const dossier = await aSubmittedDossier(app, { call, funders: [{ code: 'CD94', cents: 100_000 }] });
  const before = (await get(dossier.id, dossier.editor)).body;
  const listed = (await list(dossier.editor)).body;
  const budget = (await app.http.get(`/v1/actions/${dossier.actionId}/budgets/${dossier.year}`).set(dossier.editor.auth)).body;
  const partner = await someone(GRANTS.partnerOf('CD94'));
  // The member of the organisation who instructs elsewhere reads as a member does.
  await app.query(
    `INSERT INTO grants (id, user_id, role, scope_kind, scope_code) VALUES (gen_random_uuid(), $1, 'coordinator', 'contract', 'GOSB')`,
    [dossier.signatory.id],
  );
  for (const state of ['taken-up', 'instructed', 'on-agenda', 'proposed', 'adjourned', 'unfavourable', 'approved', 'refused']) {
    await app.query(
      `UPDATE funding_lines SET state = $2, version = version + 1, granted_cents = 60000, decided_at = now(), decision_reason = 'Motif' WHERE dossier_id = $1`,
      [dossier.id, state],
    );
    expect((await get(dossier.id, dossier.editor)).body).toEqual(before);
    expect((await get(dossier.id, dossier.signatory)).body).toEqual(before);
    expect((await list(dossier.editor)).body).toEqual(listed);
    expect((await app.http.get(`/v1/actions/${dossier.actionId}/budgets/${dossier.year}`).set(dossier.editor.auth)).body).toEqual(budget);
    const [line] = (await get(dossier.id, partner)).body.actions[0].budgets[0].fundingLines;
    expect(line).toMatchObject({ status: state, grantedCents: 60_000 });
  }
  await app.query(`UPDATE funding_lines SET state = 'announced', announced_at = now() WHERE dossier_id = $1`, [dossier.id]);
  const [line] = (await get(dossier.id, dossier.editor)).body.actions[0].budgets[0].fundingLines;
  expect(line).toMatchObject({ status: 'granted', grantedCents: 60_000 });
});

describe('lists', () => {
  let auditor: Person;
  let own: CallBody;
  const ids: string[] = [];

  beforeAll(async () => {
    own = await anOpenCall(app);
    auditor = await someone(GRANTS.auditor());
    const editor = await aPerson(app);
    const signatory = await aPerson(app);
    const members = [{ person: editor }, { person: signatory, roles: ['signatory' as const] }];
    const { id, name } = await anOrganisation(app, { name: 'Équipe d’Été', members });
    const applicant = { organisationId: id, organisationName: name, editor, signatory };
    const titles = ['Jardins partagés', 'Théâtre forum', 'Soutien 100 % scolaire', 'Vélo-école', 'Cinéma plein air'];
    for (const [index, title] of titles.entries()) {
      const action = index % 2 === 0 ? {} : { orientationCode: 'O2' };
      ids.push((await aSubmittedDossier(app, { call: own, applicant, title, action })).id);
    }
  });

  const found = async (query: object): Promise<string[]> =>
    (
      await app.http
        .get('/v1/dossiers')
        .query({ callId: own.id, ...query })
        .set(auditor.auth)
        .expect(200)
    ).body.data.map(({ id }: { id: string }) => id);

  test('pages follow one another without loss nor repeat, in both directions', async () => {
    for (const sort of ['createdAt', '-createdAt', 'submittedAt', '-submittedAt', 'number', '-number', 'updatedAt', '-updatedAt']) {
      const seen: string[] = [];
      let query: Record<string, unknown> | null = { callId: own.id, sort, limit: 2, count: true };
      while (query !== null) {
        const { body }: { body: ListBody } = await app.http.get('/v1/dossiers').query(query).set(auditor.auth).expect(200);
        expect(body.page.total).toBe(5);
        seen.push(...body.data.map(({ id }) => id));
        query = body.page.nextCursor === null ? null : { ...query, cursor: body.page.nextCursor };
      }
      expect(seen).toEqual(sort.startsWith('-') ? [...ids].reverse() : ids);
    }
  });

  test.each([
    ['a title without its accent', 'theatre', [1]],
    ['a piece of the number', '-GOSB-', [0, 1, 2, 3, 4]],
    ['the organisation, whatever the case', 'EQUIPE D’ete', [0, 1, 2, 3, 4]],
    ['a percent sign as such', '100 %', [2]],
    ['a wildcard as such', '_', []],
    ['nothing that is there', 'piscine', []],
  ])('q finds %s', async (_what, q, expected) => {
    expect(await found({ q, sort: 'number' })).toEqual(expected.map((index) => ids[index]));
  });

  test('filters by state, orientation, place and organisation', async () => {
    expect(await found({ status: 'submitted' })).toHaveLength(5);
    expect(await found({ status: 'draft' })).toEqual([]);
    expect(await found({ orientation: 'O2', sort: 'number' })).toEqual([ids[1], ids[3]]);
    expect(await found({ qpv: 'monmousseau' })).toHaveLength(5);
    expect(await found({ commune: '94081' })).toEqual([]);
    expect(await found({ organisationId: '018f0000-0000-7000-8000-000000000003' })).toEqual([]);
  });

  test('a row says what is asked, and its version', async () => {
    const { body } = await app.http.get('/v1/dossiers').query({ callId: own.id, sort: 'number', limit: 1 }).set(auditor.auth);
    expect(body.data[0]).toMatchObject({
      id: ids[0],
      version: 5,
      actionCount: 1,
      requestedCents: 500_000,
      organisationName: 'Équipe d’Été',
      status: 'submitted',
    });
  });

  test.each([
    ['an unknown filter', { stat: 'x' }, 'VALIDATION_FAILED'],
    ['an unknown sort', { sort: 'title' }, 'VALIDATION_FAILED'],
    ['an unknown state', { status: 'x' }, 'VALIDATION_FAILED'],
    ['too many rows', { limit: 101 }, 'VALIDATION_FAILED'],
    ['a cursor of its own', { cursor: 'x.y' }, 'INVALID_CURSOR'],
    ['a NUL', { q: '\u0000' }, 'VALIDATION_FAILED'],
  ])('refuses %s', async (_what, query, code) => {
    const { status, body } = await app.http.get('/v1/dossiers').query(query).set(auditor.auth);
    expect([status, body.code]).toEqual([400, code]);
  });
});
