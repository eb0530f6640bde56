import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import type { MailReceipt, OutgoingMail } from '../../../src/platform/mail/mailer.js';
import { Mailer, MailTemporarilyRefused } from '../../../src/platform/mail/mailer.js';
import { SendMail } from '../../../src/modules/notifications/use-cases/send-mail.js';
import { DispatchEvent } from '../../../src/modules/notifications/use-cases/dispatch-event.js';
import { jobInHand, TooLate } from '../../../src/platform/job-in-hand.js';
import { QueueRuntime } from '../../../src/platform/outbox/index.js';
import { anOrganisation } from '../../builders/organisations.js';
import { aPerson, type Person } from '../../builders/people.js';
import { aCallRow, aDossierRow } from '../../builders/rows.js';
import { openSmtpSink, reply, type SmtpSink } from '../../integration/mail/smtp-sink.js';
import { startApp, type TestApp } from '../../setup/app.js';
import { waitFor } from '../../setup/wait-for.js';
import { offerAgain, settled, tell, toldOf } from './mail-room.js';

let app: TestApp;
let sink: SmtpSink;
let people: Person[];
let dossierId: string;

async function start(options: { works: boolean; smtp: string }): Promise<void> {
  app = await startApp({ works: options.works, env: { SMTP_URL: options.smtp } });
  people = [await aPerson(app), await aPerson(app)];
  const { id: organisationId } = await anOrganisation(app, { members: people.map((person) => ({ person })) });
  const dossier = await aDossierRow(
    app,
    { callId: await aCallRow(app), organisationId },
    { state: 'submitted', submittedBy: people[0]?.id ?? '' },
  );
  dossierId = dossier.id;
}

afterEach(async () => {
  await app.close();
  await sink.close();
});

const recipients = (): string[] => sink.received.flatMap(({ to }) => (Array.isArray(to) ? to : [to]).map((one) => one?.text ?? '')).sort();
const addresses = (): string[] => people.map(({ email }) => `"Camille Test" <${email}>`).sort();
const states = async (eventId: string): Promise<string[]> => (await toldOf(app, eventId)).map(({ state }) => state);

async function dueMails(): Promise<{ id: string; deliveryId: string }[]> {
  return app.query(`SELECT id, payload->>'deliveryId' AS "deliveryId" FROM outbox WHERE type = 'mail.due.v1' ORDER BY id`);
}

test('a mail server that is away delays mail and loses none', async () => {
  const port = await freePort();
  await start({ works: true, smtp: `smtp://127.0.0.1:${port}` });
  const eventId = await tell(app, 'dossier.submitted.v1', { dossierId });
  await waitFor('both messages to have failed once', async () => {
    const rows = await app.query('SELECT 1 FROM outbox WHERE handled_at IS NULL AND last_error IS NOT NULL');
    return rows.length === 2;
  });
  expect(await states(eventId)).toEqual(['queued', 'queued']);
  sink = await openSmtpSink({}, port);
  await offerAgain(app);
  await settled(app);
  expect(await states(eventId)).toEqual(['sent', 'sent']);
  expect(recipients()).toEqual(addresses());
});

test('a recipient who is refused for good is marked so, without the address, and holds nobody back', async () => {
  const refused: string[] = [];
  sink = await openSmtpSink({
    onRcptTo: ({ address }, _session, done) => {
      if (address === people[0]?.email) {
        refused.push(address);
        done(reply(550, `5.1.1 <${address}> unknown`));
      } else done();
    },
  });
  await start({ works: true, smtp: sink.url });
  const eventId = await tell(app, 'dossier.submitted.v1', { dossierId });
  await settled(app);
  const rows = await app.query<{ state: string; failure: string | null; user_id: string }>(
    'SELECT user_id, state, failure FROM deliveries WHERE event_id = $1',
    [eventId],
  );
  expect(rows.find(({ user_id }) => user_id === people[0]?.id)).toMatchObject({ state: 'failed', failure: expect.stringContaining('550') });
  expect(rows.find(({ user_id }) => user_id === people[1]?.id)).toMatchObject({ state: 'sent', failure: null });
  expect(JSON.stringify(rows)).not.toContain('@');
  expect(refused).toHaveLength(1);
});

test('an event handled by several at once, and again later, sends each message once', async () => {
  sink = await openSmtpSink();
  await start({ works: false, smtp: sink.url });
  const eventId = await tell(app, 'dossier.submitted.v1', { dossierId });
  const told = { eventId, type: 'dossier.submitted.v1', refs: { dossierId } } as const;
  await Promise.all([1, 2, 3].map(() => app.app.get(DispatchEvent).execute(told)));
  expect(await dueMails()).toHaveLength(2);
  for (const due of await dueMails()) {
    await Promise.all([1, 2, 3].map(() => app.app.get(SendMail).execute(due.id, due.deliveryId)));
  }
  await app.query('UPDATE outbox SET handled_at = NULL');
  app.app.get(QueueRuntime).start();
  await settled(app);
  expect(await states(eventId)).toEqual(['sent', 'sent']);
  expect(recipients()).toEqual(addresses());
});

test('a worker that dies between queueing and sending leaves the messages to the next', async () => {
  sink = await openSmtpSink();
  await start({ works: false, smtp: sink.url });
  const eventId = await tell(app, 'dossier.submitted.v1', { dossierId });
  await app.app.get(DispatchEvent).execute({ eventId, type: 'dossier.submitted.v1', refs: { dossierId } });
  expect(await states(eventId)).toEqual(['queued', 'queued']);
  expect(sink.received).toEqual([]);
  app.app.get(QueueRuntime).start();
  await settled(app);
  expect(recipients()).toEqual(addresses());
});

test('a worker that dies between the server’s answer and its own commit sends again under the same Message-ID', async () => {
  sink = await openSmtpSink();
  await start({ works: false, smtp: sink.url });
  const eventId = await tell(app, 'dossier.submitted.v1', { dossierId });
  await app.app.get(DispatchEvent).execute({ eventId, type: 'dossier.submitted.v1', refs: { dossierId } });
  const [due] = await dueMails();
  const mailer = app.app.get(Mailer);
  const send = mailer.send.bind(mailer);
  mailer.send = async (mail: OutgoingMail): Promise<MailReceipt> => {
    await send(mail);
    throw new MailTemporarilyRefused('died before committing');
  };
  await expect(app.app.get(SendMail).execute(due?.id ?? '', due?.deliveryId ?? '')).rejects.toThrow('died before committing');
  mailer.send = send;
  await app.app.get(SendMail).execute(due?.id ?? '', due?.deliveryId ?? '');
  const ids = sink.received.map(({ messageId }) => messageId);
  expect(ids).toHaveLength(2);
  expect(new Set(ids)).toEqual(new Set([`<${due?.deliveryId ?? ''}@bievre.test>`]));
});

test('a server that dies between the message and its answer gets it again, under the same Message-ID', async () => {
  const taken: string[] = [];
  const server = await openDyingServer(taken, 2);
  sink = server;
  await start({ works: true, smtp: sink.url });
  const eventId = await tell(app, 'dossier.submitted.v1', { dossierId });
  await waitFor('both messages to have failed once', async () => {
    const rows = await app.query('SELECT 1 FROM outbox WHERE handled_at IS NULL AND last_error IS NOT NULL');
    return rows.length === 2;
  });
  await offerAgain(app);
  await settled(app);
  expect(await states(eventId)).toEqual(['sent', 'sent']);
  expect(taken).toHaveLength(4);
  expect(new Set(taken).size).toBe(2);
});

test.each([
  ['whose time is up', 0, -1],
  ['whose event another has taken', -1, 60_000],
])('a worker %s sends nothing, and leaves the message to others', async (_what, tries, leftMs) => {
  sink = await openSmtpSink();
  await start({ works: false, smtp: sink.url });
  const eventId = await tell(app, 'dossier.submitted.v1', { dossierId });
  await app.app.get(DispatchEvent).execute({ eventId, type: 'dossier.submitted.v1', refs: { dossierId } });
  const [due] = await dueMails();
  const late = { event: { id: due?.id ?? '', tries }, endsAt: performance.now() + leftMs, idleMs: 60_000 };
  const sending = jobInHand.run(late, () => app.app.get(SendMail).execute(due?.id ?? '', due?.deliveryId ?? ''));
  await expect(sending).rejects.toThrow(TooLate);
  expect(sink.received).toEqual([]);
  app.app.get(QueueRuntime).start();
  await settled(app);
  expect(recipients()).toEqual(addresses());
});

test('a recipient put off, then refused for good: tried twice, marked so, and nothing is dead', async () => {
  let tries = 0;
  sink = await openSmtpSink({
    onRcptTo: ({ address }, _session, done) => {
      if (address !== people[0]?.email) done();
      else done(++tries === 1 ? reply(451, '4.7.1 greylisted') : reply(550, '5.1.1 unknown'));
    },
  });
  await start({ works: true, smtp: sink.url });
  const eventId = await tell(app, 'dossier.submitted.v1', { dossierId });
  await waitFor('the first refusal', async () => (await app.query('SELECT 1 FROM outbox WHERE last_error IS NOT NULL')).length === 1);
  expect(await states(eventId)).toContain('queued');
  await offerAgain(app);
  await settled(app);
  expect((await states(eventId)).toSorted()).toEqual(['failed', 'sent']);
  expect(tries).toBe(2);
  expect(await app.query('SELECT 1 FROM outbox WHERE dead_at IS NOT NULL')).toEqual([]);
});

/** Takes whole messages, and breaks the connection before it answers the first `deaths` of them. */
async function openDyingServer(taken: string[], deaths: number): Promise<SmtpSink> {
  const sockets = new Map<string, Socket>();
  const inner = await openSmtpSink({
    onData: (stream, { remotePort }, done) => {
      let text = '';
      stream.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
      stream.on('end', () => {
        taken.push(/^message-id:\s*(<[^>]+>)/im.exec(text)?.[1] ?? '');
        if (taken.length <= deaths) sockets.get(`${remotePort}`)?.destroy();
        else done();
      });
    },
  });
  const relay = createServer((client) => {
    const upstream = connect(inner.port, '127.0.0.1', () => sockets.set(`${upstream.localPort}`, client));
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      from.on('error', () => to.destroy());
      from.on('close', () => to.destroy());
      from.pipe(to);
    }
  });
  await once(relay.listen(0, '127.0.0.1'), 'listening');
  const { port } = relay.address() as AddressInfo;
  return {
    ...inner,
    url: `smtp://127.0.0.1:${port}`,
    port,
    close: async () => {
      relay.close();
      await inner.close();
    },
  };
}

async function freePort(): Promise<number> {
  const probe = await openSmtpSink();
  await probe.close();
  return probe.port;
}
