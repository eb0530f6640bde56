import { readEnvironment } from './config/environment.js';
import { withDatabase } from './installation.js';
import { revertMigration, runMigrations, showMigrations } from './platform/database/migrate.js';

const ACTS: Readonly<Record<string, (url: string) => Promise<string>>> = {
  run: async (url) => {
    const applied = await runMigrations(url);
    return applied.length === 0 ? 'Rien à appliquer.' : `Appliqué : ${applied.join(', ')}`;
  },
  revert: async (url) => {
    await revertMigration(url);
    return 'La dernière migration est défaite.';
  },
  show: async (url) => (await showMigrations(url)).map(({ name, applied }) => `[${applied ? 'x' : ' '}] ${name}`).join('\n'),
};

const act = ACTS[process.argv[2] ?? ''];
if (act === undefined) {
  console.error('Usage : migrate run | revert | show');
  process.exitCode = 2;
} else {
  console.log(await withDatabase(readEnvironment(), act));
}
