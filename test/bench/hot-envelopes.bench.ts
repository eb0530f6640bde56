import type pg from 'pg';
import { ledgerFaults } from '../../src/modules/funding/index.js';
import { tokenOfStaff } from './ground.js';
import { closeAll, connections, written, type Answer, type Connection, type Shot } from './http-client.js';
import { idOf, STAFF } from './ids.js';
import { rounded, type Figure } from './measure.js';
import type { Bench, Stage } from './stage.js';

/** Movements a minute that four hot envelopes must sustain. */
const WANTED = 10_000;
const SECONDS = 20;
/** Who decides lines, each its own; and who moves the envelopes under them, always on a version that has just moved. */
const DECIDERS = 16;
const LINES_EACH = 4;
const KEEPERS = 2;
const SECTOR = 'NE';
/** The least that a line of the data set asks, in cents. */
const MOST = 100_000;

interface Line {
  readonly id: string;
  version: number;
}

interface Ground {
  readonly envelopes: readonly string[];
  readonly lines: readonly Line[];
  readonly tokens: { readonly delegate: string; readonly prefecture: string };
}

/** Lines of programme 147 of the Val-de-Marne whose action lies in one sector, of as many admissible dossiers. */
async function linesOf(hand: pg.Client): Promise<Line[]> {
  const wanted = DECIDERS * LINES_EACH;
  const { rows } = await hand.query<Line>(
    `SELECT DISTINCT ON (l.dossier_id) l.id, l.version
     FROM funding_lines l JOIN funders f ON f.id = l.funder_id JOIN dossiers d ON d.id = l.dossier_id
     JOIN action_territories t ON t.action_id = l.action_id AND t.kind = 'sector' AND t.code = $1
     WHERE f.code = 'P147-94' AND d.state = 'admissible' AND l.state = 'instructed' AND l.envelope_id IS NULL AND l.year = 2027
     ORDER BY l.dossier_id, l.id LIMIT $2`,
    [SECTOR, wanted],
  );
  if (rows.length !== wanted) throw new Error(`only ${rows.length} lines to decide`);
  return rows;
}

async function asked(connection: Connection, shot: Shot): Promise<Answer> {
  const answer = await connection.send(written(shot));
  if (answer.status >= 500) throw new Error(`answered ${answer.status}: ${answer.body}`);
  return answer;
}

/** @throws Error unless it is done */
async function done(connection: Connection, shot: Shot): Promise<{ id: string; version: number }> {
  const answer = await asked(connection, shot);
  if (answer.status >= 300) throw new Error(`${shot.path} answered ${answer.status}: ${answer.body}`);
  return JSON.parse(answer.body) as { id: string; version: number };
}

/** Two envelopes and a part of each, opened as people do. */
async function prepare(stage: Stage, connection: Connection): Promise<Ground> {
  const hand = await stage.hand();
  await hand.query(
    `INSERT INTO grants (id, user_id, role, scope_kind, scope_code) VALUES (gen_random_uuid(), $1, 'delegate', 'department', '94')`,
    [idOf('staff', STAFF.delegate)],
  );
  const tokens = { delegate: await tokenOfStaff('delegate'), prefecture: await tokenOfStaff('prefecture94') };
  const { rows } = await hand.query<{ id: string }>(`SELECT id FROM funders WHERE code = 'P147-94'`);
  const post = (path: string, body: object, version?: number) =>
    done(connection, { method: 'POST', path, token: tokens.prefecture, body, ...(version === undefined ? {} : { version }) });
  const envelopes: string[] = [];
  for (const programme of ['Chaud 1', 'Chaud 2']) {
    const ceilings = { ceilingAeCents: 10_000_000_000, ceilingCpCents: 10_000_000_000 };
    const root = await post('/v1/envelopes', { funderId: rows[0]!.id, programme, year: 2027, ...ceilings });
    const part = await post(`/v1/envelopes/${root.id}/sub-envelopes`, { sectorCode: SECTOR, amountCents: 1_000_000_000 }, root.version);
    envelopes.push(root.id, part.id);
  }
  return { envelopes, lines: await linesOf(hand), tokens };
}

/** What happens to a line, over and over: each step is an act, who does it, and what it says. */
const LIFE = [
  ['propose', 'delegate'],
  ['propose', 'delegate'],
  ['approve', 'prefecture'],
  ['release', 'prefecture'],
  ['propose', 'delegate'],
  ['release', 'delegate'],
  ['propose', 'delegate'],
  ['refuse', 'prefecture'],
  ['release', 'prefecture'],
] as const;

/** One client: its lines in turn, each a step further. Gives how many acts were done. */
async function decide(connection: Connection, client: number, { envelopes, lines, tokens }: Ground, until: number): Promise<number> {
  const own = lines.slice(client * LINES_EACH, (client + 1) * LINES_EACH);
  let acts = 0;
  for (let step = 0; performance.now() < until; step++) {
    for (const [rank, line] of own.entries()) {
      const [act, who] = LIFE[step % LIFE.length]!;
      // Another envelope each time, so that lines also go from one to another, both ways.
      const envelopeId = envelopes[(client + rank + step) % envelopes.length]!;
      const amountCents = 1 + ((client * 7919 + rank * 104_729 + step * 31) % MOST);
      const body = act === 'propose' ? { amountCents, envelopeId } : act === 'approve' ? { amountCents } : { reason: 'Essai' };
      const path = `/v1/funding-lines/${line.id}/${act}`;
      line.version = (await done(connection, { method: 'POST', path, token: tokens[who], version: line.version, body })).version;
      acts++;
    }
  }
  return acts;
}

/** One client: more and less in the envelopes, and between them and their parts. The version it read may be past: then it reads again. */
async function adjust(connection: Connection, client: number, { envelopes, tokens }: Ground, until: number): Promise<number> {
  let acts = 0;
  for (let step = 0; performance.now() < until; step++) {
    const id = envelopes[(client + step) % envelopes.length]!;
    const isPart = (client + step) % 2 === 1;
    const isUp = step % 8 < 4;
    const reason = 'Essai';
    const act = isPart ? (isUp ? 'delegate' : 'take-back') : isUp ? 'increase' : 'decrease';
    const body = isPart ? { amountCents: 100, ...(isUp ? {} : { reason }) } : { aeCents: 100, cpCents: 100, reason };
    const token = tokens.prefecture;
    const { version } = await done(connection, { method: 'GET', path: `/v1/envelopes/${id}`, token });
    const { status, body: said } = await asked(connection, { method: 'POST', path: `/v1/envelopes/${id}/${act}`, token, version, body });
    if (status !== 200 && status !== 412) throw new Error(`${act} answered ${status}: ${said}`);
    if (status === 200) acts++;
  }
  return acts;
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);

async function movementsIn(hand: pg.Client, envelopes: readonly string[]): Promise<number> {
  const { rows } = await hand.query<{ count: number }>('SELECT count(*)::int AS count FROM movements WHERE envelope_id = ANY ($1)', [
    envelopes,
  ]);
  return rows[0]!.count;
}

/** @throws Error when a counter of these envelopes or lines is not what their movements say */
async function check(hand: pg.Client, { envelopes, lines }: Ground): Promise<void> {
  const own = new Set([...envelopes, ...lines.map(({ id }) => id)]);
  const faults = await ledgerFaults(async <Row>(sql: string) => (await hand.query(sql)).rows as Row[]);
  const first = faults.find(({ id }) => own.has(id));
  if (first) throw new Error(`${first.object} ${first.id}: ${first.counter} is ${first.counted}, the ledger says ${first.explained}`);
}

async function run(stage: Stage): Promise<Figure[]> {
  const api = await stage.api();
  const hand = await stage.hand();
  const open = await connections(DECIDERS + KEEPERS, api.port);
  const ground = await prepare(stage, open[0]!);
  const before = await movementsIn(hand, ground.envelopes);
  const started = performance.now();
  const until = started + SECONDS * 1000;
  const acts = await Promise.all(
    open.map((connection, client) => (client < DECIDERS ? decide : adjust)(connection, client % DECIDERS, ground, until)),
  );
  const minutes = (performance.now() - started) / 60_000;
  closeAll(open);
  const perMinute = ((await movementsIn(hand, ground.envelopes)) - before) / minutes;
  await check(hand, ground);
  return [
    {
      bench: 'hot-envelopes',
      ratio: rounded(perMinute / WANTED),
      ours: Math.round(perMinute),
      baseline: WANTED,
      unit: 'movements/min',
      note:
        `${Math.round(sum(acts) / minutes)} acts a minute by ${DECIDERS} deciders (propose, move, approve, release, refuse) and ${KEEPERS} keepers ` +
        `(increase, decrease, delegate, take back), over HTTP, on two envelopes and a part of each, for ${SECONDS} s; not one 5xx, ` +
        `the ledger right to the cent after; at least 1`,
    },
  ];
}

export const hotEnvelopesBench: Bench = { figures: ['hot-envelopes'], run };
