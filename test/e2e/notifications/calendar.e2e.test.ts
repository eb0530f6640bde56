import ICAL from 'ical.js';
import { newId } from '../../../src/kernel/id.js';
import type { RoleGrant } from '../../../src/platform/auth/actor.js';
import { anOrganisation } from '../../builders/organisations.js';
import { aPerson, GRANTS, signedInNow, type Person } from '../../builders/people.js';
import { aCallRow, aComplementRow, aDossierRow, anActionRow, aLineRow } from '../../builders/rows.js';
import { auditOf } from '../../builders/traces.js';
import { startApp, type TestApp } from '../../setup/app.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
beforeEach(async () => {
  await app.reset();
  app.clock.freeze('2027-01-15T08:00:00Z');
});
afterAll(() => app.close());

const open = async (person: Person): Promise<string> => {
  const { body } = await app.http
    .post('/v1/me/calendar-feed')
    .set(await signedInNow(app, person))
    .expect(201);
  const { url } = body as { url: string };
  return url.replace('http://bievre.test', '');
};

interface Entry {
  readonly uid: string;
  readonly summary: string;
  /** A day, or an instant in UTC. */
  readonly start: string;
  readonly place: string;
}

async function entriesAt(path: string): Promise<Entry[]> {
  const { text } = await app.http.get(path).expect(200).expect('content-type', 'text/calendar; charset=utf-8');
  return new ICAL.Component(ICAL.parse(text) as unknown[]).getAllSubcomponents('vevent').map((component) => {
    const { uid, summary, startDate, location } = new ICAL.Event(component);
    return { uid, summary, start: startDate.toString(), place: location };
  });
}
const entriesOf = async (person: Person): Promise<string[]> =>
  (await entriesAt(await open(person))).map(({ start, summary }) => `${start} ${summary}`);
/** Without the dates of calls, which all the staff have. */
const ownEntriesOf = async (person: Person): Promise<string[]> =>
  (await entriesOf(person)).filter((entry) => !/ (Ouverture|Clôture) : /.test(entry));

const someone = (grant: RoleGrant): Promise<Person> => aPerson(app, { grants: [grant] });
const everyone = (grants: readonly RoleGrant[]): Promise<Person[]> => Promise.all(grants.map(someone));
const recuse = ({ id }: Person, organisationId: string) =>
  app.query(`INSERT INTO recusals (id, user_id, organisation_id, reason) VALUES ($1, $2, $3, 'Parenté')`, [newId(), id, organisationId]);

async function aTeam(): Promise<{ editor: Person; signatory: Person; administrator: Person; organisationId: string }> {
  const [editor, signatory, administrator] = [await aPerson(app), await aPerson(app), await aPerson(app)];
  const members = [
    { person: editor },
    { person: signatory, roles: ['signatory' as const] },
    { person: administrator, roles: ['administrator' as const] },
  ];
  const { id: organisationId } = await anOrganisation(app, { members });
  return { editor, signatory, administrator, organisationId };
}

test('the address is secret: shown once, hashed at rest, replaced by the next, closed by hand', async () => {
  const person = await aPerson(app);
  const auth = await signedInNow(app, person);
  expect((await app.http.get('/v1/me/calendar-feed').set(auth).expect(200)).body).toEqual({ createdAt: null });
  const first = await open(person);
  expect(first).toMatch(/^\/v1\/calendar\/[\w-]{43}\.ics$/);
  const token = first.slice('/v1/calendar/'.length, -'.ics'.length);
  const [row] = await app.query<{ id: string; text: string }>('SELECT id, f::text AS text FROM calendar_feeds f');
  expect(row?.text).not.toContain(token);
  expect(await app.query('SELECT 1 FROM idempotency_keys')).toEqual([]);
  expect((await app.http.get('/v1/me/calendar-feed').set(auth)).body).toEqual({ createdAt: '2027-01-15T08:00:00.000Z' });
  await app.http.get(first).expect(200);

  const second = await open(person);
  await app.http.get(first).expect(404);
  await app.http.get(second).expect(200);
  await app.http.delete('/v1/me/calendar-feed').set(auth).expect(204);
  await app.http.delete('/v1/me/calendar-feed').set(auth).expect(204);
  const gone = await app.http.get(second).expect(404);
  expect(gone.body).toMatchObject({ code: 'NOT_FOUND' });
  expect(gone.headers['cache-control']).toBe('no-store');
  expect((await auditOf(app, row?.id ?? '')).map(({ act }) => act)).toEqual(['calendar-feed.opened', 'calendar-feed.revoked']);
});

test('several opened at once leave one', async () => {
  const person = await aPerson(app);
  const paths = await Promise.all([1, 2, 3, 4].map(() => open(person)));
  const answers = await Promise.all(paths.map((path) => app.http.get(path)));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 404, 404, 404]);
});

test.each(['/v1/calendar/aucun.ics', `/v1/calendar/${'A'.repeat(43)}.ics`, `/v1/calendar/${'%00'.repeat(3)}.ics`])(
  '%s is nobody’s',
  async (path) => {
    await app.http.get(path).expect(404);
  },
);

test('a closed account has no calendar any more', async () => {
  const person = await aPerson(app);
  const path = await open(person);
  await app.query('UPDATE users SET disabled_at = now() WHERE id = $1', [person.id]);
  await app.http.get(path).expect(404);
});

test('who has it already is told so, until a deadline moves', async () => {
  const { editor, organisationId } = await aTeam();
  const callId = await aCallRow(app, { closesAt: new Date('2027-03-28T21:59:00Z') });
  await aDossierRow(app, { callId, organisationId });
  const path = await open(editor);
  const { headers } = await app.http.get(path).expect(200);
  expect(headers['cache-control']).toBe('private, max-age=300');
  const etag = headers['etag'] ?? '';
  expect(etag).toMatch(/^W\/"/);
  app.clock.freeze('2027-01-15T09:00:00Z');
  const again = await app.http.get(path).set('If-None-Match', etag).expect(304);
  expect(again.text).toBe('');
  expect(again.headers['etag']).toBe(etag);
  const [before] = (await entriesAt(path)).filter(({ uid }) => uid.startsWith('call-closing'));
  await app.query(`UPDATE calls SET closes_at = '2027-04-01T10:00:00Z' WHERE id = $1`, [callId]);
  await app.http.get(path).set('If-None-Match', etag).expect(200);
  const [after] = (await entriesAt(path)).filter(({ uid }) => uid.startsWith('call-closing'));
  expect(after).toMatchObject({ uid: before?.uid, start: '2027-04-01T10:00:00Z' });
  expect(before?.uid).toBe(`call-closing/${callId}/${organisationId}@bievre.test`);
});

test('those who write see the opening of calls, and the closing of those they have a draft in, to the instant across the clocks’ change', async () => {
  const { editor, signatory, administrator, organisationId } = await aTeam();
  const spring = { opensAt: new Date('2027-02-01T07:00:00Z'), closesAt: new Date('2027-03-28T21:59:00Z') };
  const autumn = { opensAt: new Date('2027-09-01T06:00:00Z'), closesAt: new Date('2027-10-31T22:59:00Z') };
  const springCall = await aCallRow(app, { title: 'Appel; de printemps, 2027', ...spring });
  await aCallRow(app, { title: 'Appel d’automne', ...autumn });
  await aCallRow(app, { title: 'Brouillon', published: false });
  const { number } = await aDossierRow(app, { callId: springCall, organisationId });
  await aDossierRow(app, { callId: springCall, organisationId }, { state: 'submitted', submittedBy: signatory.id });
  const seen = ['2027-02-01T07:00:00Z Ouverture : Appel; de printemps, 2027', '2027-03-28T21:59:00Z Clôture : Appel; de printemps, 2027'];
  const expected = [...seen, '2027-09-01T06:00:00Z Ouverture : Appel d’automne'];
  expect(await entriesOf(editor)).toEqual(expected);
  expect(await entriesOf(signatory)).toEqual(expected);
  expect(await entriesOf(administrator)).toEqual([]);
  expect(await entriesOf(await aPerson(app))).toEqual([]);
  const { text } = await app.http.get(await open(editor));
  expect(text.replaceAll('\r\n ', '')).toContain(`(${number}). Déposez-le avant le 28 mars 2027 à 23\u00a0h\u00a059 (heure de Paris)`);

  const until = '2027-03-30T10:00:00Z';
  await app.query(
    `INSERT INTO call_extensions (id, call_id, organisation_id, until, reason, granted_by) VALUES ($1, $2, $3, $4, 'Inondation', $5)`,
    [...[newId(), springCall, organisationId, until], administrator.id],
  );
  expect(await entriesOf(editor)).toContain('2027-03-30T10:00:00Z Clôture : Appel; de printemps, 2027');
  await app.query(`UPDATE memberships SET state = 'ended', ended_at = now() WHERE user_id = $1`, [editor.id]);
  expect(await entriesOf(editor)).toEqual([]);
});

test('all the staff see the opening and the closing of every published call, as it is; whoever writes too sees the opening once', async () => {
  const dates = { opensAt: new Date('2027-02-01T07:00:00Z'), closesAt: new Date('2027-03-28T21:59:00Z') };
  const callId = await aCallRow(app, { title: 'Appel annuel', ...dates });
  await aCallRow(app, { title: 'Brouillon', published: false });
  const expected = ['2027-02-01T07:00:00Z Ouverture : Appel annuel', '2027-03-28T21:59:00Z Clôture : Appel annuel'];
  const several = await aPerson(app, { grants: [GRANTS.instructorOf('94041'), GRANTS.instructorOf('94081')] });
  const coordinator = await someone(GRANTS.coordinator());
  const colleagues = [
    GRANTS.delegateOfSector('NE'),
    GRANTS.delegateOfDepartment('94'),
    GRANTS.prefectureOf('91'),
    GRANTS.partnerOf('CAF94'),
  ];
  for (const person of [several, coordinator, ...(await everyone([...colleagues, GRANTS.auditor()]))])
    expect(await entriesOf(person)).toEqual(expected);
  expect(await entriesOf(await someone(GRANTS.administrator()))).toEqual([]);

  const [, closing] = await entriesAt(await open(several));
  expect(closing?.uid).toBe(`call-closing/${callId}@bievre.test`);
  const { text } = await app.http.get(await open(several));
  expect(text.replaceAll('\r\n ', '')).toContain(
    'L’appel à projets « Appel annuel » (2027) ferme le 28 mars 2027 à 23\u00a0h\u00a059 (heure de Paris)',
  );

  const { id: organisationId } = await anOrganisation(app, { members: [{ person: several }] });
  expect(await entriesOf(several)).toEqual(expected);
  await aDossierRow(app, { callId, organisationId });
  // The call's closing, and that of their own draft.
  expect(await entriesOf(several)).toEqual([...expected, expected[1]]);

  await app.query(`UPDATE calls SET closed_at = '2027-03-01T10:00:00Z' WHERE id = $1`, [callId]);
  expect(await entriesOf(coordinator)).toEqual([expected[0], '2027-03-01T10:00:00Z Clôture : Appel annuel']);
  await app.query('UPDATE grants SET revoked_at = now()');
  expect(await entriesOf(coordinator)).toEqual([]);
});

test('a complement is due by those who answer it, as long as it waits for its answer', async () => {
  const { editor, organisationId } = await aTeam();
  const instructor = await aPerson(app, { grants: [GRANTS.instructorOf('94041')] });
  const dossier = await aDossierRow(
    app,
    { callId: await aCallRow(app, { opensAt: new Date('2026-01-01T00:00:00Z') }), organisationId },
    { state: 'to-complete', submittedBy: editor.id },
  );
  const id = await aComplementRow(app, dossier.id, instructor.id);
  expect(await entriesOf(editor)).toEqual([`2027-02-15 Complément à fournir : dossier ${dossier.number}`]);
  await app.query(`UPDATE complement_requests SET answered_at = now(), answer = 'Voici' WHERE id = $1`, [id]);
  expect(await entriesOf(editor)).toEqual([]);
});

test('a session is its members’, once convened and as long as they hold a role', async () => {
  const [seated, other] = [
    await aPerson(app, { grants: [GRANTS.instructorOf('94041')] }),
    await aPerson(app, { grants: [GRANTS.coordinator()] }),
  ];
  const id = newId();
  await app.query(
    `INSERT INTO committees (id, call_id, title, held_on, place, quorum, created_by, created_at) VALUES ($1, $2, 'Comité', '2027-03-28', 'Orly, salle 2', 1, $3, now())`,
    [...[id, await aCallRow(app)], other.id],
  );
  await app.query(
    `INSERT INTO committee_members (id, committee_id, position, user_id, name, institution) VALUES ($1, $2, 0, $3, 'Une élue', 'Ville')`,
    [...[newId(), id], seated.id],
  );
  expect(await ownEntriesOf(seated)).toEqual([]);
  await app.query(`UPDATE committees SET state = 'convened', convened_at = now() WHERE id = $1`, [id]);
  const entries = (await entriesAt(await open(seated))).filter(({ uid }) => !uid.startsWith('call-'));
  expect(entries).toEqual([
    {
      uid: `committee-session/${id}@bievre.test`,
      summary: 'Comité de programmation : Comité',
      start: '2027-03-28',
      place: 'Orly, salle 2',
    },
  ]);
  expect(await ownEntriesOf(other)).toEqual([]);
  await app.query('UPDATE grants SET revoked_at = now() WHERE user_id = $1', [seated.id]);
  expect(await entriesOf(seated)).toEqual([]);
});

async function aDecidedLine(
  funder: string,
  state = 'admissible',
): Promise<{ lineId: string; actionId: string; dossier: { id: string; number: string }; organisationId: string; editor: Person }> {
  const { editor, signatory, organisationId } = await aTeam();
  const callId = await aCallRow(app, { opensAt: new Date('2026-01-01T00:00:00Z') });
  const dossier = await aDossierRow(app, { callId, organisationId }, { state, submittedBy: signatory.id, communes: ['94041'] });
  const actionId = await anActionRow(app, dossier.id, 1, 'Une action');
  await app.query(`INSERT INTO action_territories (action_id, kind, code, chosen) VALUES ($1, 'commune', '94041', true)`, [actionId]);
  return { lineId: await aLineRow(app, actionId, { funder, grantedCents: 100_000 }), actionId, dossier, organisationId, editor };
}

describe('implicit rejection', () => {
  const [here, elsewhere] = [GRANTS.instructorOf('94041'), GRANTS.instructorOf('94003')];
  const deciders = [GRANTS.delegateOfSector('NE'), GRANTS.delegateOfDepartment('94'), GRANTS.prefectureOf('94')];
  const rejected = ({ number }: { number: string }): string[] => [`2027-03-15 Rejet implicite : dossier ${number}`];
  const nothingFor = async (people: readonly Person[]): Promise<void> => {
    for (const person of people) expect(await ownEntriesOf(person)).toEqual([]);
  };

  test('is its instructors’ until the dossier is judged admissible; neither the applicant’s, nor of who is in conflict', async () => {
    const { dossier, organisationId, editor } = await aDecidedLine('P147-94', 'submitted');
    const [instructor, recused] = [await someone(here), await someone(here)];
    await recuse(recused, organisationId);
    expect(await ownEntriesOf(instructor)).toEqual(rejected(dossier));
    await nothingFor([recused, editor, ...(await everyone([elsewhere, ...deciders, GRANTS.coordinator()]))]);
    // While a complement is awaited, the delay is suspended.
    await app.query(`UPDATE dossiers SET state = 'to-complete' WHERE id = $1`, [dossier.id]);
    await nothingFor([instructor]);
  });

  test('is then of who decides for the State, delegates and prefecture, until they have; an event a dossier, however many its lines', async () => {
    const { lineId, actionId, dossier, organisationId, editor } = await aDecidedLine('P147-94');
    await aLineRow(app, actionId, { funder: 'P147-94', scheme: 'VVV' });
    const recused = await someone(GRANTS.prefectureOf('94'));
    await recuse(recused, organisationId);
    const people = await everyone(deciders);
    for (const person of people) expect(await ownEntriesOf(person)).toEqual(rejected(dossier));
    const [event] = (await entriesAt(await open(people[0] ?? recused))).filter(({ uid }) => uid.startsWith('implicit-rejection'));
    expect(event?.uid).toBe(`implicit-rejection/${dossier.id}@bievre.test`);
    const others = [here, GRANTS.delegateOfSector('S'), GRANTS.prefectureOf('91'), GRANTS.partnerOf('CD94'), GRANTS.coordinator()];
    await nothingFor([recused, editor, ...(await everyone(others))]);
    await app.query(`UPDATE funding_lines SET state = 'announced', announced_at = now() WHERE id = $1`, [lineId]);
    for (const person of people) expect(await ownEntriesOf(person)).toEqual(rejected(dossier));
    await app.query(`UPDATE funding_lines SET state = 'refused', decision_reason = 'Hors sujet' WHERE id <> $1`, [lineId]);
    await nothingFor(people);
  });

  test.each(['submitted', 'admissible'])(
    'counts neither the later years of an agreement nor what another funder is asked (%s)',
    async (state) => {
      const { lineId, actionId } = await aDecidedLine('P147-94', state);
      const later = await aLineRow(app, actionId, { funder: 'P147-94', scheme: 'CPO' });
      await app.query('UPDATE funding_lines SET year = 2028 WHERE id = $1', [later]);
      await aLineRow(app, actionId, { funder: 'CD94' });
      const people = await everyone([here, ...deciders]);
      expect((await Promise.all(people.map(ownEntriesOf))).flat()).toHaveLength(state === 'submitted' ? 1 : deciders.length);
      await app.query(`UPDATE funding_lines SET state = 'announced', announced_at = now() WHERE id = $1`, [lineId]);
      await nothingFor(people);
    },
  );
});

test('the payment clock is the prefecture’s of the département: sixty days of Paris, or what the schedule says, until all is paid', async () => {
  const [own, other, recused] = [
    await someone(GRANTS.prefectureOf('94')),
    await someone(GRANTS.prefectureOf('91')),
    await someone(GRANTS.prefectureOf('94')),
  ];
  const { lineId, dossier, organisationId } = await aDecidedLine('P147-94');
  await recuse(recused, organisationId);
  // 00:30 in Paris on 28 February: sixty days on, the clocks have changed.
  await app.query(`UPDATE funding_lines SET state = 'notified', announced_at = now(), notified_at = '2027-02-27T23:30:00Z' WHERE id = $1`, [
    lineId,
  ]);
  const due = (day: string): string[] => [`${day} Paiement au plus tard : Les Jardins de la Bièvre, dossier ${dossier.number}`];
  expect(await ownEntriesOf(own)).toEqual(due('2027-04-29'));
  for (const person of [other, recused]) expect(await ownEntriesOf(person)).toEqual([]);
  for (const [position, dueOn] of [
    [0, '2027-05-01'],
    [1, '2027-10-31'],
  ] as const)
    await app.query(
      `INSERT INTO payment_installments (id, funding_line_id, position, label, amount_cents, due_on, condition) VALUES ($1, $2, $3, 'Part', 50000, $4, 'date')`,
      [newId(), lineId, position, dueOn],
    );
  expect(await ownEntriesOf(own)).toEqual(due('2027-05-01'));
  await app.query('UPDATE funding_lines SET paid_cents = 50000 WHERE id = $1', [lineId]);
  expect(await ownEntriesOf(own)).toEqual(due('2027-10-31'));
  await app.query('UPDATE funding_lines SET paid_cents = 100000 WHERE id = $1', [lineId]);
  expect(await ownEntriesOf(own)).toEqual([]);
});

test.each([
  ['a city', 'COMMUNE-ivry-sur-seine', GRANTS.instructorOf('94041'), GRANTS.instructorOf('94003')],
  ['a département', 'CD94', GRANTS.partnerOf('CD94'), GRANTS.partnerOf('CAF94')],
])('what %s is to pay is due by its own people', async (_who, funder, grant, otherGrant) => {
  const [own, recused] = [await someone(grant), await someone(grant)];
  const others = await everyone([otherGrant, GRANTS.prefectureOf('94'), GRANTS.coordinator()]);
  const { lineId, dossier, organisationId } = await aDecidedLine(funder);
  await recuse(recused, organisationId);
  await app.query(`UPDATE funding_lines SET state = 'notified', announced_at = now(), notified_at = '2027-01-14T10:00:00Z' WHERE id = $1`, [
    lineId,
  ]);
  expect(await ownEntriesOf(own)).toEqual([`2027-03-15 Paiement au plus tard : Les Jardins de la Bièvre, dossier ${dossier.number}`]);
  for (const person of [recused, ...others]) expect(await ownEntriesOf(person)).toEqual([]);
  await app.query('UPDATE funding_lines SET paid_cents = 100000 WHERE id = $1', [lineId]);
  expect(await ownEntriesOf(own)).toEqual([]);
});

test('a report is due by those who write it, until it is submitted', async () => {
  const { lineId, editor } = await aDecidedLine('CD94');
  await app.query(`UPDATE funding_lines SET state = 'notified', announced_at = now(), notified_at = now() WHERE id = $1`, [lineId]);
  expect(await entriesOf(editor)).toEqual(['2028-06-30 Bilan 2027 à remettre : Une action']);
  await app.query(`UPDATE funding_lines SET state = 'justified' WHERE id = $1`, [lineId]);
  expect(await entriesOf(editor)).toEqual([]);
});

test('what is past by more than thirty days leaves the calendar', async () => {
  const { editor, organisationId } = await aTeam();
  const callId = await aCallRow(app, { opensAt: new Date('2027-01-16T08:00:00Z'), closesAt: new Date('2027-02-16T08:00:00Z') });
  await aDossierRow(app, { callId, organisationId });
  app.clock.freeze('2027-03-18T08:00:00Z');
  expect(await entriesOf(editor)).toEqual(['2027-02-16T08:00:00Z Clôture : Appel à projets annuel']);
  app.clock.freeze('2027-03-19T08:00:00Z');
  expect(await entriesOf(editor)).toEqual([]);
});
