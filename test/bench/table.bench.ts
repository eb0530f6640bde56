import pg from 'pg';
import { pageStatement } from '../../src/modules/programming/persistence/programming-table.sql.js';
import { CONTRACT } from '../../src/platform/auth/perimeter.js';
import { tokenOfStaff } from './ground.js';
import { Connection, written } from './http-client.js';
import { idOf } from './ids.js';
import { alternately, drive, figure, shoot, type Figure, type Load } from './measure.js';
import { POOL_SIZE, type Served } from './serve.js';
import type { Bench, Stage } from './stage.js';

const CLIENTS = 16;
const REQUESTS = 1000;
const RATE = 'programming-table';
const P99 = 'programming-table-p99';
const GROWTH = 'programming-table-growth';
const LIMIT = 50;
const FILTER = { callId: idOf('call', 0), commune: '94041', status: 'instructed' } as const;
const PATH = `/v1/funding-lines?${new URLSearchParams({ ...FILTER, limit: String(LIMIT) }).toString()}`;
const WHAT = `50 rows of the open call, one commune, one status, with their opinions, ${CLIENTS} clients`;

interface Row {
  readonly id: string;
  readonly opinions: readonly unknown[];
}

const request = async (): Promise<string> => written({ method: 'GET', path: PATH, token: await tokenOfStaff('coordinator') });

/** Reads the page again and again. */
export async function readTable({ port }: Served, amount = REQUESTS): Promise<Load> {
  return shoot({ port, clients: CLIENTS }, [await request()], amount);
}

/** @throws Error unless both read the same page, full and with opinions */
async function checkSame(api: Served, pool: pg.Pool): Promise<void> {
  const connection = await Connection.to(api.port);
  const { data } = JSON.parse((await connection.send(await request())).body) as { data: Row[] };
  connection.close();
  const { rows } = await pool.query<Row>(baseline());
  const read = (found: readonly Row[]) => JSON.stringify(found.map(({ id, opinions }) => [id, opinions.length]));
  if (data.length !== LIMIT || read(data) !== read(rows) || !data.some(({ opinions }) => opinions.length > 0))
    throw new Error(`not the same page: ${read(data)} and ${read(rows)}`);
}

/** The statement of the product itself: nobody's own is quicker (a plain join of the same tables takes half as long again). */
function baseline(): pg.QueryConfig {
  const { sql, params } = pageStatement(FILTER, [CONTRACT], null, LIMIT);
  return { name: 'table', text: sql, values: [...params] };
}

async function againstPg(stage: Stage, wanted: ReadonlySet<string>): Promise<Figure[]> {
  const api = await stage.api();
  const pool = new pg.Pool({ connectionString: await stage.url(), max: POOL_SIZE });
  try {
    await checkSame(api, pool);
    const query = baseline();
    const straight = () =>
      drive(CLIENTS, REQUESTS, async () => {
        await pool.query(query);
      });
    const [ours = [], theirs = []] = await alternately([() => readTable(api), straight]);
    const note = `${WHAT}, 120,000 lines; baseline: the same statement straight through pg, prepared, no HTTP`;
    return [
      figure(
        RATE,
        'requests/s',
        `${note}; at least 0.5`,
        ours.map(({ perSecond }) => perSecond),
        theirs.map(({ perSecond }) => perSecond),
      ),
      figure(
        P99,
        'ms',
        `p99; ${note}; at most 3`,
        ours.map(({ p99Ms }) => p99Ms),
        theirs.map(({ p99Ms }) => p99Ms),
      ),
    ].filter(({ bench }) => wanted.has(bench));
  } finally {
    await pool.end();
  }
}

async function growth(stage: Stage): Promise<Figure> {
  const api = await stage.api();
  await using tenth = await stage.tenth();
  const [large = [], small = []] = await alternately([() => readTable(api), () => readTable(tenth)]);
  const note = `p99; ${WHAT}; 120,000 lines against 12,000; at most 1.5`;
  return figure(
    GROWTH,
    'ms',
    note,
    large.map(({ p99Ms }) => p99Ms),
    small.map(({ p99Ms }) => p99Ms),
  );
}

async function run(stage: Stage, wanted: ReadonlySet<string>): Promise<Figure[]> {
  const figures = wanted.has(RATE) || wanted.has(P99) ? await againstPg(stage, wanted) : [];
  return wanted.has(GROWTH) ? [...figures, await growth(stage)] : figures;
}

export const tableBench: Bench = { figures: [RATE, P99, GROWTH], run };
