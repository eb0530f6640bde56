import { createApi } from '../../../src/boot.js';
import { createDataSource } from '../../../src/platform/database/data-source.js';
import { AccessTokens } from '../../../src/platform/auth/access-tokens.js';
import { SYSTEM } from '../../../src/platform/auth/system-actor.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { InboxStreams, MOST_STREAMS } from '../../../src/modules/notifications/use-cases/inbox-streams.js';
import { TellPeople } from '../../../src/modules/notifications/use-cases/tell-people.js';
import { newId } from '../../../src/kernel/id.js';
import { anOrganisation } from '../../builders/organisations.js';
import { aPerson, type Person } from '../../builders/people.js';
import { startApp, type TestApp } from '../../setup/app.js';
import { waitFor } from '../../setup/wait-for.js';
import { EventReader } from './event-reader.js';

let app: TestApp;
let person: Person;
let organisationId: string;
const readers: EventReader[] = [];
beforeAll(async () => {
  app = await startApp();
});
beforeEach(async () => {
  person = await aPerson(app);
  ({ id: organisationId } = await anOrganisation(app, { members: [{ person }] }));
});
afterEach(() => {
  for (const reader of readers.splice(0)) reader.close();
});
afterAll(() => app.close());

async function open(lastEventId?: string, on = app, token = person.token): Promise<EventReader> {
  const reader = await EventReader.open(on, token, lastEventId);
  readers.push(reader);
  return reader;
}

/** Tells people that their membership was granted, in one transaction. Gives the event's id. */
async function tellThem(people: readonly Person[] = [person]): Promise<string> {
  const eventId = newId();
  const [row] = await app.query<{ id: string }>('SELECT id FROM memberships WHERE organisation_id = $1', [organisationId]);
  const membershipId = row?.id ?? '';
  await app.app.get(UnitOfWork).run(SYSTEM, (tx) =>
    app.app.get(TellPeople).queue(tx, {
      eventId,
      userIds: people.map(({ id }) => id),
      kind: 'membership-granted',
      object: { type: 'membership', id: membershipId },
      organisationId,
      refs: { membershipId },
    }),
  );
  return eventId;
}

const idsOf = async (of: Person): Promise<string[]> =>
  (await app.query<{ id: string }>('SELECT id FROM inbox_messages WHERE user_id = $1 ORDER BY rank', [of.id])).map(({ id }) => id);

/** Until the process listens: the first stream has the connection made. */
async function listening(): Promise<void> {
  await waitFor('the process to listen', async () => {
    const rows = await app.query(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'bievre-notices' AND query LIKE 'LISTEN%'`,
    );
    return rows.length === 1;
  });
}

test('shows each message and the count of the unread as they come, on every screen of the person and on nobody else’s', async () => {
  const other = await aPerson(app);
  const [first, second, others] = [await open(), await open(), await open(undefined, app, other.token)];
  expect(first.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  expect(first.response.headers.get('cache-control')).toBe('no-store');
  await tellThem();
  for (const screen of [first, second]) {
    const [shown] = await screen.messages(1);
    expect(shown?.data).toMatchObject({
      id: (await idsOf(person))[0],
      kind: 'membership-granted',
      subject: expect.any(String),
      summary: expect.any(String),
      object: { type: 'membership', id: expect.any(String) },
      organisationId,
      readAt: null,
    });
    expect(shown?.id).toBe('1');
    await waitFor('the count', () => screen.named('unread-count').at(-1)?.data['unreadCount'] === 1);
  }
  await app.http.post('/v1/me/notifications/read-all').set(person.auth).expect(200);
  await waitFor('the count to fall', () => first.named('unread-count').at(-1)?.data['unreadCount'] === 0);
  expect(others.named('notification')).toEqual([]);
  expect(others.named('unread-count').map(({ data }) => data)).toEqual([{ unreadCount: 0 }]);
});

test('a screen that comes back is shown what it missed, in order and once', async () => {
  const first = await open();
  await tellThem();
  const [seen] = await first.messages(1);
  first.close();
  await tellThem();
  await tellThem();
  const back = await open(seen?.id ?? '');
  expect((await back.messages(2)).map(({ data }) => data['id'])).toEqual((await idsOf(person)).slice(1));
  await tellThem();
  expect((await back.messages(3)).map(({ id }) => id)).toEqual(['2', '3', '4']);
});

test('more than a page is caught up whole', async () => {
  for (let count = 0; count < 105; count++) await tellThem();
  const back = await open('0');
  expect((await back.messages(105)).map(({ id }) => id)).toEqual(Array.from({ length: 105 }, (_, rank) => String(rank + 1)));
});

test('messages told to one person at the same moment are all shown, however their transactions end', async () => {
  const other = await aPerson(app);
  const screen = await open();
  await Promise.all(Array.from({ length: 8 }, (_, turn) => tellThem(turn % 2 === 0 ? [person, other] : [other, person])));
  const shown = await screen.messages(8);
  expect(shown.map(({ id }) => id)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8']);
});

test('a listening connection that is cut is made again, and what was said meanwhile is shown', async () => {
  const screen = await open();
  await listening();
  await app.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'bievre-notices'`,
  );
  await tellThem();
  await screen.messages(1);
  await listening();
  await tellThem();
  await screen.messages(2);
  expect(screen.ended).toBe(false);
});

test('what one replica tells, another shows', async () => {
  const source = await createDataSource(app.ground.databaseUrl, 4).initialize();
  const replica = await createApi({ ...app.ground, source }, false);
  try {
    await replica.init();
    await replica.listen({ port: 0, host: '127.0.0.1' });
    const screen = await open(undefined, { ...app, app: replica });
    await tellThem();
    await screen.messages(1);
  } finally {
    await replica.close();
  }
  await waitFor('the stream of the closed replica to end', () => readers.at(-1)?.ended);
  expect(
    readers
      .at(-1)
      ?.named('closing')
      .map(({ data }) => data),
  ).toEqual([{ reason: 'shutdown' }]);
});

test('beats while nothing happens', async () => {
  const screen = await open();
  app.app.get(InboxStreams).beat();
  await waitFor('a beat', () => screen.beats === 1);
});

test('ends with the sign-in that opened it', async () => {
  const [session] = await app.query<{ id: string }>('SELECT id FROM sessions WHERE user_id = $1', [person.id]);
  const issued = new Date(app.clock.now().getTime() - 898_500);
  const token = await app.app.get(AccessTokens).issue({ userId: person.id, sessionId: session?.id ?? '' }, issued);
  const screen = await open(undefined, app, token);
  await waitFor('the end', () => screen.ended);
  expect(screen.named('closing').map(({ data }) => data)).toEqual([{ reason: 'signed-out' }]);
  await app.http.get('/v1/me/notifications/stream').set('Authorization', `Bearer ${token}`).expect(401);
});

test('one person holds a few streams at most; one that closes makes room', async () => {
  const own: EventReader[] = [];
  for (let count = 0; count < MOST_STREAMS; count++) own.push(await open());
  const { body } = await app.http.get('/v1/me/notifications/stream').set(person.auth).expect(409);
  expect(body).toMatchObject({ code: 'TOO_MANY_STREAMS' });
  own[0]?.close();
  await waitFor('room for one more', async () => (await open()).response.status === 200);
});

test('asks who one is, and refuses an event id that it did not give', async () => {
  await app.http.get('/v1/me/notifications/stream').expect(401);
  for (const wrong of ['abc', '-1', '1.5', '9'.repeat(40)]) {
    const { body } = await app.http.get('/v1/me/notifications/stream').set(person.auth).set('Last-Event-ID', wrong).expect(400);
    expect(body).toMatchObject({ code: 'MALFORMED' });
  }
  const ahead = await open('999999999999999999');
  await tellThem();
  expect((await ahead.messages(1)).map(({ id }) => id)).toEqual(['1']);
});
