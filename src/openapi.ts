import 'reflect-metadata';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createApi } from './boot.js';
import { readEnvironment } from './config/environment.js';
import { SystemClock } from './kernel/clock.js';
import { createDataSource } from './platform/database/data-source.js';
import { openApiDocument } from './platform/http/openapi.js';
import { createLogger } from './platform/observability/logger.js';

/** The committed document, seen from the compiled file. */
const FILE = fileURLToPath(new URL('../../test/contract/openapi.json', import.meta.url));

/** The document as the code declares it; nothing is connected to. */
async function currentDocument(): Promise<string> {
  const databaseUrl = 'postgres://localhost/nowhere';
  const environment = readEnvironment({ DATABASE_URL: databaseUrl, TOKEN_SECRET: 'only-to-describe-the-operations-of-the-api' });
  const ground = {
    environment,
    databaseUrl,
    source: createDataSource(databaseUrl, 2),
    clock: new SystemClock(),
    logger: createLogger('silent'),
  };
  const app = await createApi(ground, false);
  return `${JSON.stringify(openApiDocument(app), null, 2)}\n`;
}

const current = await currentDocument();
if (process.argv.includes('--check')) {
  if ((await readFile(FILE, 'utf8').catch(() => '')) !== current) {
    console.error('test/contract/openapi.json ne correspond plus au code : lancez npm run openapi, relisez la différence, validez-la.');
    process.exitCode = 1;
  } else console.log('OpenAPI : le fichier correspond au code.');
} else {
  await writeFile(FILE, current);
  console.log(
    `OpenAPI : ${Object.keys((JSON.parse(current) as { paths: object }).paths).length} chemins écrits dans test/contract/openapi.json.`,
  );
}
// The queue's client keeps its reconnection timer; there is nothing to wait for.
process.exit();
