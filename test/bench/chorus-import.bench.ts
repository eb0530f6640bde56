import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type pg from 'pg';
import { aWorkbook, type CellSource } from '../builders/workbooks.js';
import type { ChorusMeasure } from './chorus-import.process.js';
import { CACHE, ROOT } from './ground.js';
import { figure, rounded, type Figure } from './measure.js';
import { nodeArgs } from './serve.js';
import type { Bench, Stage } from './stage.js';

const ROWS = 50_000;
const RATE = 'chorus-import';
const GROWTH = 'chorus-import-growth';
const GROWTH_LIMIT_MB = 200;

const HEADERS = [
  ...['N° EJ', 'N° poste EJ', 'Code taxe 1', 'No TVA 3 (COM-RIDET ou TAHITI)', 'Branche CODE', '', 'Référentiel de programmation CODE', ''],
  ...[
    'N° DP',
    'N° poste DP',
    'Société',
    'Exercice comptable',
    'Fournisseur payé (DP)',
    'Centre financier CODE',
    '',
    'Domaine fonctionnel CODE',
    '',
  ],
  ...['Montant payé', 'Date de dernière opération sur la DP'],
];

interface Line {
  readonly siret: string;
  readonly ej: string;
}

/** Makes every line of programme 147 in Val-de-Marne one that waits to be paid, and gives each its number. */
async function payableLines(hand: pg.Client): Promise<Line[]> {
  const { rows } = await hand.query<Line>(
    `WITH ours AS (
       SELECT l.id, o.siret, (2100000000 + row_number() OVER (ORDER BY l.id))::text AS ej
       FROM funding_lines l JOIN organisations o ON o.id = l.organisation_id JOIN funders f ON f.id = l.funder_id
       JOIN dossiers d ON d.id = l.dossier_id
       WHERE f.code = 'P147-94' AND d.submitted_at IS NOT NULL
     ), made AS (
       UPDATE funding_lines l SET state = 'notified', granted_cents = requested_cents, decided_at = now(), decided_on = current_date,
         announced_at = now(), notified_at = now(), ej_number = ours.ej
       FROM ours WHERE ours.id = l.id RETURNING l.id
     )
     SELECT ours.siret, ours.ej FROM ours JOIN made USING (id) ORDER BY ours.ej`,
  );
  if (rows.length === 0) throw new Error('the data set has no line of programme 147 to pay');
  return rows;
}

/** Three rows out of four name a line that is there; the others name one of elsewhere. */
function extraction(lines: readonly Line[]): Promise<Buffer> {
  const rows: CellSource[][] = Array.from({ length: ROWS }, (_, n) => {
    const { siret, ej } = n % 4 === 0 ? { siret: String(90_000_000_000_000 + n), ej: String(3_100_000_000 + n) } : lines[n % lines.length]!;
    return [
      ...[ej, '10', siret, null, 'A', 'Associations', '014701010101', 'Contrats de ville', String(100_000_000 + n), '1', 'ETAT'],
      ...[{ n: '2027' }, `ASSOCIATION ${siret}`, 'BG00/0147-LAMI-S034', 'DDETS 94', '0147-01-10', 'Actions territorialisées'],
      ...[{ n: `${1 + (n % 90)}.${10 + (n % 90)}` }, { n: '46000' }],
    ];
  });
  return aWorkbook({ sheets: { '1. Extraction': [HEADERS, ...rows] } });
}

async function measure(databaseUrl: string, file: string): Promise<ChorusMeasure> {
  const script = join(ROOT, 'dist', 'test', 'bench', 'chorus-import.process.js');
  const child = spawn(process.execPath, [...nodeArgs(), script, databaseUrl, file, join(CACHE, 'chorus')], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  if (code !== 0) throw new Error('the import could not be measured');
  return JSON.parse(said) as ChorusMeasure;
}

async function imports(stage: Stage, wanted: ReadonlySet<string>): Promise<Figure[]> {
  const lines = await payableLines(await stage.hand());
  const file = join(CACHE, 'extraction.xlsx');
  await mkdir(CACHE, { recursive: true });
  await writeFile(file, await extraction(lines));
  const { ours, baseline, matched, growthMb, residentMb } = await measure(await stage.url(), file);
  if (matched < ROWS / 2) throw new Error(`only ${matched} rows were matched`);
  const note = `preview of ${ROWS} rows, ${matched} of them matched among ${lines.length} lines; baseline: bare unzip and SAX of the same file; at most 2.5`;
  const grown = `memory that the process took to preview ${ROWS} rows, from ${residentMb} MB; baseline: the limit; at most 1`;
  return [
    figure(RATE, 's', note, ours, baseline),
    { bench: GROWTH, ratio: rounded(growthMb / GROWTH_LIMIT_MB), ours: growthMb, baseline: GROWTH_LIMIT_MB, unit: 'MB', note: grown },
  ].filter(({ bench }) => wanted.has(bench));
}

export const chorusImportBench: Bench = { figures: [RATE, GROWTH], run: imports };
