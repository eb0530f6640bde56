import { aFiledDossier } from '../../builders/filed-dossier.js';
import { anOrganisation, type OrganisationFixture } from '../../builders/organisations.js';
import { aPerson, GRANTS, type Person } from '../../builders/people.js';
import { startApp, type TestApp } from '../../setup/app.js';

let app: TestApp;
let instructor: Person;
let elsewhere: Person;
let coordination: Person;
beforeAll(async () => {
  app = await startApp();
  instructor = await aPerson(app, { name: 'Ivry Instruction', grants: [GRANTS.instructorOf('94041')] });
  elsewhere = await aPerson(app, { grants: [GRANTS.instructorOf('94081')] });
  coordination = await aPerson(app, { grants: [GRANTS.coordinator()] });
});
afterAll(() => app.close());

interface Asked {
  readonly person: Person;
  readonly id: string;
}

const ask = (organisationId: string, by: Person, body: object = { roles: ['editor', 'signatory'], message: 'Je suis la présidente' }) =>
  app.http.post(`/v1/organisations/${organisationId}/memberships`).set(by.auth).send(body);
async function asked(organisation: OrganisationFixture, person?: Person, body?: object): Promise<Asked> {
  const asker = person ?? (await aPerson(app, { name: 'Claude Demande' }));
  return { person: asker, id: (await ask(organisation.id, asker, body).expect(201)).body.id };
}
const act = (membershipId: string, name: string, by: Person, body: object = {}, version = 1) =>
  app.http.post(`/v1/memberships/${membershipId}/${name}`).set(by.auth).set('If-Match', `"${version}"`).send(body);
const rights = async (person: Person) =>
  (await app.query<{ role: string }>('SELECT role FROM actor_rights WHERE user_id = $1 ORDER BY role', [person.id])).map(
    ({ role }) => role,
  );
const read = (path: string, by: Person) => app.http.get(path).set(by.auth);

test('asking gives nothing; the instructor of the commune says yes, and it holds at once', async () => {
  const organisation = await anOrganisation(app);
  const { person, id } = await asked(organisation);
  expect(await rights(person)).toEqual([]);
  await read(`/v1/organisations/${organisation.id}`, person).expect(404);
  const { body, headers } = await act(id, 'grant', instructor).expect(200);
  expect(body).toMatchObject({
    id,
    organisationId: organisation.id,
    organisationName: organisation.name,
    user: { id: person.id, name: 'Claude Demande', email: person.email },
    state: 'active',
    roles: ['editor', 'signatory'],
    message: 'Je suis la présidente',
    signatoryVerified: false,
    version: 2,
  });
  expect(headers['etag']).toBe('"2"');
  expect(await rights(person)).toEqual(['applicant', 'signatory']);
  await read(`/v1/organisations/${organisation.id}`, person).expect(200);
  const { body: me } = await read('/v1/me', person).expect(200);
  expect(me).toMatchObject({
    grants: [
      { role: 'applicant', scope: { kind: 'organisation', code: organisation.id } },
      { role: 'signatory', scope: { kind: 'organisation', code: organisation.id } },
    ],
    organisations: [{ id: organisation.id, name: organisation.name, membership: { id, state: 'active', roles: ['editor', 'signatory'] } }],
  });
  const [audit] = await app.query(
    `SELECT actor_id, after->>'state' AS state FROM audit WHERE object_id = $1 AND act = 'membership.grant'`,
    [id],
  );
  expect(audit).toEqual({ actor_id: instructor.id, state: 'active' });
  const told = await app.query(`SELECT type FROM outbox WHERE payload = jsonb_build_object('membershipId', $1::text) ORDER BY id`, [id]);
  expect(told).toEqual([{ type: 'membership.requested.v1' }, { type: 'membership.decided.v1' }]);
});

test('who decides may give other roles than those asked', async () => {
  const { person, id } = await asked(await anOrganisation(app));
  await act(id, 'grant', instructor, { roles: ['editor'] }).expect(200);
  expect(await rights(person)).toEqual(['applicant']);
});

test('an administrator of the organisation lets people in; an editor does not', async () => {
  const [administrator, editor] = [await aPerson(app), await aPerson(app)];
  const organisation = await anOrganisation(app, {
    members: [{ person: administrator, roles: ['administrator'] }, { person: editor }],
  });
  const { id } = await asked(organisation);
  expect((await act(id, 'grant', editor).expect(403)).body.code).toBe('FORBIDDEN');
  await act(id, 'grant', administrator).expect(200);
});

describe('who decides', () => {
  test.each<[string, () => Person, string | null, number, string | undefined]>([
    ['the instructor of another commune', () => elsewhere, '94041', 404, 'NOT_FOUND'],
    ['the coordination, where someone instructs', () => coordination, '94041', 403, 'FORBIDDEN'],
    ['the coordination, where nobody instructs', () => coordination, '94065', 200, undefined],
    ['the coordination, for a seat out of the territory', () => coordination, null, 200, undefined],
    ['an instructor, for a seat out of the territory', () => instructor, null, 404, 'NOT_FOUND'],
  ])('%s', async (_who, who, inseeCode, status, code) => {
    const { id } = await asked(await anOrganisation(app, { inseeCode }));
    const answer = await act(id, 'grant', who());
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  test.each([GRANTS.delegateOfDepartment('94'), GRANTS.prefectureOf('94'), GRANTS.auditor()])(
    'not those who only read: %j',
    async (grant) => {
      const { id } = await asked(await anOrganisation(app));
      const answer = await act(id, 'grant', await aPerson(app, { grants: [grant] })).expect(403);
      expect(answer.body.code).toBe('FORBIDDEN');
    },
  );

  test('not the administrator of the instance, nor the administrator of another organisation, who know nothing of it', async () => {
    const { id } = await asked(await anOrganisation(app));
    const other = await aPerson(app);
    await anOrganisation(app, { members: [{ person: other, roles: ['administrator'] }] });
    await act(id, 'grant', await aPerson(app, { grants: [GRANTS.administrator()] })).expect(404);
    await act(id, 'grant', other).expect(404);
  });

  test('not who instructs one of its dossiers from elsewhere: they see its members, and may verify its signatory', async () => {
    const { organisationId, signatory } = await aFiledDossier(app, { qpv: 'grand-vaux' });
    const savigny = await aPerson(app, { grants: [GRANTS.instructorOf('91589')] });
    const { body } = await ask(organisationId, await aPerson(app)).expect(201);
    await read(`/v1/memberships/${body.id}`, savigny).expect(200);
    expect((await act(body.id, 'grant', savigny).expect(403)).body.code).toBe('FORBIDDEN');
    const [theirs] = await app.query<{ id: string }>('SELECT id FROM memberships WHERE user_id = $1', [signatory.id]);
    expect((await act(theirs?.id ?? '', 'verify-signatory', savigny, { evidence: 'PV' }).expect(409)).body.code).toBe(
      'SIGNATORY_ALREADY_VERIFIED',
    );
  });

  test('not who asks: neither by knowing the SIRET, nor as administrator, nor as instructor of the commune', async () => {
    const organisation = await anOrganisation(app);
    const { person, id } = await asked(organisation);
    await act(id, 'grant', person).expect(404);
    await act(id, 'verify-signatory', person, { evidence: 'moi-même' }).expect(404);
    await read(`/v1/memberships/${id}`, person).expect(404);
    await read(`/v1/organisations/${organisation.id}/memberships`, person).expect(404);

    const asInstructor = await aPerson(app, { grants: [GRANTS.instructorOf('94041')] });
    const own = await asked(organisation, asInstructor);
    expect((await act(own.id, 'grant', asInstructor).expect(403)).body.code).toBe('RECUSED');

    const administrator = await aPerson(app);
    const { membershipIds } = await anOrganisation(app, { members: [{ person: administrator, roles: ['administrator'] }] });
    const ending = await act(membershipIds[0] ?? '', 'end', administrator, { reason: 'moi' }).expect(409);
    expect(ending.body.code).toBe('OWN_MEMBERSHIP');
    const raising = await act(membershipIds[0] ?? '', 'change-roles', administrator, { roles: ['signatory'] }).expect(409);
    expect(raising.body.code).toBe('OWN_MEMBERSHIP');
  });

  test('not an instructor in conflict of interest', async () => {
    const organisation = await anOrganisation(app);
    const { id } = await asked(organisation);
    const torn = await aPerson(app, { grants: [GRANTS.instructorOf('94041')] });
    const reason = { organisationId: organisation.id, reason: 'Mon conjoint en est trésorier' };
    await app.http.post('/v1/me/recusals').set(torn.auth).send(reason).expect(201);
    expect((await act(id, 'grant', torn).expect(403)).body.code).toBe('RECUSED');
  });
});

test('a request is refused with a reason, and may be made again', async () => {
  const organisation = await anOrganisation(app);
  const { person, id } = await asked(organisation);
  expect((await act(id, 'refuse', instructor, {}).expect(400)).body.code).toBe('VALIDATION_FAILED');
  await act(id, 'refuse', instructor, { reason: 'Le bureau ne vous connaît pas' }).expect(200);
  expect(await rights(person)).toEqual([]);
  const { body } = await read('/v1/me', person).expect(200);
  expect(body.organisations).toMatchObject([{ membership: { state: 'refused', decisionReason: 'Le bureau ne vous connaît pas' } }]);
  expect((await act(id, 'grant', instructor, {}, 2).expect(409)).body.code).toBe('ACT_NOT_ALLOWED');
  await ask(organisation.id, person).expect(201);
});

test('one asks once at a time, even twice at once', async () => {
  const organisation = await anOrganisation(app);
  const person = await aPerson(app);
  const answers = await Promise.all([ask(organisation.id, person), ask(organisation.id, person)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  expect(answers.find(({ status }) => status === 409)?.body.code).toBe('ALREADY_MEMBER');
});

test('of two decisions at once, one counts', async () => {
  const colleague = await aPerson(app, { grants: [GRANTS.instructorOf('94041')] });
  const { id } = await asked(await anOrganisation(app));
  const answers = await Promise.all([act(id, 'grant', instructor), act(id, 'refuse', colleague, { reason: 'Non' })]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
});

test('a decision says which version it is on', async () => {
  const { id } = await asked(await anOrganisation(app));
  const silent = await app.http.post(`/v1/memberships/${id}/grant`).set(instructor.auth).send({}).expect(428);
  expect(silent.body.code).toBe('VERSION_REQUIRED');
  const stale = await act(id, 'grant', instructor, {}, 7).expect(412);
  expect(stale.body).toMatchObject({ code: 'STALE_VERSION', currentVersion: 1 });
});

test('a membership ends with a reason; the right stops at once and the history stays', async () => {
  const person = await aPerson(app);
  const { id: organisationId, membershipIds } = await anOrganisation(app, { members: [{ person }] });
  const [id = ''] = membershipIds;
  await read(`/v1/organisations/${organisationId}`, person).expect(200);
  await act(id, 'end', instructor, { reason: 'A quitté l’association' }).expect(200);
  await read(`/v1/organisations/${organisationId}`, person).expect(404);
  const { body } = await read(`/v1/memberships/${id}`, instructor).expect(200);
  expect(body).toMatchObject({
    state: 'ended',
    endReason: 'A quitté l’association',
    decidedAt: expect.any(String),
    endedAt: expect.any(String),
  });
  expect((await read('/v1/me', person).expect(200)).body.organisations).toEqual([]);
});

test('one takes one’s request back, and leaves, the last administrator too', async () => {
  const organisation = await anOrganisation(app);
  const { person, id } = await asked(organisation);
  await app.http.post(`/v1/me/memberships/${id}/leave`).set(instructor.auth).expect(404);
  await app.http.post(`/v1/me/memberships/${id}/leave`).set(person.auth).expect(204);
  expect((await app.http.post(`/v1/me/memberships/${id}/leave`).set(person.auth).expect(409)).body.code).toBe('ACT_NOT_ALLOWED');
  const last = await aPerson(app);
  const { membershipIds } = await anOrganisation(app, { members: [{ person: last, roles: ['administrator'] }] });
  await app.http.post(`/v1/me/memberships/${membershipIds[0]}/leave`).set(last.auth).expect(204);
  expect(await rights(last)).toEqual([]);
  const audits = await app.query(`SELECT actor_id FROM audit WHERE act = 'membership.leave' AND object_id = $1`, [membershipIds[0]]);
  expect(audits).toEqual([{ actor_id: last.id }]);
});

describe('a signatory', () => {
  const evidence = 'Procès-verbal de l’assemblée générale du 12 mars, vu en original';

  test('is verified on evidence by someone else who sees the organisation', async () => {
    const { id } = await asked(await anOrganisation(app));
    expect((await act(id, 'verify-signatory', instructor, { evidence }).expect(409)).body.code).toBe('ACT_NOT_ALLOWED');
    await act(id, 'grant', instructor).expect(200);
    expect((await act(id, 'verify-signatory', instructor, {}, 2).expect(400)).body.code).toBe('VALIDATION_FAILED');
    const { body } = await act(id, 'verify-signatory', instructor, { evidence }, 2).expect(200);
    expect(body).toMatchObject({ signatoryVerified: true, signatoryEvidence: evidence, version: 3 });
    const [row] = await app.query('SELECT signatory_verified_by FROM memberships WHERE id = $1', [id]);
    expect(row).toEqual({ signatory_verified_by: instructor.id });
    expect((await act(id, 'verify-signatory', instructor, { evidence }, 3).expect(409)).body.code).toBe('SIGNATORY_ALREADY_VERIFIED');
    expect(await app.query(`SELECT 1 FROM audit WHERE act = 'membership.verify-signatory' AND object_id = $1`, [id])).toHaveLength(1);
  });

  test.each([
    ['the delegate of the département', GRANTS.delegateOfDepartment('94'), 200],
    ['the instructor of another commune', GRANTS.instructorOf('94081'), 404],
    ['an auditor', GRANTS.auditor(), 403],
  ])('by %s', async (_who, grant, status) => {
    const { membershipIds } = await anOrganisation(app, {
      members: [{ person: await aPerson(app), roles: ['signatory'], verified: false }],
    });
    await act(membershipIds[0] ?? '', 'verify-signatory', await aPerson(app, { grants: [grant] }), { evidence }).expect(status);
  });

  test('is not verified by a fellow member, nor by oneself, nor is an editor', async () => {
    const [administrator, both] = [await aPerson(app), await aPerson(app, { grants: [GRANTS.instructorOf('94041')] })];
    const { membershipIds } = await anOrganisation(app, {
      members: [
        { person: administrator, roles: ['administrator'] },
        { person: both, roles: ['signatory'], verified: false },
        { person: await aPerson(app), roles: ['editor'] },
      ],
    });
    const [, signatory = '', editor = ''] = membershipIds;
    await act(signatory, 'verify-signatory', administrator, { evidence }).expect(403);
    expect((await act(signatory, 'verify-signatory', both, { evidence }).expect(403)).body.code).toBe('RECUSED');
    expect((await act(editor, 'verify-signatory', instructor, { evidence }).expect(409)).body.code).toBe('NOT_A_SIGNATORY');
  });

  test('who no longer signs is no longer verified', async () => {
    const person = await aPerson(app);
    const { membershipIds } = await anOrganisation(app, { members: [{ person, roles: ['signatory', 'editor'] }] });
    const [id = ''] = membershipIds;
    await act(id, 'change-roles', instructor, { roles: ['editor'] }).expect(200);
    expect(await rights(person)).toEqual(['applicant']);
    const { body } = await act(id, 'change-roles', instructor, { roles: ['editor', 'signatory'] }, 2).expect(200);
    expect(body).toMatchObject({ roles: ['editor', 'signatory'], signatoryVerified: false });
  });
});

test('those entitled see requests over all their organisations, others see none', async () => {
  const organisation = await anOrganisation(app, { inseeCode: '91027' });
  const { id } = await asked(organisation);
  const athis = await aPerson(app, { grants: [GRANTS.instructorOf('91027')] });
  const waiting = await read('/v1/memberships?state=requested&count=true', athis).expect(200);
  expect(waiting.body).toMatchObject({ data: [{ id, organisationName: organisation.name, version: 1 }], page: { total: 1 } });
  expect((await read('/v1/memberships?state=active', athis).expect(200)).body.data).toEqual([]);
  expect((await read(`/v1/organisations/${organisation.id}/memberships`, athis).expect(200)).body.data).toMatchObject([{ id }]);
  expect((await read('/v1/memberships', await aPerson(app)).expect(200)).body.data).toEqual([]);
  await read(`/v1/organisations/${organisation.id}/memberships`, elsewhere).expect(404);
});

test.each<[string, object]>([
  ['no role', { roles: [] }],
  ['a role of the staff', { roles: ['instructor'] }],
  ['a role twice', { roles: ['editor', 'editor'] }],
  ['a text for a list', { roles: 'editor' }],
  ['a state', { roles: ['editor'], state: 'active' }],
  ['a NUL', { roles: ['editor'], message: '\u0000' }],
  ['a novel', { roles: ['editor'], message: 'x'.repeat(1001) }],
])('asking refuses %s', async (_what, body) => {
  const { id } = await anOrganisation(app);
  expect((await ask(id, await aPerson(app), body).expect(400)).body.code).toBe('VALIDATION_FAILED');
});

test('asking to join what does not exist is 404', async () => {
  expect((await ask('01890000-0000-7000-8000-000000000000', await aPerson(app)).expect(404)).body.code).toBe('NOT_FOUND');
});
