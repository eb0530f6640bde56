import { aFiledDossier, type FiledDossier } from '../../builders/filed-dossier.js';
import { aMessage } from '../../builders/messages.js';
import { aPerson, GRANTS, type Person } from '../../builders/people.js';
import { startApp, type TestApp } from '../../setup/app.js';
import { waitFor } from '../../setup/wait-for.js';
import { eventsOf, keptMails, plain, settled, textsTo, toldOf } from './mail-room.js';

let app: TestApp;
let dossier: FiledDossier;
let instructor: Person;
let delegate: Person;
beforeAll(async () => {
  app = await startApp({ works: true });
});
beforeEach(async () => {
  await app.reset();
  dossier = await aFiledDossier(app);
  instructor = await aPerson(app, { name: 'Inès Instructrice', grants: [GRANTS.instructorOf('94041')] });
  delegate = await aPerson(app, { name: 'Denis Délégué', grants: [GRANTS.delegateOfSector('NE')] });
});
afterAll(() => app.close());

async function member(of: { isEditor?: boolean; isAdministrator?: boolean }): Promise<Person> {
  const person = await aPerson(app);
  await app.query(
    `INSERT INTO memberships (id, organisation_id, user_id, state, is_editor, is_administrator) VALUES (gen_random_uuid(), $1, $2, 'active', $3, $4)`,
    [dossier.organisationId, person.id, of.isEditor ?? false, of.isAdministrator ?? false],
  );
  return person;
}
async function recuse(person: Person): Promise<void> {
  await app.query(`INSERT INTO recusals (id, user_id, organisation_id, reason) VALUES (gen_random_uuid(), $1, $2, 'Bénévole')`, [
    ...[person.id, dossier.organisationId],
  ]);
}
/** What each was told of a message; later ones of a thread wait for each other. */
async function told(messageId: string): Promise<Record<string, string>> {
  await settled(app);
  const events = await eventsOf(app, 'dossier.message-posted.v1', 'messageId', messageId);
  expect(events).toHaveLength(1);
  const deliveries = await toldOf(app, events[0] ?? '');
  return Object.fromEntries(deliveries.map(({ email, kind }) => [email, kind]));
}
const each = (...people: readonly Person[]) => Object.fromEntries(people.map(({ email }) => [email, 'dossier-message']));

test('what the organisation writes is told to the project leaders of its communes, but for who is recused, then to the staff who wrote', async () => {
  const recused = await aPerson(app, { grants: [GRANTS.instructorOf('94041')] });
  await recuse(recused);
  await aPerson(app, { grants: [GRANTS.instructorOf('94003')] });
  const coordination = await aPerson(app, { grants: [GRANTS.coordinator()] });
  const first = await aMessage(app, dossier.editor, dossier.id, 'Le local ouvre le mercredi.');
  expect(await told(first)).toEqual(each(instructor));
  const [text] = await textsTo(app, instructor, 'dossier-message');
  for (const said of [
    'Édith Éditrice, pour Les Jardins de la Bièvre, a écrit dans le fil du dossier.',
    `Dossier : ${dossier.number}, Jardins partagés`,
    '> Le local ouvre le mercredi.',
    `http://bievre.test/v1/dossiers/${dossier.id}/messages`,
    'Vous recevez ce message parce que ce dossier relève de votre périmètre',
  ])
    expect(text).toContain(said);
  const mail = (await keptMails(app)).find(({ to }) => to === instructor.email);
  expect(plain(mail?.subject ?? '')).toBe(`Message de Édith Éditrice : dossier ${dossier.number}, Jardins partagés`);

  await aMessage(app, delegate, dossier.id, 'Vu.', 'staff');
  await aMessage(app, coordination, dossier.id, 'Merci.');
  expect(await told(await aMessage(app, dossier.signatory, dossier.id, 'Autre chose ?'))).toEqual(each(instructor, delegate, coordination));
});

test('what the staff writes is told to those who write and sign for the organisation, and to whoever wrote; never to its author', async () => {
  const administrator = await member({ isAdministrator: true });
  expect(await told(await aMessage(app, instructor, dossier.id, 'Où aura lieu l’atelier ?'))).toEqual(
    each(dossier.editor, dossier.signatory),
  );
  await aMessage(app, administrator, dossier.id, 'À la maison de quartier.');
  await aMessage(app, delegate, dossier.id, 'Vu.', 'staff');
  expect(await told(await aMessage(app, instructor, dossier.id, 'Bien.'))).toEqual(
    each(dossier.editor, dossier.signatory, administrator, delegate),
  );
  const [text] = await textsTo(app, dossier.editor, 'dossier-message');
  expect(text).toContain('Inès Instructrice, qui instruit ce dossier, a écrit dans le fil du dossier.');
  expect(text).toContain('vous suivez ce dossier pour votre organisation');
});

test('an internal note is told to the project leaders and to the staff who wrote, never to the organisation', async () => {
  await aMessage(app, dossier.editor, dossier.id, 'Bonjour');
  await aMessage(app, delegate, dossier.id, 'Bonjour');
  await settled(app);
  const colleague = await aPerson(app, { grants: [GRANTS.instructorOf('94041')] });
  const note = await aMessage(app, instructor, dossier.id, 'Budget fragile', 'staff');
  expect(await told(note)).toEqual(each(colleague, delegate));
  expect((await textsTo(app, colleague, 'dossier-message'))[0]).toContain('l’organisation ne la voit pas');
  for (const { to, text } of await keptMails(app)) {
    if ([dossier.editor.email, dossier.signatory.email].includes(to)) expect(text).not.toContain('Budget fragile');
  }
});

test('a message that no project leader would read is told to the coordination', async () => {
  await app.query('UPDATE grants SET revoked_at = now() WHERE user_id = $1', [instructor.id]);
  const coordination = await aPerson(app, { grants: [GRANTS.coordinator()] });
  const people = await told(await aMessage(app, dossier.editor, dossier.id, 'Y a-t-il quelqu’un ?'));
  // The call has its own coordinator.
  const coordinators = await app.query<{ email: string }>(
    `SELECT u.email::text AS email FROM grants g JOIN users u ON u.id = g.user_id WHERE g.role = 'coordinator' ORDER BY 1`,
  );
  expect(Object.keys(people)).toEqual(coordinators.map(({ email }) => email));
  expect(people).toMatchObject(each(coordination));
});

test('who wrote and lost their rights since is told nothing more', async () => {
  await aMessage(app, delegate, dossier.id, 'Bonjour');
  const editor = await member({ isEditor: true });
  await aMessage(app, editor, dossier.id, 'Bonjour');
  await settled(app);
  await app.query('UPDATE grants SET revoked_at = now() WHERE user_id = $1', [delegate.id]);
  await app.query(`UPDATE memberships SET state = 'ended', ended_at = now() WHERE user_id = $1`, [editor.id]);
  expect(await told(await aMessage(app, dossier.editor, dossier.id, 'Et vous ?'))).toEqual(each(instructor));
  expect(await told(await aMessage(app, instructor, dossier.id, 'Rien.'))).toEqual(each(dossier.editor, dossier.signatory));
});

test('several within a short while are one mail that gives the beginning of each, and are one line each in the inbox', async () => {
  await app.close();
  app = await startApp({ works: true, env: { MAIL_GROUPING_SECONDS: '1' } });
  dossier = await aFiledDossier(app);
  instructor = await aPerson(app, { grants: [GRANTS.instructorOf('94041')] });
  const texts = ['Premier : <b>le lieu</b>', 'Deuxième : les horaires', 'Troisième : l’encadrement'];
  for (const text of texts) await aMessage(app, dossier.editor, dossier.id, text);
  const mine = async () => (await keptMails(app)).filter(({ to }) => to === instructor.email);
  const [mail] = await waitFor('the mail', async () => {
    const mails = await mine();
    return mails.length > 0 && mails;
  });
  expect(plain(mail?.subject ?? '')).toBe('Message dans un dossier : 3 messages');
  for (const text of texts) expect(plain(mail?.text ?? '')).toContain(text);
  expect(mail?.html).not.toContain('<b>le lieu');
  expect(await mine()).toHaveLength(1);

  const { body } = await app.http.get('/v1/me/notifications').set(instructor.auth).expect(200);
  const lines = (body as { data: { summary: string; object: object }[] }).data;
  expect(lines.map(({ summary }) => plain(summary)).sort()).toEqual([...texts].sort());
  for (const { object } of lines) expect(object).toEqual({ type: 'dossier', id: dossier.id });
}, 40_000);
