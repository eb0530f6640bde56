import type { Environment } from './config/environment.js';
import { createApi, prepareGround, starting } from './boot.js';
import { clearUnfinishedDemo, loadDemo, type Demo } from './demo/demo.js';
import { openInstallation } from './installation.js';
import { loadReference } from './modules/territory/index.js';
import { runMigrations } from './platform/database/migrate.js';
import { serveDocs } from './platform/http/openapi.js';
import { serveQueueBoard } from './platform/queue-board/queue-board.js';

/** `npm start`: the API on real services when they are named, else on its own PostgreSQL, queue and mail box, with the demo year. */
export function startApi(environment: Environment): Promise<void> {
  return starting(environment, async (shutdown, logger) => {
    const installation = await openInstallation(environment, (line) => logger.debug(line));
    shutdown.add(() => installation.stop());
    const { databaseUrl } = installation;
    if (environment.embedded) await clearUnfinishedDemo(databaseUrl);
    await runMigrations(databaseUrl);
    await loadReference(databaseUrl);
    const app = await createApi(await prepareGround(environment, databaseUrl), environment.embedded);
    shutdown.add(() => app.close());
    serveDocs(app);
    serveQueueBoard(app, logger);
    await app.init();
    const demo = environment.embedded ? await loadDemo(app, environment) : null;
    await app.listen({ port: environment.port, host: environment.host });
    say(environment, await app.getUrl(), demo);
  });
}

function say(environment: Environment, url: string, demo: Demo | null): void {
  print(`Bièvre écoute sur ${url}`);
  print(`  API : ${url}/docs   contrat : ${url}/openapi.json   santé : ${url}/health/ready`);
  if (environment.embedded && environment.smtpUrl === undefined) print(`  courriels : ${url}/dev/mailbox`);
  if (!demo) return;
  print(`  comptes de démonstration, mot de passe « ${demo.password} » :`);
  for (const account of demo.accounts) print(`    ${account}`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
