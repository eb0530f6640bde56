// npm run faults -- [--backend redis|postgres] [--kills N] [--seed S]: one pass on a PostgreSQL of its own, and the line that says how it went.
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import tearDown from '../setup/global-teardown.mjs';
import setUp from '../setup/global-setup.mjs';
import { runPass } from '../../dist/test/faults/pass.js';

const { values } = parseArgs({ options: { backend: { type: 'string' }, kills: { type: 'string' }, seed: { type: 'string' } } });
const { backend = 'postgres', kills = '30', seed = String(Date.now() % 1_000_000) } = values;
if (!['redis', 'postgres'].includes(backend) || !(Number(kills) > 0) || !Number.isInteger(Number(seed))) {
  console.error('npm run faults -- [--backend redis|postgres] [--kills N] [--seed S]');
  process.exit(1);
}

await setUp();
try {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const { figures, verdict, complaints } = await runPass({ backend, kills: Number(kills), seed: Number(seed), root });
  console.log(JSON.stringify(figures));
  for (const sentence of [...verdict.lost, ...verdict.duplicated, ...verdict.halfDone, ...complaints]) console.error(sentence);
  if (figures.lost + figures.duplicated + verdict.halfDone.length + complaints.length > 0) process.exitCode = 1;
} finally {
  await tearDown();
}
