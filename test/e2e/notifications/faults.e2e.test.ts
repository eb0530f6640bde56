import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import type { MailReceipt, OutgoingMail } from '../../../src/platform/mail/mailer.js';
import { Mailer, MailTemporarilyRefused } from '../../../src/platform/mail/mailer.js';
import { jobInHand, TooLate } from '../../../src/platform/job-in-hand.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { outboxDelivery, QueueRuntime } from '../../../src/platform/outbox/index.js';
import { JobRegistry, type Failures } from '../../../src/platform/queue/index.js';
import { anOrganisation } from '../../builders/organisations.js';
import { aPerson, type Person } from '../../builders/people.js';
import { aCallRow, aDossierRow } from '../../builders/rows.js';
import { openSmtpSink, reply, type SmtpSink } from '../../integration/mail/smtp-sink.js';
import { startApp, type TestApp } from '../../setup/app.js';
import { waitFor } from '../../setup/wait-for.js';
import { dispatch, dueMails, offerAgain, sendDue, settled, tell, toldOf } from './mail-room.js';
import { MAILS_AT_ONCE, SendMail, type DueMail } from '../../../src/modules/notifications/use-cases/send-mail.js';

let app: TestApp;
let sink: SmtpSink;
let people: Person[];
let dossierId: string;

async function start(options: { works: boolean; smtp: string; members?: number }): Promise<void> {
  app = await startApp({ works: options.works, env: { SMTP_URL: options.smtp } });
  people = [];
  for (let count = 0; count < (options.members ?? 2); count++) people.push(await aPerson(app));
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

/** Works as so many workers that the queue gave a job each, with the same mails in it. */
function workersAtOnce(count: number, due: readonly DueMail[]): Promise<unknown> {
  const [database, registry, quiet] = [app.app.get(UnitOfWork), app.app.get(JobRegistry), () => undefined];
  const process = outboxDelivery({
    database: { read: database.read, transaction: database.transaction.bind(database) },
    registry,
    log: { info: quiet, warn: quiet, error: quiet },
  });
  const type = 'mail.due.v1';
  const jobs = due.map(({ id, mailId }) => ({ id, type, payload: { deliveryId: mailId }, attempt: 1 }));
  return Promise.all(Array.from({ length: count }, (_, worker) => process({ jobId: `worker ${worker}`, type, jobs })));
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
  await Promise.all([1, 2, 3].map(() => dispatch(app, { id: eventId, type: 'dossier.submitted.v1', refs: { dossierId } })));
  const due = await dueMails(app);
  expect(due).toHaveLength(2);
  await workersAtOnce(3, due);
  expect(await states(eventId)).toEqual(['sent', 'sent']);
  await app.query('UPDATE outbox SET handled_at = NULL, available_at = now()');
  app.app.get(QueueRuntime).start();
  await settled(app);
  expect(await states(eventId)).toEqual(['sent', 'sent']);
  expect(recipients()).toEqual(addresses());
});

test('a worker that dies between queueing and sending leaves the messages to the next', async () => {
  sink = await openSmtpSink();
  await start({ works: false, smtp: sink.url });
  const eventId = await tell(app, 'dossier.submitted.v1', { dossierId });
  await dispatch(app, { id: eventId, type: 'dossier.submitted.v1', refs: { dossierId } });
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
  await dispatch(app, { id: eventId, type: 'dossier.submitted.v1', refs: { dossierId } });
  const [due] = (await dueMails(app)) as [DueMail, DueMail];
  const mailer = app.app.get(Mailer);
  const send = mailer.send.bind(mailer);
  mailer.send = async (mail: OutgoingMail): Promise<MailReceipt> => {
    await send(mail);
    throw new MailTemporarilyRefused('died before committing');
  };
  expect(await sendDue(app, due)).toMatchObject({ message: 'died before committing' });
  mailer.send = send;
  expect(await sendDue(app, due)).toBeNull();
  const ids = sink.received.map(({ messageId }) => messageId);
  expect(ids).toHaveLength(2);
  expect(new Set(ids)).toEqual(new Set([`<${due.mailId}@bievre.test>`]));
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
  await dispatch(app, { id: eventId, type: 'dossier.submitted.v1', refs: { dossierId } });
  const [due] = (await dueMails(app)) as [DueMail, DueMail];
  const late = { events: [{ id: due.id, tries }], since: performance.now(), endsAt: performance.now() + leftMs, idleMs: 60_000 };
  await expect(jobInHand.run(late, () => sendDue(app, due))).rejects.toThrow(TooLate);
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

describe('mails of one job', () => {
  /** So many mails that wait, to be sent by hand. */
  async function waiting(members: number, smtp: string): Promise<DueMail[]> {
    await start({ works: false, smtp, members });
    const eventId = await tell(app, 'dossier.submitted.v1', { dossierId });
    await dispatch(app, { id: eventId, type: 'dossier.submitted.v1', refs: { dossierId } });
    const due = await dueMails(app);
    expect(due).toHaveLength(members);
    return due;
  }
  const sendAll = (due: readonly DueMail[]) => app.app.get(SendMail).execute(due);
  function inOneJob(due: readonly DueMail[], leftMs: number): Promise<Failures> {
    const events = due.map(({ id }) => ({ id, tries: 0 }));
    const now = performance.now();
    return jobInHand.run({ events, since: now, endsAt: now + leftMs, idleMs: 60_000 }, () => sendAll(due));
  }
  /** What the queue does with the jobs of a process that is silent. */
  const takenByAnother = () =>
    app.query(
      "UPDATE outbox SET tries = tries + 1, held_by = 'another', held_until = now() + interval '1 hour' WHERE type = 'mail.due.v1'",
    );
  const names = (failures: Failures) => [...failures.values()].map((error) => (error as Error).name);
  const outcomes = () =>
    app.query<{ state: string; outcome: string; tries: number }>(
      `SELECT d.state, a.outcome, a.tries FROM deliveries d JOIN mail_attempts a USING (mail_id) ORDER BY d.state, a.outcome`,
    );

  test('each goes its own way: sent, put off, refused for good', async () => {
    sink = await openSmtpSink({
      onRcptTo: ({ address }, _session, done) => {
        const who = people.findIndex(({ email }) => email === address);
        if (who === 1) done(reply(451, '4.7.1 greylisted'));
        else if (who === 3) done(reply(550, '5.1.1 unknown'));
        else done();
      },
    });
    const due = await waiting(6, sink.url);
    const failures = await sendAll(due);
    expect([...failures.values()].map((error) => (error as Error).name)).toEqual(['MailTemporarilyRefused']);
    expect(sink.received).toHaveLength(4);
    expect(await outcomes()).toEqual([
      { state: 'failed', outcome: 'refused', tries: 1 },
      { state: 'queued', outcome: 'deferred', tries: 1 },
      ...Array.from({ length: 4 }, () => ({ state: 'sent', outcome: 'sent', tries: 1 })),
    ]);
    expect((await dueMails(app)).map(({ id }) => id)).toEqual([...failures.keys()]);
  });

  test('one whose words cannot be written holds back no other', async () => {
    sink = await openSmtpSink();
    const due = await waiting(4, sink.url);
    await app.query(`UPDATE deliveries SET refs = '{"dossierId": "no id"}' WHERE mail_id = $1`, [due[2]?.mailId]);
    const failures = await sendAll(due);
    expect([...failures.keys()]).toEqual([due[2]?.id]);
    expect(sink.received).toHaveLength(3);
    expect((await dueMails(app)).map(({ id }) => id)).toEqual([due[2]?.id]);
  });

  test('a server that answers nobody is not asked for each of them', async () => {
    const port = await freePort();
    let connections = 0;
    const mute = createServer((socket) => {
      connections++;
      socket.destroy();
    });
    await once(mute.listen(port, '127.0.0.1'), 'listening');
    const due = await waiting(20, `smtp://127.0.0.1:${port}`);
    const failures = await sendAll(due);
    mute.close();
    sink = await openSmtpSink();
    expect(failures.size).toBe(20);
    expect(connections).toBeLessThan(10);
    expect(await outcomes()).toEqual(Array.from({ length: 20 }, () => ({ state: 'queued', outcome: 'deferred', tries: 1 })));
  });

  test('once another has them, what was under way is sent and nothing more', async () => {
    let answers: (() => void)[] = [];
    sink = await openSmtpSink({
      onRcptTo: (_address, _session, done) => {
        answers.push(done);
      },
    });
    const due = await waiting(20, sink.url);
    const sending = inOneJob(due, 60_000);
    await waitFor('the mail server to be asked', () => answers.length > 0);
    await takenByAnother();
    const answering = setInterval(() => answers.splice(0).forEach((answer) => answer()), 20);
    const failures = await sending;
    clearInterval(answering);
    answers = [];
    expect(names(failures)).toEqual(Array.from({ length: 20 }, () => 'TooLate'));
    expect(sink.received.length).toBeLessThanOrEqual(MAILS_AT_ONCE / 2);
    expect(await outcomes()).toEqual([]);
  });

  test('a process that was frozen while another took its jobs sends nothing that was not under way, in any of them', async () => {
    const answers: (() => void)[] = [];
    sink = await openSmtpSink({
      onRcptTo: (_address, _session, done) => {
        answers.push(done);
      },
    });
    const due = await waiting(18, sink.url);
    const sending = Promise.all([0, 6, 12].map((from) => inOneJob(due.slice(from, from + 6), 60_000)));
    await waitFor('the mail server to be asked', () => answers.length > 0);
    await takenByAnother();
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2_500);
    const answering = setInterval(() => answers.splice(0).forEach((answer) => answer()), 20);
    const failures = await sending;
    clearInterval(answering);
    expect(failures.flatMap(names)).toEqual(Array.from({ length: 18 }, () => 'TooLate'));
    expect(sink.received.length).toBeLessThanOrEqual(MAILS_AT_ONCE);
  });

  test('a server that has a mail when its job is over is believed, as long as no other has it', async () => {
    sink = await openSmtpSink({
      onRcptTo: (_address, _session, done) => {
        setTimeout(done, 700);
      },
    });
    const due = await waiting(1, sink.url);
    expect(await inOneJob(due, 400)).toEqual(new Map());
    expect(await outcomes()).toEqual([{ state: 'sent', outcome: 'sent', tries: 1 }]);
    expect(await dueMails(app)).toEqual([]);
  });

  test('those whose turn does not come in time are left for the next job, not sent late', async () => {
    sink = await openSmtpSink({
      onRcptTo: (_address, _session, done) => {
        setTimeout(done, 200);
      },
    });
    const due = await waiting(30, sink.url);
    const failures = await inOneJob(due, 2_000);
    expect(new Set([...failures.values()].map((error) => (error as Error).name))).toEqual(new Set(['PutOff']));
    expect(sink.received.length).toBeGreaterThan(2);
    expect(sink.received.length + failures.size).toBe(30);
    expect((await dueMails(app)).map(({ id }) => id).toSorted()).toEqual([...failures.keys()].toSorted());
    expect(await outcomes()).toHaveLength(sink.received.length);
  });
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
