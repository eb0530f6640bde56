import { newId } from '../../../src/kernel/id.js';
import { anOrganisation } from '../../builders/organisations.js';
import { aPerson, type Person } from '../../builders/people.js';
import { aCallRow, aDossierRow, aTokenRow } from '../../builders/rows.js';
import { startApp, type TestApp } from '../../setup/app.js';
import { dispatch, plain, settled, tell } from './mail-room.js';

interface Message {
  readonly id: string;
  readonly kind: string;
  readonly subject: string;
  readonly summary: string | null;
  readonly readAt: string | null;
  readonly channels: readonly string[];
}

let app: TestApp;
let editor: Person;
let signatory: Person;
let stranger: Person;
let dossierId: string;
beforeAll(async () => {
  app = await startApp({ works: true });
});
beforeEach(async () => {
  [editor, signatory, stranger] = [await aPerson(app), await aPerson(app), await aPerson(app)];
  const members = [{ person: editor }, { person: signatory, roles: ['signatory'] as const }];
  const { id: organisationId } = await anOrganisation(app, { members });
  const dossier = await aDossierRow(
    app,
    { callId: await aCallRow(app), organisationId },
    { state: 'inadmissible', submittedBy: editor.id, title: 'Un été\r\nau port', admissibilityReason: 'Hors du territoire' },
  );
  dossierId = dossier.id;
});
afterAll(() => app.close());

async function inboxOf(person: Person, query = ''): Promise<Message[]> {
  const { body } = await app.http.get(`/v1/me/notifications${query}`).set(person.auth).expect(200);
  return (body as { data: Message[] }).data;
}

async function unreadOf(person: Person): Promise<number> {
  const { body } = await app.http.get('/v1/me/notifications/unread-count').set(person.auth).expect(200);
  return (body as { unreadCount: number }).unreadCount;
}

test('each finds the message in their inbox, in one line, under the id of the mail about it', async () => {
  const eventId = await tell(app, 'dossier.submitted.v1', { dossierId });
  await settled(app);
  for (const person of [editor, signatory]) {
    const [message, ...others] = await inboxOf(person);
    expect(others).toEqual([]);
    expect(message).toMatchObject({ kind: 'receipt', state: 'sent', readAt: null, channels: ['inbox', 'mail'] });
    expect(plain(message?.subject ?? '')).toMatch(/^Dossier .* bien reçu : Un été au port$/);
    expect(plain(message?.summary ?? '')).toMatch(/^Votre dossier est déposé\. [^\n]*$/);
    const [delivery] = await app.query<{ id: string }>('SELECT id FROM deliveries WHERE event_id = $1 AND user_id = $2', [
      eventId,
      person.id,
    ]);
    expect(message?.id).toBe(delivery?.id);
    expect(await unreadOf(person)).toBe(1);
  }
  expect(await inboxOf(stranger)).toEqual([]);
  expect(await unreadOf(stranger)).toBe(0);
});

test('reading a message is said once, by whom it is for; to anybody else it does not exist', async () => {
  await tell(app, 'dossier.submitted.v1', { dossierId });
  await settled(app);
  const [message] = await inboxOf(editor);
  const path = `/v1/me/notifications/${message?.id ?? ''}/read`;

  for (const other of [stranger, signatory]) {
    const { body } = await app.http.post(path).set(other.auth).expect(404);
    expect(body).toMatchObject({ code: 'NOT_FOUND' });
  }
  await app.http.post(path).expect(401);
  await app.http.post('/v1/me/notifications/1/read').set(editor.auth).expect(404);
  await app.http.post(`/v1/me/notifications/${newId()}/read`).set(editor.auth).expect(404);
  expect(await unreadOf(editor)).toBe(1);

  const first = (await app.http.post(path).set(editor.auth).expect(200)).body as Message;
  expect(first).toMatchObject({ id: message?.id, readAt: expect.stringMatching(/Z$/) });
  expect((await app.http.post(path).set(editor.auth).expect(200)).body).toEqual(first);
  expect(await unreadOf(editor)).toBe(0);
  expect(await unreadOf(signatory)).toBe(1);
  expect(await inboxOf(editor, '?unread=true')).toEqual([]);
  expect(await inboxOf(editor)).toHaveLength(1);
});

test('all of mine can be marked read at once, and nothing of the others', async () => {
  await tell(app, 'dossier.submitted.v1', { dossierId });
  await tell(app, 'dossier.admissibility-decided.v1', { dossierId });
  await settled(app);
  expect(await unreadOf(editor)).toBe(2);
  expect((await inboxOf(editor, '?unread=true&limit=1')).length).toBe(1);
  const { body } = await app.http.post('/v1/me/notifications/read-all').set(editor.auth).expect(200);
  expect(body).toEqual({ unreadCount: 0 });
  expect((await inboxOf(editor)).every(({ readAt }) => readAt !== null)).toBe(true);
  expect(await unreadOf(signatory)).toBe(2);
});

test('what carries a code stays out of the inbox, and is listed all the same', async () => {
  await tell(app, 'account.password-reset-asked.v1', { userId: editor.id, tokenId: await aTokenRow(app, editor.id, 'reset-password') });
  await settled(app);
  expect(await inboxOf(editor)).toMatchObject([{ kind: 'password-reset', state: 'sent', summary: null, channels: ['mail'] }]);
  expect(await unreadOf(editor)).toBe(0);
  expect(await app.query('SELECT 1 FROM inbox_messages WHERE user_id = $1', [editor.id])).toEqual([]);
});

test('an event dealt with by several at once fills each inbox once, and ranks follow each other', async () => {
  const told = { type: 'dossier.submitted.v1', refs: { dossierId } } as const;
  const eventIds = await Promise.all([1, 2, 3].map(() => tell(app, told.type, told.refs)));
  await Promise.all(eventIds.flatMap((id) => [1, 2].map(() => dispatch(app, { ...told, id }))));
  await settled(app);
  const rows = await app.query<{ rank: bigint }>('SELECT rank FROM inbox_messages WHERE user_id = $1 ORDER BY rank', [editor.id]);
  expect(rows.map(({ rank }) => rank)).toEqual([1n, 2n, 3n]);
});
