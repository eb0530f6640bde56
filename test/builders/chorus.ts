import { ApplyChorusImport } from '../../src/modules/agreements/use-cases/apply-chorus-import.js';
import { PreviewChorusImport } from '../../src/modules/agreements/use-cases/preview-chorus-import.js';
import { ReverseChorusImport } from '../../src/modules/agreements/use-cases/reverse-chorus-import.js';
import type { TestApp } from '../setup/app.js';
import { anUploadedFile, XLSX } from './files.js';
import { aNotifiedLine, type GrantedLine, type GrantOptions } from './payments.js';
import type { Person } from './people.js';
import { aWorkbook, type CellSource, type WorkbookSource } from './workbooks.js';

/** The columns as both layouts head them; a label has no header of its own. */
export const RECENT = [
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
export const OLDER = RECENT.map((header) =>
  header === 'Montant payé' ? 'EUR' : header === 'Fournisseur payé (DP)' ? 'Désignation de la structure' : header,
);

export interface ChorusPayment {
  readonly siret: string;
  readonly ej: string;
  readonly year: number;
  /** As it stands in the cell; a plain text is a text. */
  readonly amount: CellSource;
  readonly paidOn?: CellSource;
  readonly dp?: string;
  readonly dpItem?: string;
  readonly ejItem?: string;
}

let dps = 100_000_000;

export function chorusCells({ siret, ej, year, amount, paidOn, ...numbers }: ChorusPayment): CellSource[] {
  const { dp = String(++dps), dpItem = '1', ejItem = '10' } = numbers;
  return [
    ...[ej, ejItem, siret, null, 'A', 'Associations', '014701010101', 'Contrats de ville'],
    ...[dp, dpItem, 'ETAT', { n: String(year) }, 'ASSOCIATION TEST', 'BG00/0147-LAMI-S034', 'Préfecture', '0147-01-10', 'Actions'],
    ...[amount, paidOn ?? { n: '46388' }],
  ];
}

/** An extraction as Chorus writes it, a title above its headers. */
export const anExtraction = (
  rows: readonly CellSource[][],
  over: Partial<WorkbookSource> & { headers?: readonly string[] } = {},
): Promise<Buffer> => {
  const { headers = RECENT, sheets, ...rest } = over;
  return aWorkbook({ sheets: sheets ?? { Lisez: [['Bonjour']], '1. Extraction': [['Extraction du 1er'], headers, ...rows] }, ...rest });
};

export interface PayableLine extends GrantedLine {
  readonly siret: string;
  readonly ej: string;
}

let ejs = 2_100_000_000;

/** A notified line that has its EJ, with the SIRET of its organisation. */
export async function aLineWithEj(app: TestApp, options: GrantOptions = {}): Promise<PayableLine> {
  const ej = options.ejNumber ?? String(++ejs);
  const line = await aNotifiedLine(app, { ...options, ejNumber: ej, daysAgo: 30 });
  const [organisation] = await app.query<{ siret: string }>('SELECT siret FROM organisations WHERE id = $1', [line.dossier.organisationId]);
  return { ...line, siret: organisation!.siret, ej };
}

export interface ImportBody {
  readonly id: string;
  readonly version: number;
  readonly status: string;
  readonly failure: string | null;
  readonly counts: readonly { readonly status: string; readonly count: number; readonly amountCents: number }[];
}

export interface ChorusRowBody {
  readonly id: string;
  readonly rowNumber: number;
  readonly status: string;
  readonly reason: string | null;
  readonly fundingLineId: string | null;
  readonly suggestedFundingLineIds: string[];
  readonly amountCents: number | null;
  readonly paidOn: string | null;
}

/** Uploads and asks to read. Gives the operation's id and the import's. */
export async function askImport(app: TestApp, by: Person, content: Buffer): Promise<{ operationId: string; importId: string }> {
  const fileId = await anUploadedFile(app, by, { purpose: 'chorus-extraction', name: 'Extraction.xlsx', type: XLSX, content });
  const { body } = await app.http.post('/v1/chorus-imports').set(by.auth).send({ fileId }).expect(202);
  const operationId = (body as { id: string }).id;
  const [row] = await app.query<{ id: string }>('SELECT subject_id AS id FROM operations WHERE id = $1', [operationId]);
  return { operationId, importId: row!.id };
}

export const jobs = (app: TestApp) => ({
  preview: (operationId: string) => app.app.get(PreviewChorusImport, { strict: false }).execute(operationId),
  apply: (operationId: string) => app.app.get(ApplyChorusImport, { strict: false }).execute(operationId),
  reverse: (operationId: string) => app.app.get(ReverseChorusImport, { strict: false }).execute(operationId),
});

export const readImport = async (app: TestApp, by: Person, id: string): Promise<ImportBody> =>
  (await app.http.get(`/v1/chorus-imports/${id}`).set(by.auth).expect(200)).body as ImportBody;

export const rowsOf = async (app: TestApp, by: Person, id: string, status = ''): Promise<ChorusRowBody[]> =>
  (
    (
      await app.http
        .get(`/v1/chorus-imports/${id}/rows?limit=100${status && `&status=${status}`}`)
        .set(by.auth)
        .expect(200)
    ).body as {
      data: ChorusRowBody[];
    }
  ).data;

/** Uploaded and read. */
export async function aPreviewedImport(app: TestApp, by: Person, content: Buffer): Promise<ImportBody> {
  const { operationId, importId } = await askImport(app, by, content);
  await jobs(app).preview(operationId);
  return readImport(app, by, importId);
}

/** Asks `confirm` or `reverse`. Gives the operation's id. */
export async function actOnImport(app: TestApp, by: Person, act: 'confirm' | 'reverse', id: string): Promise<string> {
  const { version } = await readImport(app, by, id);
  const body = act === 'reverse' ? { reason: 'Mauvais fichier' } : {};
  const answer = await app.http.post(`/v1/chorus-imports/${id}/${act}`).set(by.auth).set('If-Match', `"${version}"`).send(body);
  if (answer.status !== 202) throw new Error(`not ${act}ed: ${JSON.stringify(answer.body)}`);
  return (answer.body as { id: string }).id;
}

export async function applied(app: TestApp, by: Person, id: string): Promise<ImportBody> {
  await jobs(app).apply(await actOnImport(app, by, 'confirm', id));
  return readImport(app, by, id);
}

export async function reversed(app: TestApp, by: Person, id: string): Promise<ImportBody> {
  await jobs(app).reverse(await actOnImport(app, by, 'reverse', id));
  return readImport(app, by, id);
}
