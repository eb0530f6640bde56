import pg from 'pg';
import { approveRaw } from './approve-baseline.js';
import { tokenOfStaff } from './ground.js';
import { closeAll, connections, written } from './http-client.js';
import { idOf, STAFF } from './ids.js';
import { alternately, figure, rounded, type Figure } from './measure.js';
import { POOL_SIZE, type Served } from './serve.js';
import type { Bench, Stage } from './stage.js';

const ASKED = 200;
const HELD = 100;
/** Each line was proposed for one cent and is approved for a thousand euros: only the envelope says how many of them pass. */
const RESERVED = 1;
const GRANTED = 100_000;
const ROUNDS = 9;
/** Two hundred requests are soon over: it takes a few rounds until both sides run compiled code. */
const WARM_UPS = 6;

/** Two hundred lines of programme 147 of the Val-de-Marne, of as many admissible dossiers. */
async function lines(hand: pg.Client): Promise<string[]> {
  const { rows } = await hand.query<{ id: string }>(
    `SELECT min(l.id::text) AS id
     FROM funding_lines l JOIN funders f ON f.id = l.funder_id JOIN dossiers d ON d.id = l.dossier_id
     WHERE f.code = 'P147-94' AND l.call_id = $1 AND d.state = 'admissible' AND l.state = 'instructed'
       AND EXISTS (SELECT FROM dossier_perimeters p WHERE p.dossier_id = d.id AND p.kind = 'department' AND p.code = '94')
     GROUP BY d.id ORDER BY 1 LIMIT $2`,
    [idOf('call', 0), ASKED],
  );
  if (rows.length !== ASKED) throw new Error(`only ${rows.length} lines to approve`);
  return rows.map(({ id }) => id);
}

/** A new envelope that holds a hundred, and the lines proposed on it. Gives its id. */
async function propose(hand: pg.Client, ids: readonly string[], round: number): Promise<string> {
  const envelopeId = idOf('envelope', round);
  const ceiling = ASKED * RESERVED + HELD * (GRANTED - RESERVED);
  await hand.query(
    `INSERT INTO envelopes (id, funder_id, programme, year, department_code, ceiling_ae_cents, ceiling_cp_cents, reserved_cents, created_by)
     SELECT $1, id, $2, 2027, '94', $3, $3, $4, $5 FROM funders WHERE code = 'P147-94'`,
    [envelopeId, `Essai ${round}`, ceiling, ASKED * RESERVED, idOf('staff', STAFF.coordinator)],
  );
  await hand.query(
    `UPDATE funding_lines SET state = 'proposed', version = 2, envelope_id = $2, proposed_cents = $3, reserved_cents = $3, proposed_by = $4,
       proposed_at = now(), granted_cents = NULL, committed_cents = 0, decided_by = NULL, decided_at = NULL, decided_on = NULL
     WHERE id = ANY ($1::uuid[])`,
    [ids, envelopeId, RESERVED, idOf('staff', STAFF.delegate)],
  );
  await hand.query('CHECKPOINT');
  return envelopeId;
}

/** @throws Error unless exactly a hundred passed, in the answers, the lines, the counters and the ledger */
async function check(hand: pg.Client, envelopeId: string, passed: number): Promise<void> {
  const { rows } = await hand.query<{ approved: number; moved: number; committed: string; reserved: string }>(
    `SELECT committed_cents AS committed, reserved_cents AS reserved,
       (SELECT count(*)::int FROM funding_lines WHERE envelope_id = e.id AND state = 'approved') AS approved,
       (SELECT count(*)::int FROM movements WHERE envelope_id = e.id AND kind = 'commit') AS moved
     FROM envelopes e WHERE id = $1`,
    [envelopeId],
  );
  const { approved, moved, committed, reserved } = rows[0]!;
  const right = Number(committed) === HELD * GRANTED && Number(reserved) === (ASKED - HELD) * RESERVED;
  if (!right || passed !== HELD || approved !== HELD || moved !== HELD)
    throw new Error(`${passed} answered yes, ${approved} lines approved, ${moved} movements, ${committed} cents committed`);
}

/** Seconds from the first request to the last answer; how many passed. */
type Approvals = () => Promise<{ seconds: number; passed: number }>;

async function overHttp(api: Served, ids: readonly string[]): Promise<Approvals> {
  const token = await tokenOfStaff('prefecture94');
  const requests = ids.map((id) =>
    written({ method: 'POST', path: `/v1/funding-lines/${id}/approve`, token, version: 2, body: { amountCents: GRANTED } }),
  );
  return async () => {
    const open = await connections(ASKED, api.port);
    const started = performance.now();
    const answers = await Promise.all(open.map((each, index) => each.send(requests[index]!)));
    const seconds = (performance.now() - started) / 1000;
    closeAll(open);
    const odd = answers.find(({ status, body }) => status !== 200 && !(status === 409 && body.includes('"ENVELOPE_EXCEEDED"')));
    if (odd) throw new Error(`answered ${odd.status}: ${odd.body}`);
    return { seconds, passed: answers.filter(({ status }) => status === 200).length };
  };
}

function byHand(pool: pg.Pool, ids: readonly string[]): Approvals {
  const approverId = idOf('staff', STAFF.prefecture94);
  return async () => {
    const started = performance.now();
    const passed = await Promise.all(ids.map((lineId) => approveRaw(pool, { lineId, version: 2, amountCents: GRANTED, approverId })));
    return { seconds: (performance.now() - started) / 1000, passed: passed.filter((each) => each).length };
  };
}

async function run(stage: Stage): Promise<Figure[]> {
  const api = await stage.api();
  const hand = await stage.hand();
  const ids = await lines(hand);
  const pool = new pg.Pool({ connectionString: await stage.url(), max: POOL_SIZE, idleTimeoutMillis: 0 });
  let round = 0;
  const counted = (approvals: Approvals) => async () => {
    const envelopeId = await propose(hand, ids, ++round);
    const { seconds, passed } = await approvals();
    await check(hand, envelopeId, passed);
    return seconds * 1000;
  };
  try {
    const [ours = [], theirs = []] = await alternately([await overHttp(api, ids), byHand(pool, ids)].map(counted), ROUNDS, WARM_UPS);
    const each = rounded(GRANTED / 100);
    return [
      figure(
        'approvals',
        'ms',
        `${ASKED} simultaneous POST …/approve of ${each} € on lines proposed for one cent, one envelope that holds ${HELD}: exactly ${HELD} pass ` +
          `in every round; baseline: raw guarded UPDATEs through pg, ${POOL_SIZE} connections on each side; at most 2`,
        ours,
        theirs,
      ),
    ];
  } finally {
    await pool.end();
  }
}

export const approvalsBench: Bench = { figures: ['approvals'], run };
