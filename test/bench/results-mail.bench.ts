import { createTransport } from 'nodemailer';
import type pg from 'pg';
import { compose } from '../../src/platform/mail/compose.js';
import { tokenOfStaff } from './ground.js';
import { closeAll, Connection, connections, written } from './http-client.js';
import { idOf } from './ids.js';
import { alternately, figure, rounded, type Figure } from './measure.js';
import type { SinkBody } from './smtp-sink.process.js';
import { openSink, type Sink } from './smtp-sink.js';
import type { Bench, Stage } from './stage.js';
import { startWorker } from './worker.js';

const ORGANISATIONS = 2500;
const MEMBERS = 4;
const MAILS = ORGANISATIONS * MEMBERS;
/** What the worker's own transport opens to the mail server; the baseline opens as many. */
const SMTP_CONNECTIONS = 3;
const ROUNDS = { mail: 3, latency: 5 };
const MAIL = 'results-mail';
const LATENCY = 'latency-under-mail';

/** Three more members for each of the organisations that will be told, so that ten thousand people are. */
async function enrol(hand: pg.Client): Promise<void> {
  await hand.query(`
    CREATE TABLE bench_told AS
      SELECT l.organisation_id FROM funding_lines l JOIN dossiers d ON d.id = l.dossier_id
      WHERE l.call_id = '${idOf('call', 0)}' AND d.submitted_at IS NOT NULL GROUP BY 1 ORDER BY 1 LIMIT ${ORGANISATIONS};
    CREATE TEMPORARY TABLE joining AS
      SELECT gen_random_uuid() AS user_id, gen_random_uuid() AS membership_id, organisation_id, k, row_number() OVER () AS n
      FROM bench_told, generate_series(2, ${MEMBERS}) k;
    INSERT INTO users (id, email, name, email_confirmed_at) SELECT user_id, 'membre' || n || '@bench.test', 'Membre ' || n, now() FROM joining;
    INSERT INTO memberships (id, organisation_id, user_id, state, is_editor, is_signatory)
      SELECT membership_id, organisation_id, user_id, 'active', true, false FROM joining;
    ANALYZE users, memberships`);
  const { rows } = await hand.query<{ told: number }>('SELECT count(*)::int AS told FROM bench_told');
  if (rows[0]?.told !== ORGANISATIONS) throw new Error(`only ${rows[0]?.told} organisations to tell`);
}

/** Three decided lines of each of those, not announced; nothing queued, nothing told. */
async function reset(hand: pg.Client): Promise<void> {
  await hand.query(`
    SET session_replication_role = replica;
    TRUNCATE outbox, operations;
    DELETE FROM deliveries;
    UPDATE funding_lines SET state = 'instructed', announced_at = NULL, decision_reason = NULL WHERE state = 'refusal-announced' OR state = 'refused';
    UPDATE funding_lines SET state = 'refused', decision_reason = 'Enveloppe insuffisante cette année' WHERE id IN (
      SELECT id FROM (
        SELECT l.id, row_number() OVER (PARTITION BY l.organisation_id ORDER BY l.id) AS rank
        FROM funding_lines l JOIN bench_told USING (organisation_id) JOIN dossiers d ON d.id = l.dossier_id
        WHERE l.call_id = '${idOf('call', 0)}' AND d.submitted_at IS NOT NULL) ranked WHERE rank <= 3);
    SET session_replication_role = origin`);
  for (const sql of ['VACUUM (ANALYZE) funding_lines', 'VACUUM deliveries', 'CHECKPOINT']) await hand.query(sql);
}

/** From the request to the last message that the mail server accepted. Messages a second. @throws Error unless each is sent once */
async function announce(port: number, hand: pg.Client, sink: Sink): Promise<number> {
  const { rows } = await hand.query<{ version: number }>('SELECT version FROM calls WHERE id = $1', [idOf('call', 0)]);
  const { all } = await sink.expect(MAILS);
  const connection = await Connection.to(port);
  const path = `/v1/calls/${idOf('call', 0)}/announce-results`;
  const started = performance.now();
  const asked = await connection.send(
    written({ method: 'POST', path, token: await tokenOfStaff('coordinator'), version: rows[0]!.version, body: {} }),
  );
  connection.close();
  if (asked.status !== 202) throw new Error(`answered ${asked.status}: ${asked.body}`);
  await all;
  const perSecond = MAILS / ((performance.now() - started) / 1000);
  await everySent(hand);
  return perSecond;
}

async function everySent(hand: pg.Client): Promise<void> {
  for (let tries = 0; ; tries++) {
    const { rows } = await hand.query<{ sent: number; others: number }>(
      `SELECT (count(*) FILTER (WHERE state = 'sent'))::int AS sent, (count(*) FILTER (WHERE state <> 'sent'))::int AS others FROM deliveries
       WHERE channel = 'mail' AND kind = 'results'`,
    );
    const { sent, others } = rows[0]!;
    if (sent === MAILS && others === 0) return;
    if (tries > 100) throw new Error(`${sent} sent and ${others} not, of ${MAILS}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** nodemailer alone: the same bodies, ready, over as many connections. */
async function alone(sink: Sink, bodies: readonly SinkBody[]): Promise<number> {
  const transport = createTransport({ url: `smtp://127.0.0.1:${sink.port}`, pool: true, maxConnections: SMTP_CONNECTIONS });
  const { all } = await sink.expect(MAILS);
  const started = performance.now();
  let next = 0;
  const send = async () => {
    for (let index = next++; index < MAILS; index = next++) {
      const body = bodies[index % bodies.length]!;
      const mail = { ...body, to: `membre${index}@bench.test`, toName: `Membre ${index}`, messageId: `<${index}@bench.test>` };
      await transport.sendMail(compose(mail, 'Bièvre <ne-pas-repondre@bench.test>'));
    }
  };
  await Promise.all(Array.from({ length: SMTP_CONNECTIONS * 2 }, send));
  await all;
  transport.close();
  return MAILS / ((performance.now() - started) / 1000);
}

/** Reads of a dossier, fifty a second, until told to stop: what someone at work would notice. The 99th percentile, in milliseconds. */
async function readsUntil(port: number, stop: () => boolean): Promise<number> {
  const requests = await Promise.all(
    [1, 2, 3, 4].map(async (row) =>
      written({ method: 'GET', path: `/v1/dossiers/${idOf('dossier', row)}`, token: await tokenOfStaff('coordinator') }),
    ),
  );
  const open = await connections(8, port);
  const latencies: number[] = [];
  const started = performance.now();
  for (let index = 0; !stop(); index++) {
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, started + index * 20 - performance.now())));
    const from = performance.now();
    const { status } = await open[index % open.length]!.send(requests[index % requests.length]!);
    if (status !== 200) throw new Error(`answered ${status}`);
    latencies.push(performance.now() - from);
  }
  closeAll(open);
  latencies.sort((a, b) => a - b);
  return latencies[Math.ceil(latencies.length * 0.99) - 1] ?? Number.NaN;
}

async function run(stage: Stage, wanted: ReadonlySet<string>): Promise<Figure[]> {
  const { port } = await stage.api();
  const hand = await stage.hand();
  await enrol(hand);
  await using sink = await openSink();
  await using _worker = await startWorker(await stage.url(), { SMTP_URL: `smtp://127.0.0.1:${sink.port}` });
  const figures: Figure[] = [];
  const announced = async () => {
    await reset(hand);
    return announce(port, hand, sink);
  };
  await announced();
  if (wanted.has(MAIL)) {
    const bodies = await sink.bodies();
    const [ours = [], theirs = []] = await alternately([announced, () => alone(sink, bodies)], ROUNDS.mail, 0);
    const note =
      `${MAILS} results mails to the members of ${ORGANISATIONS} organisations, from POST …/announce-results to the last one accepted by a local server; ` +
      `baseline: nodemailer alone, the same bodies ready, ${SMTP_CONNECTIONS} connections; at least 0.6`;
    figures.push(figure(MAIL, 'mails/s', note, ours, theirs));
  }
  if (wanted.has(LATENCY)) {
    const readsFor = (ms: number) => {
      const until = performance.now() + ms;
      return readsUntil(port, () => performance.now() > until);
    };
    const idleFor = () => readsFor(10_000);
    const busy = async () => {
      let over = false;
      await reset(hand);
      // What the reset left cold is no mail's doing.
      await readsFor(2_000);
      const reading = readsUntil(port, () => over);
      await announce(port, hand, sink);
      over = true;
      return reading;
    };
    const [during = [], idle = []] = await alternately([busy, idleFor], ROUNDS.latency, 0);
    const note = `99th percentile of reads of a dossier, 50 a second, while ${MAILS} results mails leave; baseline: idle; at most 2`;
    figures.push(figure(LATENCY, 'ms', note, during.map(rounded), idle.map(rounded)));
  }
  return figures;
}

export const resultsMailBench: Bench = { figures: [MAIL, LATENCY], run };
