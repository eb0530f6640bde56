import { newId } from '../../src/kernel/id.js';
import { anAttestedDossier, anOpenCall, type DossierFixture } from '../builders/dossiers.js';
import { aDelegate, anEnvelope, aPrefecture } from '../builders/funding.js';
import { aPerson, GRANTS, type Person } from '../builders/people.js';
import type { TestApp } from '../setup/app.js';

const STATE = 'P147-94';
const PARTNER = 'CD94';
const BATCH = 200;

/** An attested dossier that asks the State and a partner. */
export interface Item {
  readonly dossierId: string;
  readonly version: number;
  readonly stateLineId: string;
  readonly partnerLineId: string;
}

/** The people who act, and the money they decide on. */
export interface Ground {
  readonly model: DossierFixture;
  readonly requestedCents: number;
  readonly instructor: Person;
  readonly delegate: Person;
  readonly prefecture: Person;
  readonly partner: Person;
  readonly stateEnvelopeId: string;
  readonly partnerEnvelopeId: string;
}

export async function prepareGround(app: TestApp): Promise<Ground> {
  const requestedCents = 500_000;
  const funders = [STATE, PARTNER].map((code) => ({ code, cents: requestedCents }));
  const ceilingCents = 1_000_000_000_000;
  return {
    model: await anAttestedDossier(app, { call: await anOpenCall(app), funders }),
    requestedCents,
    instructor: await aPerson(app, { name: 'Cheffe de projet', grants: [GRANTS.instructorOf('94041')] }),
    delegate: await aDelegate(app),
    prefecture: await aPrefecture(app),
    partner: await aPerson(app, { name: 'Département', grants: [GRANTS.partnerOf(PARTNER)] }),
    stateEnvelopeId: await anEnvelope(app, { funder: STATE, ceilingCents }),
    partnerEnvelopeId: await anEnvelope(app, { funder: PARTNER, ceilingCents }),
  };
}

/** Attested dossiers, as many as asked for: copies of one that was made through the API. */
export class Supply {
  /** Everything given or ready to be. */
  readonly made: Item[] = [];
  private readonly waiting: Item[] = [];
  private making: Promise<void> | undefined;

  constructor(
    private readonly app: TestApp,
    private readonly model: DossierFixture,
  ) {}

  async take(): Promise<Item> {
    for (;;) {
      const item = this.waiting.pop();
      if (item) return item;
      this.making ??= this.make().finally(() => (this.making = undefined));
      await this.making;
    }
  }

  /** Straight to the database, without budgets: submitting looks at the attestation and no longer at what it is about. */
  private async make(): Promise<void> {
    const { query } = this.app;
    const { id, actionId, version, lines } = this.model;
    const [dossierIds, actionIds, ...lineIds] = [id, actionId, ...lines].map(() => Array.from({ length: BATCH }, () => newId()));
    if (!dossierIds || !actionIds) throw new Error('a dossier has one action');
    await query(COPY_DOSSIERS, [id, dossierIds]);
    await query(COPY_PERIMETERS, [id, dossierIds]);
    await query(COPY_ACTIONS, [actionId, actionIds, dossierIds]);
    await query(COPY_TERRITORIES, [actionId, actionIds]);
    for (const [rank, { id: lineId }] of lines.entries()) await query(COPY_LINES, [lineId, lineIds[rank], actionIds, dossierIds]);
    const [stateLines, partnerLines] = lineIds;
    const items = dossierIds.map((dossierId, rank) => ({
      dossierId,
      version,
      stateLineId: stateLines?.[rank] ?? '',
      partnerLineId: partnerLines?.[rank] ?? '',
    }));
    this.made.push(...items);
    this.waiting.push(...items);
  }
}

const COPY_DOSSIERS = `
  INSERT INTO dossiers (id, number, call_id, organisation_id, track_code, title, state, version, created_by, created_at, updated_at,
                        attested_hash, attested_by, attested_at, attestation)
  SELECT n.id, d.number || '-' || n.id, d.call_id, d.organisation_id, d.track_code, d.title, d.state, d.version, d.created_by, d.created_at, d.updated_at,
         d.attested_hash, d.attested_by, d.attested_at, d.attestation
  FROM dossiers d, unnest($2::uuid[]) AS n (id) WHERE d.id = $1`;
const COPY_PERIMETERS = `
  INSERT INTO dossier_perimeters (dossier_id, kind, code)
  SELECT n.id, p.kind, p.code FROM dossier_perimeters p, unnest($2::uuid[]) AS n (id) WHERE p.dossier_id = $1`;
const COPY_ACTIONS = `
  INSERT INTO actions (id, dossier_id, position, title, objectives, description, orientation_code, starts_on, ends_on, content)
  SELECT n.id, n.dossier_id, a.position, a.title, a.objectives, a.description, a.orientation_code, a.starts_on, a.ends_on, a.content
  FROM actions a, unnest($2::uuid[], $3::uuid[]) AS n (id, dossier_id) WHERE a.id = $1`;
const COPY_TERRITORIES = `
  INSERT INTO action_territories (action_id, kind, code, chosen)
  SELECT n.id, t.kind, t.code, t.chosen FROM action_territories t, unnest($2::uuid[]) AS n (id) WHERE t.action_id = $1`;
const COPY_LINES = `
  INSERT INTO funding_lines (id, action_id, dossier_id, call_id, organisation_id, funder_id, scheme, year, requested_cents)
  SELECT n.id, n.action_id, n.dossier_id, l.call_id, l.organisation_id, l.funder_id, l.scheme, l.year, l.requested_cents
  FROM funding_lines l, unnest($2::uuid[], $3::uuid[], $4::uuid[]) AS n (id, action_id, dossier_id) WHERE l.id = $1`;
