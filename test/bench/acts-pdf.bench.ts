import { setTimeout as wait } from 'node:timers/promises';
import type pg from 'pg';
import { contentFromJson } from '../../src/modules/agreements/domain/act-content.js';
import { actDocument, type ActDocument } from '../../src/modules/agreements/domain/act-document.js';
import { drawBare } from './acts-baseline.js';
import { tokenOfStaff } from './ground.js';
import { Connection, written } from './http-client.js';
import { idOf } from './ids.js';
import { alternately, figure, type Figure } from './measure.js';
import type { Bench, Stage } from './stage.js';
import { startWorker } from './worker.js';

const ACTS = 500;
const GRANTED = 100_000;
/** Five hundred documents warm both sides up by themselves. */
const ROUNDS = 3;

/** Five hundred organisations with one announced line each of programme 147, and no act yet. The triggers that keep acts are not for benches. */
async function reset(hand: pg.Client): Promise<void> {
  await hand.query(`
    SET session_replication_role = replica;
    DELETE FROM act_documents;
    DELETE FROM grant_amendments;
    DELETE FROM act_lines;
    DELETE FROM acts;
    DELETE FROM act_series;
    UPDATE funding_lines SET state = 'instructed', granted_cents = NULL, announced_at = NULL WHERE state IN ('announced', 'act-generated');
    UPDATE funding_lines SET state = 'announced', granted_cents = ${GRANTED}, requested_cents = greatest(requested_cents, ${GRANTED}), announced_at = now()
    WHERE id IN (
      SELECT min(l.id::text)::uuid FROM funding_lines l JOIN funders f ON f.id = l.funder_id JOIN dossiers d ON d.id = l.dossier_id
      WHERE f.code = 'P147-94' AND l.call_id = '${idOf('call', 0)}' AND d.submitted_at IS NOT NULL GROUP BY l.organisation_id ORDER BY 1 LIMIT ${ACTS});
    SET session_replication_role = origin;
    CHECKPOINT`);
}

/** From the request to the last document kept. Documents a second. @throws Error unless each act has its document */
async function throughQueue(port: number, hand: pg.Client): Promise<number> {
  await reset(hand);
  const { rows } = await hand.query<{ id: string }>(`SELECT id FROM funders WHERE code = 'P147-94'`);
  const body = { callId: idOf('call', 0), funderId: rows[0]!.id };
  const connection = await Connection.to(port);
  const started = performance.now();
  const asked = await connection.send(
    written({ method: 'POST', path: '/v1/acts/prepare', token: await tokenOfStaff('prefecture94'), body }),
  );
  connection.close();
  if (asked.status !== 202) throw new Error(`answered ${asked.status}: ${asked.body}`);
  const { id } = JSON.parse(asked.body) as { id: string };
  const isOver = async () => (await hand.query(`SELECT 1 FROM operations WHERE id = $1 AND state = 'done'`, [id])).rows.length > 0;
  while (!(await isOver())) await wait(50);
  const seconds = (performance.now() - started) / 1000;
  const { rows: made } = await hand.query<{ documents: number; numbers: number }>(
    'SELECT count(*)::int AS documents, max(rank) AS numbers FROM acts a JOIN act_documents d ON d.act_id = a.id',
  );
  if (made[0]?.documents !== ACTS || made[0].numbers !== ACTS) throw new Error(`made ${JSON.stringify(made)} and not ${ACTS}`);
  return ACTS / seconds;
}

async function inALoop(hand: pg.Client): Promise<number> {
  const { rows } = await hand.query<{ content: object }>('SELECT content FROM acts ORDER BY rank');
  const documents: ActDocument[] = rows.map(({ content }) => actDocument(contentFromJson(content), null));
  const started = performance.now();
  for (const document of documents) await drawBare(document);
  return documents.length / ((performance.now() - started) / 1000);
}

async function run(stage: Stage): Promise<Figure[]> {
  const { port } = await stage.api();
  const hand = await stage.hand();
  await using _worker = await startWorker(await stage.url());
  const [ours = [], theirs = []] = await alternately([() => throughQueue(port, hand), () => inALoop(hand)], ROUNDS, 0);
  return [
    figure(
      'acts-pdf',
      'documents/s',
      `${ACTS} acts prepared, numbered, drawn as PDF/UA and kept, through the queue; baseline: the same words by a bare pdfkit loop in one process; at least 0.7`,
      ours,
      theirs,
    ),
  ];
}

export const actsPdfBench: Bench = { figures: ['acts-pdf'], run };
