import { actsPdfBench } from './acts-pdf.bench.js';
import { approvalsBench } from './approvals.bench.js';
import { chorusImportBench } from './chorus-import.bench.js';
import { committeeBench } from './committee.bench.js';
import { takeCpuGroup } from './cpu-group.js';
import { Ground } from './ground.js';
import { hotEnvelopesBench } from './hot-envelopes.bench.js';
import { outboxCostBench } from './outbox-cost.bench.js';
import { bootBench, memoryBench } from './process.bench.js';
import { relayBench } from './relay.bench.js';
import { resultsMailBench } from './results-mail.bench.js';
import { Stage, type Bench } from './stage.js';
import { submitBench } from './submit.bench.js';
import { tableBench } from './table.bench.js';

/** In the order they run: memory after all that loads the API. */
const BENCHES: readonly Bench[] = [
  ...[tableBench, submitBench, approvalsBench, hotEnvelopesBench],
  ...[committeeBench, actsPdfBench],
  ...[outboxCostBench, relayBench, resultsMailBench],
  ...[memoryBench, bootBench, chorusImportBench],
];
const known = BENCHES.flatMap(({ figures }) => figures);

async function main(names: readonly string[]): Promise<void> {
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Error(`no such bench: ${unknown.join(', ')}; there are ${known.join(', ')}`);
  const wanted = new Set(names.length > 0 ? names : known);
  using _group = takeCpuGroup();
  await using ground = await Ground.start();
  await using stage = new Stage(ground);
  for (const bench of BENCHES) {
    if (!bench.figures.some((name) => wanted.has(name))) continue;
    for (const figure of await bench.run(stage, wanted)) console.log(JSON.stringify(figure));
  }
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(error);
  process.exitCode = 1;
}
