import { createReadStream, readFileSync } from 'node:fs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SaxesParser } from 'saxes';
import { openPromise } from 'yauzl';
import { createApi, prepareGround } from '../../src/boot.js';
import { readEnvironment } from '../../src/config/environment.js';
import { AskChorusImport } from '../../src/modules/agreements/use-cases/ask-chorus-import.js';
import { PreviewChorusImport } from '../../src/modules/agreements/use-cases/preview-chorus-import.js';
import type { Actor } from '../../src/platform/auth/actor.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { UploadFile } from '../../src/platform/files/upload-file.js';
import { TOKEN_SECRET } from './ground.js';
import { idOf, STAFF } from './ids.js';
import { alternately } from './measure.js';

/** What the process that previews says of itself. Seconds and mebibytes. */
export interface ChorusMeasure {
  readonly ours: readonly number[];
  readonly baseline: readonly number[];
  readonly matched: number;
  readonly growthMb: number;
  readonly residentMb: number;
}

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const PREFECTURE: Actor = {
  ...{ id: idOf('staff', STAFF.prefecture94), kind: 'user', recusedFrom: new Set() },
  grants: [{ role: 'prefecture', scope: { kind: 'department', code: '94' } }],
};

async function seconds(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

/** Unzips every file of the workbook and has its XML read, listening to all of it and keeping nothing. */
async function bare(file: string): Promise<void> {
  const zip = await openPromise(file, { autoClose: false });
  let heard = 0;
  for await (const entry of zip.eachEntry()) {
    const parser = new SaxesParser({ xmlns: false, position: false });
    const count = () => {
      heard++;
    };
    parser.on('opentag', count);
    parser.on('closetag', count);
    parser.on('text', count);
    const decoder = new TextDecoder('utf-8', { fatal: true });
    for await (const chunk of (await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>)
      parser.write(decoder.decode(chunk, { stream: true }));
    parser.close();
  }
  zip.close();
  if (heard === 0) throw new Error('nothing was read');
}

/** Uploads the file and asks for its import, which is not measured. Gives the operation that previews it. */
async function asked(app: NestFastifyApplication, file: string): Promise<string> {
  const about = { purpose: 'chorus-extraction', name: 'extraction.xlsx', mediaType: XLSX, declaredBytes: null } as const;
  const { id: fileId } = await app.get(UploadFile, { strict: false }).execute({ ...about, content: createReadStream(file) }, PREFECTURE);
  return (await app.get(AskChorusImport, { strict: false }).execute({ fileId }, PREFECTURE)).id;
}

/** Of this process, in mebibytes: resident now, and the most it ever was. */
function memory(name: 'VmRSS' | 'VmHWM'): number {
  return Math.round(Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) / 1024);
}

async function measure([databaseUrl = '', file = '', dataDir = '']: readonly string[]): Promise<ChorusMeasure> {
  const environment = readEnvironment({ NODE_ENV: 'test', DATABASE_URL: databaseUrl, DATA_DIR: dataDir, TOKEN_SECRET, LOG_LEVEL: 'warn' });
  const app = await createApi(await prepareGround(environment, databaseUrl), false);
  await app.init();
  const preview = app.get(PreviewChorusImport, { strict: false });
  const waiting: string[] = [];
  for (let round = 0; round < 6; round++) waiting.push(await asked(app, file));
  const [first] = waiting;
  const residentMb = memory('VmRSS');
  let growthMb = 0;
  const ours = async () => {
    const operation = waiting.shift() ?? '';
    const took = await seconds(() => preview.execute(operation));
    growthMb ||= Math.max(0, memory('VmHWM') - residentMb);
    return took;
  };
  const [mine = [], theirs = []] = await alternately([ours, () => seconds(() => bare(file))]);
  const [row] = await app
    .get(UnitOfWork)
    .read<{ matched: number }>(
      `SELECT count(*)::int AS matched FROM chorus_rows r JOIN operations o ON o.subject_id = r.import_id WHERE o.id = $1 AND r.status = 'matched'`,
      [first],
    );
  await app.close();
  return { ours: mine, baseline: theirs, matched: row?.matched ?? 0, growthMb, residentMb };
}

process.stdout.write(JSON.stringify(await measure(process.argv.slice(2))));
