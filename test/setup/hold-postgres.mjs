// Runs the embedded PostgreSQL in a process that a test can kill: node hold-postgres.mjs <compiled embedded-postgres.js> <data folder>
import { pathToFileURL } from 'node:url';

const [, , compiled, dataDir] = process.argv;
const { startEmbeddedPostgres } = await import(pathToFileURL(compiled).href);
const say = (what) => process.stdout.write(`${JSON.stringify(what)}\n`);

try {
  const server = await startEmbeddedPostgres({ dataDir });
  const running = setInterval(() => undefined, 60_000);
  process.once('SIGTERM', () => void server.stop().then(() => clearInterval(running)));
  say({ url: server.url });
} catch (error) {
  say({ refused: error.message });
  process.exitCode = 1;
}
