import { aCall, aCoordinator } from '../../builders/calls.js';
import {
  aConvenedSession,
  act,
  aDraftSession,
  aHeldSession,
  anInstructedDossier,
  codeOf,
  done,
  refusalsOf,
  someLines,
  type Session,
} from '../../builders/committee.js';
import { aDelegate, aPrefecture, lineRow } from '../../builders/funding.js';
import { anOrganisation } from '../../builders/organisations.js';
import { aPerson, GRANTS, type Person } from '../../builders/people.js';
import { auditOf } from '../../builders/traces.js';
import { startApp, type TestApp } from '../../setup/app.js';

let app: TestApp;
let coordinator: Person;
let callId: string;
beforeAll(async () => {
  app = await startApp();
  coordinator = await aCoordinator(app);
});
beforeEach(async () => {
  callId = (await aCall(app)).id;
});
afterAll(() => app.close());

const post = (session: { id: string }, verb: string, body: object = {}, by = coordinator, version?: number) =>
  act(app, by, 'post', `/v1/committees/${session.id}/${verb}`, body, version);
const attend = (session: { id: string }, body: object, by = coordinator) =>
  act(app, by, 'put', `/v1/committees/${session.id}/attendance`, body);

test('a session is prepared, changed, and known to the staff once it is convened', async () => {
  const user = await aPerson(app, { name: 'Dora Déléguée' });
  const members = [
    { userId: user.id, institution: 'État', funderCode: 'P147-94' },
    { name: 'Élu', institution: 'Ville' },
  ];
  const session = await aDraftSession(app, { by: coordinator, callId, members });
  expect(session).toMatchObject({
    status: 'draft',
    version: 1,
    callId,
    quorum: { required: 2, present: 0, members: 2, reached: false },
    members: [expect.objectContaining({ userId: user.id, name: 'Dora Déléguée', present: null }), expect.objectContaining({ name: 'Élu' })],
  });
  const changed = await act(app, coordinator, 'patch', `/v1/committees/${session.id}`, { title: 'Comité d’avril', quorum: 1, place: null });
  expect(changed.body).toMatchObject({ title: 'Comité d’avril', place: null, version: 2, members: session.members });
  expect(changed.headers['etag']).toBe('"2"');
  const read = (by: Person) => codeOf(app.http.get(`/v1/committees/${session.id}`).set(by.auth).then());
  const instructor = await aPerson(app, { grants: [GRANTS.instructorOf('94041')] });
  expect(await read(instructor)).toEqual([404, 'NOT_FOUND']);
  const { lineIds } = await someLines(app, callId, 1);
  await done(post(session, 'agenda', { lineIds }));
  await done(post(session, 'convene'));
  expect(await read(instructor)).toEqual([200, undefined]);
  expect(await read(await aPerson(app))).toEqual([404, 'NOT_FOUND']);
  expect((await auditOf(app, session.id)).map(({ act: verb }) => verb)).toEqual([
    'committee.created',
    'committee.changed',
    'committee.lines-put-on-agenda',
    'committee.convened',
  ]);
});

test('a member has an account or a name; who has neither, or an account that does not exist, is pointed at', async () => {
  const body = { callId, title: 'Comité', heldOn: '2027-03-01', quorum: 1 };
  const create = (members: object[]) =>
    app.http
      .post('/v1/committees')
      .set(coordinator.auth)
      .send({ ...body, members })
      .then();
  const none = await create([{ name: 'A', institution: 'Ville' }, { institution: 'Ville' }]);
  expect([none.status, none.body.errors]).toEqual([422, [expect.objectContaining({ pointer: '/members/1', code: 'MEMBER_WITHOUT_NAME' })]]);
  const unknown = await create([{ userId: '00000000-0000-7000-8000-000000000001', institution: 'Ville' }]);
  expect([unknown.status, unknown.body.code]).toEqual([422, 'MEMBER_UNKNOWN']);
  expect(await codeOf(create([{ name: 'A', institution: 'Ville', funderCode: 'NOBODY' }]))).toEqual([422, 'UNKNOWN_REFERENCE']);
  expect(await codeOf(create([{ name: 'A' }]))).toEqual([400, 'VALIDATION_FAILED']);
});

describe('the agenda', () => {
  test('takes instructed lines, in the order given, and gives them back instructed', async () => {
    const { lineIds } = await someLines(app, callId, 3);
    const asked = [...lineIds].reverse();
    const session = await aDraftSession(app, { by: coordinator, callId, lineIds: asked });
    expect(session).toMatchObject({ lineCount: 3, version: 2 });
    const { body } = await app.http.get(`/v1/committees/${session.id}/lines?count=true`).set(coordinator.auth).expect(200);
    expect(body.data.map(({ id, status }: { id: string; status: string }) => [id, status])).toEqual(asked.map((id) => [id, 'on-agenda']));
    expect(body.page.total).toBe(3);
    await done(post(session, 'convene'));
    await done(post(session, 'remove-from-agenda', { lineIds: [asked[0]] }));
    expect(await lineRow(app, asked[0]!)).toMatchObject({ state: 'instructed', version: 3 });
    expect((await auditOf(app, asked[0]!)).map(({ act: verb }) => verb)).toEqual([
      'funding-line.put-on-agenda',
      'funding-line.taken-off-agenda',
    ]);
    const other = await aDraftSession(app, { by: coordinator, callId, lineIds: [asked[0]!] });
    expect(other.lineCount).toBe(1);
  });

  test('all or none: what is not instructed, of another call, elsewhere or nowhere is pointed at', async () => {
    const { lineIds } = await someLines(app, callId, 2);
    const [good = '', taken = ''] = lineIds;
    await aDraftSession(app, { by: coordinator, callId, lineIds: [taken] });
    const fresh = await someLines(app, callId, 1);
    await app.query(`UPDATE funding_lines SET state = 'requested' WHERE id = $1`, [fresh.lineIds[0]]);
    const foreign = await anInstructedDossier(app);
    const session = await aDraftSession(app, { by: coordinator, callId });
    const nowhere = '00000000-0000-7000-8000-000000000001';
    const answer = await post(session, 'agenda', { lineIds: [good, taken, fresh.lineIds[0], foreign.lineIds[0], nowhere] });
    expect([answer.status, answer.body.code]).toEqual([409, 'LINES_REFUSED']);
    expect(refusalsOf(answer)).toEqual([
      '/lineIds/1 LINE_ON_ANOTHER_AGENDA',
      '/lineIds/2 LINE_NOT_INSTRUCTED',
      '/lineIds/3 LINE_OF_ANOTHER_CALL',
      '/lineIds/4 NOT_FOUND',
    ]);
    expect(await lineRow(app, good)).toMatchObject({ state: 'instructed', version: 1 });
  });

  test('takes and gives up no line of an organisation that who writes it is recused from, nor those that come with it', async () => {
    const [own, other] = [await someLines(app, callId, 1), await someLines(app, callId, 1)];
    const recused = await aCoordinator(app);
    await app.query(`INSERT INTO recusals (id, user_id, organisation_id, reason) VALUES (gen_random_uuid(), $1, $2, 'Y siège')`, [
      recused.id,
      own.organisationId,
    ]);
    const session = await aDraftSession(app, { by: coordinator, callId });
    const lineIds = [...other.lineIds, ...own.lineIds];
    expect(await codeOf(post(session, 'agenda', { lineIds }, recused))).toEqual([403, 'RECUSED']);
    for (const lineId of lineIds) expect(await lineRow(app, lineId)).toMatchObject({ state: 'instructed', version: 1 });
    expect(await done(post(session, 'agenda', { lineIds: other.lineIds }, recused))).toMatchObject({ lineCount: 1 });
    await done(post(session, 'agenda', { lineIds: own.lineIds }));
    expect(await codeOf(post(session, 'remove-from-agenda', { lineIds }, recused))).toEqual([403, 'RECUSED']);
    for (const lineId of lineIds) expect(await lineRow(app, lineId)).toMatchObject({ state: 'on-agenda' });
  });

  test('one line put on two agendas at once comes before one', async () => {
    const { lineIds } = await someLines(app, callId, 1);
    const sessions = [await aDraftSession(app, { by: coordinator, callId }), await aDraftSession(app, { by: coordinator, callId })];
    const codes = await Promise.all(sessions.map((session) => codeOf(post(session, 'agenda', { lineIds }))));
    expect(codes.map(([status]) => status).sort()).toEqual([200, 409]);
  });

  test('is frozen once convened; in session, only a line that is no longer to decide leaves it', async () => {
    const { lineIds } = await someLines(app, callId, 2);
    const [stays = '', gone = ''] = lineIds;
    const session = await aHeldSession(app, { by: coordinator, callId, lineIds });
    const more = await someLines(app, callId, 1);
    expect(await codeOf(post(session, 'agenda', { lineIds: more.lineIds }))).toEqual([409, 'ACT_NOT_ALLOWED']);
    expect(await codeOf(act(app, coordinator, 'patch', `/v1/committees/${session.id}`, { quorum: 1 }))).toEqual([409, 'ACT_NOT_ALLOWED']);
    const refused = await post(session, 'remove-from-agenda', { lineIds });
    expect(refusalsOf(refused)).toEqual(['/lineIds/0 LINE_STILL_TO_DECIDE', '/lineIds/1 LINE_STILL_TO_DECIDE']);
    await app.query(`UPDATE funding_lines SET state = 'withdrawn' WHERE id = $1`, [gone]);
    expect(await done(post(session, 'remove-from-agenda', { lineIds: [gone] }))).toMatchObject({ lineCount: 1 });
    expect(await lineRow(app, gone)).toMatchObject({ state: 'withdrawn' });
    expect(await lineRow(app, stays)).toMatchObject({ state: 'on-agenda' });
    expect(await codeOf(post(session, 'remove-from-agenda', { lineIds: [gone] }))).toEqual([422, 'LINE_NOT_ON_AGENDA']);
  });
});

describe('the quorum', () => {
  let session: Session;
  beforeEach(async () => {
    const { lineIds } = await someLines(app, callId, 1);
    session = await aConvenedSession(app, { by: coordinator, callId, lineIds });
  });
  const present = (count: number) => session.members.slice(0, count).map(({ id }) => id);

  test('holds the opening back, in figures, and lets it go once reached', async () => {
    await done(attend(session, { presentMemberIds: present(1), recusals: [] }));
    const { status, body } = await post(session, 'open');
    expect([status, body.code]).toEqual([409, 'QUORUM_NOT_REACHED']);
    expect(body.detail).toMatch(/1 membre\(s\) présent\(s\) sur 3, il en faut 2/);
    await done(attend(session, { presentMemberIds: present(2), recusals: [] }));
    expect(await done(post(session, 'open'))).toMatchObject({ status: 'held', quorum: { present: 2, reached: true } });
    expect(await codeOf(attend(session, { presentMemberIds: present(1), recusals: [] }))).toEqual([409, 'QUORUM_NOT_REACHED']);
  });

  test('a session that could never reach it, or for nothing, is not convened', async () => {
    const { lineIds } = await someLines(app, callId, 1);
    const large = await aDraftSession(app, { by: coordinator, callId, lineIds, quorum: 4 });
    expect(await codeOf(post(large, 'convene'))).toEqual([409, 'QUORUM_OUT_OF_REACH']);
    expect(await codeOf(post(await aDraftSession(app, { by: coordinator, callId }), 'convene'))).toEqual([409, 'AGENDA_EMPTY']);
  });

  test('nobody unknown is present', async () => {
    const answer = await attend(session, { presentMemberIds: [session.callId], recusals: [] });
    expect([answer.status, answer.body.errors[0].pointer]).toEqual([422, '/presentMemberIds/0']);
  });
});

test('who belongs to an organisation of the agenda, or declared a conflict, is recused from it without saying so', async () => {
  const [member, conflicted, free] = [await aPerson(app), await aPerson(app), await aPerson(app)];
  const { lineIds, organisationId } = await someLines(app, callId, 1);
  const elsewhere = await anOrganisation(app, { members: [{ person: free }] });
  await app.query(
    `INSERT INTO memberships (id, organisation_id, user_id, state, is_editor) VALUES (gen_random_uuid(), $1, $2, 'active', true)`,
    [organisationId, member.id],
  );
  await app.query(`INSERT INTO recusals (id, user_id, organisation_id, reason) VALUES (gen_random_uuid(), $1, $2, 'Conjoint trésorier')`, [
    conflicted.id,
    organisationId,
  ]);
  const members = [member, conflicted, free].map(({ id: userId }) => ({ userId, institution: 'Ville' }));
  const session = await aConvenedSession(app, { by: coordinator, callId, lineIds, members });
  const [a, b, c] = session.members.map(({ id }) => id);
  const declared = { memberId: c, organisationId: elsewhere.id, reason: 'En est membre' };
  const attended = await done(attend(session, { presentMemberIds: [a, b, c], recusals: [declared] }));
  const recusalsIn = ({ recusals }: Session) => recusals.map(({ memberId, source }) => `${memberId} ${source}`).sort();
  expect(recusalsIn(attended)).toEqual([`${a} automatic`, `${b} automatic`, `${c} declared`].sort());
  // Joined between the attendance and the opening.
  await app.query(
    `INSERT INTO memberships (id, organisation_id, user_id, state, is_editor) VALUES (gen_random_uuid(), $1, $2, 'requested', true)`,
    [organisationId, free.id],
  );
  expect(recusalsIn(await done(post(session, 'open')))).toHaveLength(4);
});

test('the staff reads the lines of its perimeter only, and nobody those of its own organisation', async () => {
  const ivry = await someLines(app, callId, 1);
  const essonne = await anInstructedDossier(app, { callId, qpv: 'grand-vaux', lines: [{ funder: 'P147-91', requestedCents: 1000 }] });
  const session = await aConvenedSession(app, { by: coordinator, callId, lineIds: [...ivry.lineIds, ...essonne.lineIds] });
  const seen = async (by: Person) => {
    const { body } = await app.http.get(`/v1/committees/${session.id}/lines`).set(by.auth).expect(200);
    return (body as { data: { id: string }[] }).data.map(({ id }) => id);
  };
  const both = [...ivry.lineIds, ...essonne.lineIds];
  expect(await seen(coordinator)).toEqual(both);
  expect(await seen(await aPerson(app, { grants: [GRANTS.auditor()] }))).toEqual(both);
  expect(await seen(await aDelegate(app))).toEqual(ivry.lineIds);
  expect(await seen(await aPrefecture(app, '91'))).toEqual(essonne.lineIds);
  expect(await seen(await aPerson(app, { grants: [GRANTS.partnerOf('CAF94')] }))).toEqual([]);
  const recused = await aCoordinator(app);
  await app.query(`INSERT INTO recusals (id, user_id, organisation_id, reason) VALUES (gen_random_uuid(), $1, $2, 'Y siège')`, [
    recused.id,
    ivry.organisationId,
  ]);
  expect(await seen(recused)).toEqual(essonne.lineIds);
});

test.each([
  ['agenda', 'post', { lineIds: ['00000000-0000-7000-8000-000000000001'] }],
  ['remove-from-agenda', 'post', { lineIds: ['00000000-0000-7000-8000-000000000001'] }],
  ['convene', 'post', {}],
  ['attendance', 'put', { presentMemberIds: [], recusals: [] }],
  ['open', 'post', {}],
  ['apply', 'post', {}],
  ['close', 'post', {}],
] as const)('%s: the coordination only, on the version it read', async (verb, method, body) => {
  const { lineIds } = await someLines(app, callId, 1);
  const session = await aConvenedSession(app, { by: coordinator, callId, lineIds });
  const path = `/v1/committees/${session.id}/${verb}`;
  for (const by of [await aPrefecture(app), await aPerson(app, { grants: [GRANTS.auditor()] })])
    expect(await codeOf(act(app, by, method, path, body))).toEqual([403, 'FORBIDDEN']);
  expect(await codeOf(act(app, await aPerson(app), method, path, body))).toEqual([404, 'NOT_FOUND']);
  expect(await codeOf(app.http[method](path).set(coordinator.auth).send(body).then())).toEqual([428, 'VERSION_REQUIRED']);
  expect(await codeOf(act(app, coordinator, method, path, body, 99))).toEqual([412, 'STALE_VERSION']);
});
