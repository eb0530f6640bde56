import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { applyRaw, SUMS, type RawApplication } from './committee-baseline.js';
import { connected, tokenOfStaff } from './ground.js';
import { Connection, written, type Answer, type Shot } from './http-client.js';
import { idOf, STAFF } from './ids.js';
import { alternately, figure, type Figure } from './measure.js';
import type { Bench, Stage } from './stage.js';

const APPLY = 'scenario-apply';
const TOTALS = 'committee-totals';
const DECIDED = 1000;
const SUMMED = 5000;
const ENVELOPES_A_FUNDER = 6;
const ROUNDS = 9;
const WARM_UPS = 5;
/** Changes a round of the totals. */
const CHANGES = 10;
const COORDINATOR = idOf('staff', STAFF.coordinator);

/** Lines of admissible dossiers of the open call. */
async function lines(hand: pg.Client, where: string, amount: number): Promise<{ id: string; funder: string }[]> {
  const { rows } = await hand.query<{ id: string; funder: string }>(
    `SELECT l.id, f.code AS funder FROM funding_lines l JOIN funders f ON f.id = l.funder_id JOIN dossiers d ON d.id = l.dossier_id
     WHERE l.call_id = $1 AND d.state = 'admissible' AND l.state IN ('instructed', 'on-agenda', 'adjourned', 'unfavourable') AND ${where}
     ORDER BY l.id LIMIT $2`,
    [idOf('call', 0), amount],
  );
  if (rows.length !== amount) throw new Error(`only ${rows.length} lines`);
  return rows;
}

async function envelopes(hand: pg.Client, funder: string): Promise<string[]> {
  const ids = Array.from({ length: ENVELOPES_A_FUNDER }, () => randomUUID());
  await hand.query(
    `INSERT INTO envelopes (id, funder_id, programme, year, department_code, ceiling_ae_cents, ceiling_cp_cents, created_by)
     SELECT n.id, f.id, 'Comité ' || n.id, 2027, f.department_code, 10000000000, 10000000000, $3::uuid
     FROM unnest($1::uuid[]) AS n (id), funders f WHERE f.code = $2`,
    [ids, funder, COORDINATOR],
  );
  return ids;
}

/** A session held on these lines, with a scenario that gives each a thousand euros or all it asks. */
async function session(hand: pg.Client, planned: readonly { id: string; envelopeId: string | null }[]): Promise<RawApplication> {
  const [committeeId, scenarioId] = [randomUUID(), randomUUID()];
  const ids = planned.map(({ id }) => id);
  await hand.query('UPDATE committee_lines SET live = false WHERE live');
  await hand.query(
    `UPDATE funding_lines SET state = 'on-agenda', envelope_id = NULL, proposed_cents = NULL, proposed_by = NULL, proposed_at = NULL, reserved_cents = 0
     WHERE id = ANY ($1::uuid[])`,
    [ids],
  );
  await hand.query(
    `INSERT INTO committees (id, call_id, title, held_on, quorum, state, created_by, created_at, convened_at, opened_at)
     VALUES ($1, $2, 'Essai', current_date, 1, 'held', $3, now(), now(), now())`,
    [committeeId, idOf('call', 0), COORDINATOR],
  );
  await hand.query(
    `INSERT INTO committee_lines (committee_id, funding_line_id, position) SELECT $1::uuid, n.id, n.rank FROM unnest($2::uuid[]) WITH ORDINALITY AS n (id, rank)`,
    [committeeId, ids],
  );
  await hand.query(`INSERT INTO scenarios (id, committee_id, name, created_by, created_at) VALUES ($1, $2, 'Essai', $3, now())`, [
    ...[scenarioId, committeeId, COORDINATOR],
  ]);
  await hand.query(
    `INSERT INTO scenario_amounts (scenario_id, committee_id, funding_line_id, amount_cents, envelope_id)
     SELECT $1::uuid, $2::uuid, n.id, least(100000, l.requested_cents), n.envelope
     FROM unnest($3::uuid[], $4::uuid[]) AS n (id, envelope) JOIN funding_lines l ON l.id = n.id`,
    [scenarioId, committeeId, ids, planned.map(({ envelopeId }) => envelopeId)],
  );
  await hand.query('ANALYZE committees, committee_lines, scenarios, scenario_amounts');
  await hand.query('CHECKPOINT');
  return { committeeId, scenarioId, actorId: COORDINATOR };
}

/** @throws Error on any answer but 200 */
async function send(connection: Connection, shot: Omit<Shot, 'token'>): Promise<Answer> {
  const answer = await connection.send(written({ ...shot, token: await tokenOfStaff('coordinator') }));
  if (answer.status !== 200) throw new Error(`answered ${answer.status}: ${answer.body}`);
  return answer;
}

/** @throws Error unless the lines, the envelopes and the audit say that all of it was applied */
async function check(hand: pg.Client, { committeeId, scenarioId }: RawApplication, ids: readonly string[]): Promise<void> {
  const { rows } = await hand.query<{ proposed: number; right: boolean; audits: number; state: string }>(
    `SELECT (SELECT count(*)::int FROM funding_lines WHERE id = ANY ($3::uuid[]) AND state = 'proposed') AS proposed,
       (SELECT bool_and(e.reserved_cents = a.cents) FROM envelopes e
        JOIN (SELECT envelope_id, sum(amount_cents) AS cents FROM scenario_amounts WHERE scenario_id = $2 GROUP BY 1) a ON a.envelope_id = e.id) AS right,
       (SELECT count(*)::int FROM audit WHERE act = 'funding-line.proposed' AND object_id = ANY ($3::text[]) AND at > now() - interval '1 minute') AS audits,
       (SELECT state FROM committees WHERE id = $1) AS state`,
    [committeeId, scenarioId, ids],
  );
  const { proposed, right, audits, state } = rows[0]!;
  if (proposed !== ids.length || !right || audits < ids.length || state !== 'applied')
    throw new Error(`${proposed} proposed, ${audits} audits, envelopes ${right}, session ${state}`);
}

async function applying(stage: Stage): Promise<Figure> {
  const { port } = await stage.api();
  const hand = await stage.hand();
  const half = DECIDED / 2;
  const wanted = [...(await lines(hand, `f.code = 'P147-94'`, half)), ...(await lines(hand, `f.code = 'P147-91'`, half))];
  const ids = wanted.map(({ id }) => id);
  await using raw = await connected(await stage.url());
  const timed = (apply: (session: RawApplication) => Promise<void>) => async () => {
    const pots = { 'P147-94': await envelopes(hand, 'P147-94'), 'P147-91': await envelopes(hand, 'P147-91') };
    const planned = wanted.map(({ id, funder }, index) => ({
      id,
      envelopeId: pots[funder as keyof typeof pots][index % ENVELOPES_A_FUNDER] ?? null,
    }));
    const prepared = await session(hand, planned);
    const started = performance.now();
    await apply(prepared);
    const elapsed = performance.now() - started;
    await check(hand, prepared, ids);
    return elapsed;
  };
  const connection = await Connection.to(port);
  const overHttp = timed(async ({ committeeId, scenarioId }) => {
    await send(connection, { method: 'POST', path: `/v1/scenarios/${scenarioId}/adopt`, version: 1, body: {} });
    await send(connection, { method: 'POST', path: `/v1/committees/${committeeId}/apply`, version: 1, body: {} });
  });
  const byHand = timed((prepared) => applyRaw(raw.client, prepared, DECIDED));
  const [ours = [], theirs = []] = await alternately([overHttp, byHand], ROUNDS, WARM_UPS);
  connection.close();
  return figure(
    APPLY,
    'ms',
    `POST …/adopt then …/apply of ${DECIDED} lines of programme 147 over ${2 * ENVELOPES_A_FUNDER} envelopes, one transaction, lines, envelopes, ` +
      `movements and an audit row a line; baseline: the same set-based SQL by hand, guarded; at most 3`,
    ours,
    theirs,
  );
}

async function summing(stage: Stage): Promise<Figure> {
  const { port } = await stage.api();
  const hand = await stage.hand();
  const wanted = await lines(hand, 'true', SUMMED);
  const { scenarioId } = await session(
    hand,
    wanted.map(({ id }) => ({ id, envelopeId: null })),
  );
  await using raw = await connected(await stage.url());
  const connection = await Connection.to(port);
  let version = 1;
  const amountOf = (change: number) => ({ lineId: wanted[(change * 37) % SUMMED]!.id, amountCents: 1000 + (change % 1000) });
  let change = 0;
  const overHttp = async () => {
    let elapsed = 0;
    for (let each = 0; each < CHANGES; each++) {
      const amount = amountOf(++change);
      await send(connection, {
        method: 'PUT',
        path: `/v1/scenarios/${scenarioId}/amounts`,
        version: version++,
        body: { amounts: [amount] },
      });
      const started = performance.now();
      const { body } = await send(connection, { method: 'GET', path: `/v1/scenarios/${scenarioId}/totals` });
      elapsed += performance.now() - started;
      if ((JSON.parse(body) as { lines: number }).lines !== SUMMED) throw new Error('not all of them');
    }
    return elapsed / CHANGES;
  };
  const byHand = async () => {
    let elapsed = 0;
    for (let each = 0; each < CHANGES; each++) {
      const { lineId, amountCents } = amountOf(++change);
      await raw.client.query('UPDATE scenario_amounts SET amount_cents = $3 WHERE scenario_id = $1 AND funding_line_id = $2', [
        ...[scenarioId, lineId, amountCents],
      ]);
      const started = performance.now();
      await raw.client.query({ name: 'sums', text: SUMS, values: [scenarioId] });
      elapsed += performance.now() - started;
    }
    return elapsed / CHANGES;
  };
  const [ours = [], theirs = []] = await alternately([overHttp, byHand], ROUNDS, WARM_UPS);
  connection.close();
  return figure(
    TOTALS,
    'ms',
    `GET …/totals of a scenario of ${SUMMED} lines after one of them changed, what would be refused included; baseline: the bare sums by envelope, ` +
      `orientation, place, funder and duration straight through pg; at most 2`,
    ours,
    theirs,
  );
}

async function run(stage: Stage, wanted: ReadonlySet<string>): Promise<Figure[]> {
  const figures: Figure[] = [];
  if (wanted.has(APPLY)) figures.push(await applying(stage));
  if (wanted.has(TOTALS)) figures.push(await summing(stage));
  return figures;
}

export const committeeBench: Bench = { figures: [APPLY, TOTALS], run };
