import { wantTwoAbove } from '../../builders/approval.js';
import { aPrefecture, aProposedLine, aSubmittedLine, decide, lineRow } from '../../builders/funding.js';
import { aDossier } from '../../builders/dossiers.js';
import { aPerson, GRANTS, type Person } from '../../builders/people.js';
import { startApp, type TestApp } from '../../setup/app.js';

interface Entry {
  readonly id: string;
  readonly at: string;
  readonly kind: string;
  readonly label: string;
  readonly actor: { id: string; name: string } | null;
  readonly amountCents: number | null;
  readonly envelopeId: string | null;
  readonly reason: string | null;
}

let app: TestApp;
let prefecture: Person;
let line: Awaited<ReturnType<typeof aProposedLine>>;
beforeAll(async () => {
  app = await startApp();
  prefecture = await aPrefecture(app);
});
beforeEach(async () => {
  line = await aProposedLine(app);
});
afterAll(() => app.close());

const history = async (by: Person, query: Record<string, string> = {}, id = line.id) =>
  app.http.get(`/v1/funding-lines/${id}/history`).query(query).set(by.auth);
const entries = async (by: Person): Promise<Entry[]> => {
  const { status, body } = await history(by, { count: 'true' });
  expect(status).toBe(200);
  const { data, page } = body as { data: Entry[]; page: { total: number } };
  expect(page.total).toBe(data.length);
  return data;
};
const kinds = async (by: Person) => (await entries(by)).map(({ kind }) => kind);
const approve = (amountCents = 250_000) => decide(app, prefecture, line.id, 'approve', { amountCents });
/** As an announcement leaves a line, with its audit. */
async function announce(): Promise<void> {
  const coordinator = await aPerson(app, { grants: [GRANTS.coordinator()] });
  await app.query(`UPDATE funding_lines SET state = 'announced', announced_at = now(), version = version + 1 WHERE id = $1`, [line.id]);
  await app.query(
    `INSERT INTO audit (id, at, actor_id, actor_kind, act, object_type, object_id, before, after)
     VALUES (gen_random_uuid(), now() + interval '1 second', $2, 'user', 'funding-line.announced', 'funding-line', $1, $3, $4)`,
    [line.id, coordinator.id, { state: 'approved', grantedCents: '250000' }, { state: 'announced', grantedCents: '250000' }],
  );
}

test('those who judge read all of it, in order, with who and how much', async () => {
  const instructor = await aPerson(app, { name: 'Inès', grants: [GRANTS.instructorOf('94041')] });
  await app.http
    .post(`/v1/funding-lines/${line.id}/opinions`)
    .set(instructor.auth)
    .send({ opinion: 'reserved', proposedCents: 200_000, reason: 'Public large' })
    .expect(201);
  await wantTwoAbove(app, prefecture, 0);
  await approve();
  const second = await aPrefecture(app);
  await decide(app, second, line.id, 'approve', { amountCents: 250_000 });
  await wantTwoAbove(app, prefecture, null);
  await decide(app, prefecture, line.id, 'release', { reason: 'Erreur de ligne' });
  const all = await entries(prefecture);
  expect(all.map(({ kind, amountCents }) => [kind, amountCents])).toEqual([
    ['dossier.submitted', 500_000],
    ['movement.reserve', 300_000],
    ['funding-line.proposed', 300_000],
    ['opinion.given', 200_000],
    ['funding-line.first-approved', 250_000],
    ['movement.release', 300_000],
    ['movement.commit', 250_000],
    ['funding-line.approved', 250_000],
    ['movement.decommit', 250_000],
    ['funding-line.released', null],
  ]);
  expect(all.map(({ at }) => at)).toEqual(all.map(({ at }) => at).toSorted());
  expect(all[3]).toMatchObject({ label: 'Avis réservé', actor: { id: instructor.id, name: 'Inès' }, reason: 'Public large' });
  expect(all[6]).toMatchObject({ label: 'Engagé dans l’enveloppe', actor: { id: second.id }, envelopeId: line.envelopeId });
  expect(all[9]).toMatchObject({ reason: 'Erreur de ligne' });
  expect(await entries(await aPerson(app, { grants: [GRANTS.auditor()] }))).toEqual(all);
});

describe('its own people', () => {
  test('read nothing but their request before it is announced, whatever was thought, granted or taken back', async () => {
    const { editor } = line.dossier;
    const before = await entries(editor);
    expect(before.map(({ kind, label, amountCents, actor }) => ({ kind, label, amountCents, actor }))).toEqual([
      { kind: 'submitted', label: 'Demande déposée', amountCents: 500_000, actor: null },
    ]);
    await approve();
    expect(await entries(editor)).toEqual(before);
    await decide(app, prefecture, line.id, 'release', { reason: 'À revoir' });
    await decide(app, prefecture, line.id, 'refuse', { reason: 'Hors sujet' });
    expect(await entries(editor)).toEqual(before);
  });

  test('read what was announced and paid, by its public word, and not who', async () => {
    await approve();
    await announce();
    await app.query(
      `INSERT INTO audit (id, at, actor_id, actor_kind, act, object_type, object_id, before, after)
       SELECT gen_random_uuid(), now() + n.rank * interval '1 minute', $2, 'user', n.act, 'funding-line', $1, n.before::jsonb, n.after::jsonb
       FROM (VALUES
         (1, 'funding-line.act-generated', '{"state": "announced"}', '{"state": "act-generated", "grantedCents": "250000"}'),
         (2, 'funding-line.notified', '{"state": "signed", "grantedCents": "250000"}', '{"state": "notified", "grantedCents": "250000"}'),
         (3, 'funding-line.paid', '{"state": "notified", "grantedCents": "250000", "paidCents": "0"}',
             '{"state": "partly-paid", "grantedCents": "250000", "paidCents": "100000"}'),
         (4, 'funding-line.paid', '{"state": "partly-paid", "grantedCents": "250000", "paidCents": "100000"}',
             '{"state": "partly-paid", "grantedCents": "250000", "paidCents": "150000"}'),
         (5, 'funding-line.amended', '{"state": "partly-paid", "grantedCents": "250000", "paidCents": "150000"}',
             '{"state": "partly-paid", "grantedCents": "200000", "paidCents": "150000", "reason": "Avenant 1"}'),
         (6, 'funding-line.seen', '{"state": "partly-paid"}', '{"state": "partly-paid"}')) AS n (rank, act, before, after)`,
      [line.id, prefecture.id],
    );
    const told = await entries(line.dossier.editor);
    expect(told.map(({ kind, label, amountCents }) => [kind, label, amountCents])).toEqual([
      ['submitted', 'Demande déposée', 500_000],
      ['granted', 'Accordée', 250_000],
      ['notified', 'Notifiée', 250_000],
      ['partly-paid', 'Payée en partie', 100_000],
      ['partly-paid', 'Payée en partie', 50_000],
      ['partly-paid', 'Payée en partie', 200_000],
    ]);
    expect(told.at(-1)).toMatchObject({ reason: 'Avenant 1' });
    expect(told.every(({ actor, envelopeId }) => actor === null && envelopeId === null)).toBe(true);
    expect((await entries(prefecture)).at(-1)).toMatchObject({ kind: 'funding-line.seen', label: 'Acte enregistré (funding-line.seen)' });
  });

  test('so does who must not judge them', async () => {
    await approve();
    const conflicted = await aPrefecture(app);
    await app.http
      .post('/v1/me/recusals')
      .set(conflicted.auth)
      .send({ organisationId: line.dossier.organisationId, reason: 'Ma sœur la préside' })
      .expect(201);
    expect(await kinds(conflicted)).toEqual(['submitted']);
  });

  test('read their draft’s, which nobody else knows of', async () => {
    const draft = await aDossier(app, { qpv: ['gagarine'], funders: [{ code: 'P147-94', cents: 1000 }] });
    const id = draft.lines[0]?.id ?? '';
    const { status, body } = await history(draft.editor, {}, id);
    expect([status, (body as { data: unknown[] }).data]).toEqual([200, []]);
    expect((await history(prefecture, {}, id)).status).toBe(404);
  });
});

test('page by page, the same list once', async () => {
  await approve();
  const all = await entries(prefecture);
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const { body }: { body: unknown } = await history(prefecture, { limit: '2', ...(cursor === null ? {} : { cursor }) });
    const { data, page } = body as { data: Entry[]; page: { nextCursor: string | null } };
    ids.push(...data.map(({ id }) => id));
    cursor = page.nextCursor;
  } while (cursor !== null);
  expect(ids).toEqual(all.map(({ id }) => id));
});

test.each([
  ['another organisation', async () => (await aSubmittedLine(app)).dossier.editor],
  ['the prefecture of the other département', () => aPrefecture(app, '91')],
  ['a funder that is not asked', () => aPerson(app, { grants: [GRANTS.partnerOf('CAF94')] })],
  ['somebody', () => aPerson(app)],
])('nothing of it for %s', async (_who, someone) => {
  expect((await history(await someone())).status).toBe(404);
  expect(await lineRow(app, line.id)).toMatchObject({ state: 'proposed' });
});
