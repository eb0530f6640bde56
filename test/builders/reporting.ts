import type { Response } from 'supertest';
import { newId } from '../../src/kernel/id.js';
import { AccessTokens } from '../../src/platform/auth/access-tokens.js';
import type { TestApp } from '../setup/app.js';
import { aSubmittedDossier, type DossierFixture, type DossierOptions } from './dossiers.js';
import { anEnvelope } from './funding.js';
import type { Person } from './people.js';

export interface GrantOptions extends DossierOptions {
  /** Of every line. Default: notified. */
  readonly state?: string;
  /** Of every line; what it asked, unless said. */
  readonly grantedCents?: number;
  readonly paidCents?: number;
  /** Code of the funders that keep an envelope here; P147-94 unless said. */
  readonly enveloped?: readonly string[];
}

export interface GrantedAction extends DossierFixture {
  /** By code of the funder. */
  readonly line: Readonly<Record<string, string>>;
  readonly envelopes: Readonly<Record<string, string>>;
}

/** An action whose lines are granted, told and further, put straight into their state: acts and payments are another part's. */
export async function aGrantedAction(app: TestApp, options: GrantOptions = {}): Promise<GrantedAction> {
  const { state = 'notified', grantedCents, paidCents = 0, enveloped = ['P147-94'], ...asked } = options;
  const dossier = await aSubmittedDossier(app, { qpv: ['gagarine'], ...asked });
  await app.query(`UPDATE dossiers SET state = 'admissible', admissibility_at = now() WHERE id = $1`, [dossier.id]);
  const envelopes: Record<string, string> = {};
  for (const { id, funderCode, requestedCents } of dossier.lines) {
    const granted = grantedCents ?? requestedCents;
    const envelopeId = enveloped.includes(funderCode) ? await anEnvelope(app, { funder: funderCode }) : null;
    if (envelopeId !== null) envelopes[funderCode] = envelopeId;
    await putInState(app, id, { state, grantedCents: granted, paidCents, envelopeId, by: dossier.signatory.id });
  }
  return { ...dossier, line: Object.fromEntries(dossier.lines.map(({ id, funderCode }) => [funderCode, id])), envelopes };
}

/** A line in that state, with the movements that explain what it holds. */
export async function putInState(
  app: TestApp,
  lineId: string,
  to: { state: string; grantedCents: number; paidCents?: number; envelopeId?: string | null; by: string },
): Promise<void> {
  const { state, grantedCents, paidCents = 0, envelopeId = null, by } = to;
  const told = ['announced', 'act-generated', 'signed'].includes(state) ? null : app.clock.now();
  if (envelopeId !== null) {
    await app.query('UPDATE envelopes SET committed_cents = committed_cents + $2, paid_cents = paid_cents + $3 WHERE id = $1', [
      envelopeId,
      grantedCents,
      paidCents,
    ]);
    await app.query(
      `INSERT INTO movements (id, envelope_id, kind, ae_cents, cp_cents, funding_line_id, actor_id, at)
       SELECT m.id, $1, m.kind, m.amount, m.amount, $2, $3, $4 FROM unnest($5::uuid[], $6::text[], $7::bigint[]) AS m (id, kind, amount) WHERE m.amount > 0`,
      [envelopeId, lineId, by, app.clock.now(), [newId(), newId()], ['commit', 'pay'], [grantedCents, paidCents]],
    );
  }
  await app.query(
    `UPDATE funding_lines SET state = $2, granted_cents = $3::bigint, committed_cents = CASE WHEN $4::uuid IS NULL THEN 0 ELSE $3::bigint END, envelope_id = $4, paid_cents = $5,
       proposed_by = (SELECT created_by FROM envelopes WHERE id = $4), decided_by = $6, decided_at = $7, announced_at = $7, notified_at = $8, version = version + 1 WHERE id = $1`,
    [lineId, state, grantedCents, envelopeId, paidCents, by, app.clock.now(), told],
  );
}

export interface ReportRowBody {
  readonly account: string;
  readonly label: string | null;
  readonly funderId: string | null;
  readonly planned: boolean;
  readonly plannedCents: number;
  readonly realisedCents: number | null;
  readonly gapCents: number | null;
  readonly gapBasisPoints: number | null;
  readonly toExplain: boolean;
}

export interface ReportBody {
  readonly id: string;
  readonly actionId: string;
  readonly year: number;
  readonly kind: string;
  readonly status: string;
  readonly version: number;
  readonly charges: readonly ReportRowBody[];
  readonly products: readonly ReportRowBody[];
  readonly violations: readonly { readonly code: string; readonly pointer: string; readonly detail: string }[];
  readonly fundingLines: readonly {
    readonly id: string;
    readonly version: number;
    readonly status: string;
    readonly review: { readonly decision: string; readonly reason: string | null } | null;
    readonly proposal: { readonly earnedCents: number; readonly unspentCents: number; readonly repaymentCents: number } | null;
  }[];
  readonly attestedHash: string | null;
}

/** Started by the editor. */
export async function aReport(
  app: TestApp,
  action: GrantedAction,
  kind: 'final' | 'interim' = 'final',
  year = action.year,
): Promise<ReportBody> {
  const { body } = await app.http.post(`/v1/actions/${action.actionId}/reports`).set(action.editor.auth).send({ year, kind }).expect(201);
  return body as ReportBody;
}

/** All that a report needs besides its rows. */
export const QUALITATIVE = {
  carriedOut: 'Deux ateliers par semaine, de janvier à décembre',
  objectivesMet: 'Trente-huit personnes sur quarante visées',
  places: ['Centre social Gagarine'],
  startedOn: '2027-01-20',
  endedOn: '2027-12-10',
  beneficiaries: { total: 38, women: 24, men: 14, fromQpv: 30, byAge: { '18-25': 18, '26-64': 20 }, byQpv: { gagarine: 30 } },
  indicators: [{ label: 'Personnes formées', realised: 38 }],
} as const;

/** One write on a report, at its version. */
export async function write(app: TestApp, by: Person, report: ReportBody, change: object, version = report.version): Promise<Response> {
  return app.http.patch(`/v1/reports/${report.id}`).set(by.auth).set('If-Match', `"${version}"`).send(change);
}

export async function writeFinancial(
  app: TestApp,
  by: Person,
  report: ReportBody,
  rows: object,
  version = report.version,
): Promise<Response> {
  return app.http.put(`/v1/reports/${report.id}/financial`).set(by.auth).set('If-Match', `"${version}"`).send(rows);
}

export async function actOnReport(
  app: TestApp,
  by: Person,
  report: ReportBody,
  act: string,
  body: object,
  version = report.version,
): Promise<Response> {
  return app.http.post(`/v1/reports/${report.id}/${act}`).set(by.auth).set('If-Match', `"${version}"`).send(body);
}

const passed = ({ status, body }: Response): ReportBody => {
  if (status !== 200) throw new Error(`refused: ${JSON.stringify(body)}`);
  return body as ReportBody;
};

/** Complete: every planned row realised to `percent` of it, explained. */
export async function aCompleteReport(
  app: TestApp,
  action: GrantedAction,
  options: { kind?: 'final' | 'interim'; percent?: number; year?: number } = {},
): Promise<ReportBody> {
  const { kind = 'final', percent = 100, year = action.year } = options;
  const started = await aReport(app, action, kind, year);
  const written = passed(await write(app, action.editor, started, QUALITATIVE));
  const realise = ({ account, label, funderId, plannedCents }: ReportRowBody) => ({
    ...{ account, label },
    ...(funderId === null ? {} : { funderId }),
    realisedCents: (plannedCents * percent) / 100,
    explanation: percent === 100 ? null : 'Moins de séances que prévu',
  });
  return passed(
    await writeFinancial(app, action.editor, written, { charges: written.charges.map(realise), products: written.products.map(realise) }),
  );
}

export async function aSubmittedReport(
  app: TestApp,
  action: GrantedAction,
  options: { kind?: 'final' | 'interim'; percent?: number; year?: number } = {},
): Promise<ReportBody> {
  const report = await aCompleteReport(app, action, options);
  return passed(await actOnReport(app, action.signatory, report, 'submit', { exactness: true }));
}

/** One funder's review; it must pass. */
export async function review(
  app: TestApp,
  by: Person,
  report: ReportBody,
  fundingLineId: string,
  decision = 'accept',
  reason?: string,
): Promise<ReportBody> {
  return passed(await actOnReport(app, by, report, 'reviews', { fundingLineId, decision, ...(reason === undefined ? {} : { reason }) }));
}

/** Stops the clock at a later instant, and signs these people in again: their access tokens are long past. */
export async function later(app: TestApp, instant: string, ...people: readonly Person[]): Promise<void> {
  app.clock.freeze(instant);
  for (const { id, auth } of people) {
    const [session] = await app.query<{ id: string }>('SELECT id FROM sessions WHERE user_id = $1', [id]);
    const token = await app.app.get(AccessTokens).issue({ userId: id, sessionId: session?.id ?? '' }, app.clock.now());
    auth.Authorization = `Bearer ${token}`;
  }
}
