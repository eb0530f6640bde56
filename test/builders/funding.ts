import type { Response } from 'supertest';
import { newId } from '../../src/kernel/id.js';
import type { TestApp } from '../setup/app.js';
import type { CallBody } from './calls.js';
import { aSubmittedDossier, funderId, type Applicant, type DossierFixture } from './dossiers.js';
import { aPerson, GRANTS, type Person } from './people.js';

export { funderId };

/** Gagarine lies in Ivry-sur-Seine (94041, sector NE); Grand Vaux in Savigny-sur-Orge (91589, sector S of Essonne). */
export const QPV_94 = 'gagarine';
export const QPV_91 = 'grand-vaux';

export interface SubmittedLine {
  readonly id: string;
  readonly dossier: DossierFixture;
  readonly callId: string;
  readonly year: number;
  readonly requestedCents: number;
}

export interface LineOptions {
  /** Funder's code; the State in Val-de-Marne unless said. */
  readonly funder?: string;
  readonly requestedCents?: number;
  readonly call?: CallBody;
  readonly applicant?: Applicant;
  readonly qpv?: string;
  /** Whether its commune found the dossier admissible. Default: true. */
  readonly admissible?: boolean;
  /** Whether the signatory was verified on evidence. Default: true. */
  readonly verified?: boolean;
}

/** A line of a submitted dossier, ready to be decided. */
export async function aSubmittedLine(app: TestApp, options: LineOptions = {}): Promise<SubmittedLine> {
  const { funder = 'P147-94', requestedCents = 500_000, qpv = QPV_94, admissible = true, verified = true, ...given } = options;
  const dossier = await aSubmittedDossier(app, { ...given, qpv: [qpv], funders: [{ code: funder, cents: requestedCents }] });
  if (admissible) await app.query(`UPDATE dossiers SET state = 'admissible', admissibility_at = now() WHERE id = $1`, [dossier.id]);
  if (!verified) {
    await app.query(
      'UPDATE memberships SET signatory_verified_at = NULL, signatory_verified_by = NULL, signatory_evidence = NULL WHERE user_id = $1',
      [dossier.signatory.id],
    );
  }
  const [line] = dossier.lines;
  if (!line) throw new Error('the dossier asks nobody');
  return { id: line.id, dossier, callId: dossier.call.id, year: dossier.year, requestedCents };
}

/** The fiscal year of the lines of a call that is open now. */
export const lineYear = (app: TestApp): number => app.clock.now().getUTCFullYear() + 1;

/** As many lines more of the same action and funder, one a scheme. */
export async function moreLines(app: TestApp, like: SubmittedLine, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => newId());
  await app.query(
    `INSERT INTO funding_lines (id, action_id, dossier_id, call_id, organisation_id, funder_id, scheme, year, requested_cents)
     SELECT n.id, l.action_id, l.dossier_id, l.call_id, l.organisation_id, l.funder_id, 'dispositif ' || n.rank, l.year, l.requested_cents
     FROM funding_lines l, unnest($2::uuid[]) WITH ORDINALITY AS n (id, rank) WHERE l.id = $1`,
    [like.id, ids],
  );
  return ids;
}

/** An envelope for the year of the lines, opened by who keeps it. Gives its id. */
export async function anEnvelope(
  app: TestApp,
  options: { funder?: string; ceilingCents?: number; cpCents?: number; programme?: string; by?: Person } = {},
): Promise<string> {
  const { funder = 'P147-94', ceilingCents = 10_000_000, cpCents = ceilingCents, programme = `P147-01 ${newId()}` } = options;
  const by = options.by ?? (await aPerson(app, { grants: [keeperOf(funder)] }));
  const body = {
    funderId: await funderId(app, funder),
    programme,
    year: lineYear(app),
    ceilingAeCents: ceilingCents,
    ceilingCpCents: cpCents,
  };
  const { body: envelope } = await app.http.post('/v1/envelopes').set(by.auth).send(body).expect(201);
  return (envelope as { id: string }).id;
}

const keeperOf = (funder: string) => (funder.startsWith('P147-') ? GRANTS.prefectureOf(funder.slice(5)) : GRANTS.partnerOf(funder));

export const aPrefecture = (app: TestApp, department = '94'): Promise<Person> =>
  aPerson(app, { name: `Préfecture ${department}`, grants: [GRANTS.prefectureOf(department)] });
export const aDelegate = (app: TestApp, sector = 'NE'): Promise<Person> =>
  aPerson(app, { name: `Délégué ${sector}`, grants: [GRANTS.delegateOfSector(sector)] });

/** What the database holds of a line. */
export interface LineRow {
  readonly state: string;
  readonly version: number;
  readonly envelopeId: string | null;
  readonly proposedCents: bigint | null;
  readonly grantedCents: bigint | null;
  readonly reservedCents: bigint;
  readonly committedCents: bigint;
  readonly reason: string | null;
  readonly announcedAt: Date | null;
}

export async function lineRow(app: TestApp, id: string): Promise<LineRow> {
  const [row] = await app.query<LineRow>(
    `SELECT state, version, envelope_id AS "envelopeId", proposed_cents AS "proposedCents", granted_cents AS "grantedCents",
       reserved_cents AS "reservedCents", committed_cents AS "committedCents", decision_reason AS "reason", announced_at AS "announcedAt"
     FROM funding_lines WHERE id = $1`,
    [id],
  );
  if (!row) throw new Error(`no line ${id}`);
  return row;
}

/** One act on a line, at the version it has (or at `version`). */
export async function decide(app: TestApp, by: Person, lineId: string, act: string, body: object, version?: number): Promise<Response> {
  const current = version ?? (await lineRow(app, lineId)).version;
  return app.http.post(`/v1/funding-lines/${lineId}/${act}`).set(by.auth).set('If-Match', `"${current}"`).send(body);
}

/** A line proposed by a delegate (given back too, who may not approve it). */
export async function aProposedLine(
  app: TestApp,
  options: LineOptions & { envelopeId?: string; amountCents?: number } = {},
): Promise<SubmittedLine & { envelopeId: string; proposer: Person }> {
  const line = await aSubmittedLine(app, options);
  const envelopeId = options.envelopeId ?? (await anEnvelope(app));
  const proposer = await aDelegate(app);
  const { status, body } = await decide(app, proposer, line.id, 'propose', { amountCents: options.amountCents ?? 300_000, envelopeId });
  if (status !== 200) throw new Error(`not proposed: ${JSON.stringify(body)}`);
  return { ...line, envelopeId, proposer };
}

export interface Counters {
  readonly ceiling: bigint;
  readonly reserved: bigint;
  readonly committed: bigint;
}

export async function countersOf(app: TestApp, envelopeId: string): Promise<Counters> {
  const [row] = await app.query<Counters>(
    'SELECT ceiling_ae_cents AS ceiling, reserved_cents AS reserved, committed_cents AS committed FROM envelopes WHERE id = $1',
    [envelopeId],
  );
  if (!row) throw new Error(`no envelope ${envelopeId}`);
  return row;
}

/** The ledger of an envelope, as `kind amount`, oldest first. */
export async function ledgerOf(app: TestApp, envelopeId: string): Promise<string[]> {
  const rows = await app.query<{ said: string }>(
    `SELECT kind || ' ' || ae_cents AS said FROM movements WHERE envelope_id = $1 ORDER BY position`,
    [envelopeId],
  );
  return rows.map(({ said }) => said);
}
