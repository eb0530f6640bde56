import type { TestApp } from '../setup/app.js';
import { aCall, type CallBody, type CallOptions } from './calls.js';
import { anOrganisation } from './organisations.js';
import { aPerson, type Person } from './people.js';

/** An organisation with someone who writes and someone who signs. */
export interface Applicant {
  readonly organisationId: string;
  readonly organisationName: string;
  readonly editor: Person;
  readonly signatory: Person;
}

export interface LineFixture {
  readonly id: string;
  readonly funderId: string;
  readonly funderCode: string;
  readonly year: number;
  readonly requestedCents: number;
}

/** A dossier with one complete action, as it stands after its last act. */
export interface DossierFixture extends Applicant {
  readonly id: string;
  readonly number: string;
  readonly status: string;
  readonly version: number;
  readonly call: CallBody;
  readonly actionId: string;
  readonly year: number;
  /** One a funder asked, in the order given. */
  readonly lines: readonly LineFixture[];
}

export interface DossierOptions {
  readonly call?: CallBody;
  readonly applicant?: Applicant;
  readonly title?: string;
  /** Slugs; Monmousseau (Ivry-sur-Seine) unless said. */
  readonly qpv?: readonly string[];
  /** INSEE codes, for an action outside QPV. */
  readonly communes?: readonly string[];
  /** What is asked of whom; 5 000 € of the State in Val-de-Marne unless said. The rest of the budget follows, in balance. */
  readonly funders?: readonly { readonly code: string; readonly cents: number; readonly scheme?: string }[];
  readonly action?: Readonly<Record<string, unknown>>;
}

/** What a signatory declares, complete. */
export const DECLARATIONS = {
  exactness: true,
  upToDate: true,
  republicanCommitment: true,
  publicAidOver500k: false,
  bankDetailsInItsName: true,
} as const;

/** Published and open now. */
export const anOpenCall = (app: TestApp, options: CallOptions = {}): Promise<CallBody> => aCall(app, options);

export async function anApplicant(app: TestApp, options: { name?: string; inseeCode?: string | null } = {}): Promise<Applicant> {
  const editor = await aPerson(app, { name: 'Éditrice Test' });
  const signatory = await aPerson(app, { name: 'Signataire Test' });
  const members = [{ person: editor }, { person: signatory, roles: ['signatory' as const] }];
  const { id, name } = await anOrganisation(app, { ...options, members });
  return { organisationId: id, organisationName: name, editor, signatory };
}

export async function funderId(app: TestApp, code: string): Promise<string> {
  const [row] = await app.query<{ id: string }>('SELECT id FROM funders WHERE code = $1', [code]);
  if (!row) throw new Error(`no funder ${code}`);
  return row.id;
}

/** An action complete enough to be submitted, in the year of the call. */
export async function actionBody(
  app: TestApp,
  year: number,
  over: Readonly<Record<string, unknown>> = {},
): Promise<Record<string, unknown>> {
  const orientationCode = typeof over['orientationCode'] === 'string' ? over['orientationCode'] : 'O1';
  const [objective] = await app.query<{ code: string }>(
    'SELECT code FROM strategic_objectives WHERE orientation_code = $1 ORDER BY position LIMIT 1',
    [orientationCode],
  );
  return {
    title: 'Ateliers de pratique du français',
    objectives: 'Gagner en autonomie dans les démarches',
    description: 'Deux ateliers par semaine, hors vacances scolaires',
    orientationCode,
    objectiveCodes: objective ? [objective.code] : [],
    crossCuttingTags: ['gender-equality'],
    qpv: ['monmousseau'],
    startsOn: `${year}-01-15`,
    endsOn: `${year}-12-15`,
    multiYear: false,
    beneficiaries: { total: 40, women: 25, men: 15, fromQpv: 30, byAge: { '18-25': 20, '26-64': 20 } },
    indicators: [{ label: 'Personnes formées', type: 'count', baseline: 0, target: 40 }],
    ...over,
  };
}

/** A budget in balance that asks `funders` for so much: a fifth of it comes from sales, under the ceiling of public money. */
export async function budgetBody(app: TestApp, funders: NonNullable<DossierOptions['funders']>): Promise<Record<string, unknown>> {
  const asked = [];
  for (const { code, cents, scheme } of funders) {
    asked.push({ account: '74', amountCents: cents, funderId: await funderId(app, code), ...(scheme === undefined ? {} : { scheme }) });
  }
  const requested = funders.reduce((total, { cents }) => total + cents, 0);
  const sales = Math.max(Math.ceil(requested / 4), 100_000);
  return { charges: [{ account: '60', amountCents: requested + sales }], products: [{ account: '70', amountCents: sales }, ...asked] };
}

/** A draft with one complete action and its budget, written by the editor. */
export async function aDossier(app: TestApp, options: DossierOptions = {}): Promise<DossierFixture> {
  const call = options.call ?? (await anOpenCall(app));
  const applicant = options.applicant ?? (await anApplicant(app));
  const { editor, organisationId } = applicant;
  const { funders = [{ code: 'P147-94', cents: 500_000 }], title = 'Apprendre ensemble' } = options;
  const { year } = call;

  const created = await app.http.post('/v1/dossiers').set(editor.auth).send({ callId: call.id, organisationId, title }).expect(201);
  const { id, number } = created.body as { id: string; number: string };
  const places = options.communes ? { qpv: options.qpv ?? [], communes: options.communes } : { qpv: options.qpv ?? ['monmousseau'] };
  const action = await actionBody(app, year, { ...places, ...options.action });
  const added = await app.http.post(`/v1/dossiers/${id}/actions`).set(editor.auth).send(action).expect(201);
  const { id: actionId } = added.body as { id: string };
  const written = await app.http
    .put(`/v1/actions/${actionId}/budgets/${year}`)
    .set(editor.auth)
    .send(await budgetBody(app, funders))
    .expect(200);
  const budget = written.body as { dossierVersion: number; fundingLines: Omit<LineFixture, 'funderCode'>[] };
  const lines: LineFixture[] = [];
  for (const { code: funderCode } of funders) {
    const askedId = await funderId(app, funderCode);
    lines.push(...budget.fundingLines.filter((line) => line.funderId === askedId).map((line) => ({ ...line, funderCode })));
  }
  return { ...applicant, id, number, status: 'draft', version: budget.dossierVersion, call, actionId, year, lines };
}

/** Attested by its signatory; not submitted yet. */
export async function anAttestedDossier(app: TestApp, options: DossierOptions = {}): Promise<DossierFixture> {
  const dossier = await aDossier(app, options);
  return actOn(app, dossier, 'attest', dossier.signatory, DECLARATIONS);
}

/** Attested and submitted by its signatory. */
export async function aSubmittedDossier(app: TestApp, options: DossierOptions = {}): Promise<DossierFixture> {
  const dossier = await aDossier(app, options);
  return actOn(app, dossier, 'submit', dossier.signatory, DECLARATIONS);
}

/** One act on a dossier, at the version it has; it must succeed. */
export async function actOn(app: TestApp, dossier: DossierFixture, act: string, by: Person, body: object = {}): Promise<DossierFixture> {
  const answer = await app.http
    .post(`/v1/dossiers/${dossier.id}/${act}`)
    .set(by.auth)
    .set('If-Match', `"${dossier.version}"`)
    .send(body)
    .expect(200);
  const { status, version } = answer.body as { status: string; version: number };
  return { ...dossier, status, version };
}
