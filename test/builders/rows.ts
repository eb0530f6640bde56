import { newId } from '../../src/kernel/id.js';
import type { TestApp } from '../setup/app.js';
import { aPerson } from './people.js';

/** Rows written straight to the database, for tests that are about what follows from a state and not about how one gets there. */
export async function aCallRow(
  app: TestApp,
  over: { title?: string; opensAt?: Date; closesAt?: Date; published?: boolean } = {},
): Promise<string> {
  const id = newId();
  const now = app.clock.now().getTime();
  const { title = 'Appel à projets annuel', opensAt = new Date(now - 86_400_000 * 30), closesAt = new Date(now + 86_400_000 * 30) } = over;
  const author = await aPerson(app);
  await app.query(
    `INSERT INTO calls (id, contract_code, title, year, opens_at, closes_at, published_at, created_by) VALUES ($1, 'GOSB', $2, 2027, $3, $4, $5, $6)`,
    [id, title, opensAt, closesAt, (over.published ?? true) ? opensAt : null, author.id],
  );
  await app.query(`INSERT INTO call_tracks (call_id, code, label) VALUES ($1, 'annual', 'Programmation annuelle')`, [id]);
  return id;
}

export interface DossierRow {
  readonly id: string;
  readonly number: string;
}

export async function aDossierRow(
  app: TestApp,
  of: { callId: string; organisationId: string },
  over: {
    title?: string;
    state?: string;
    submittedBy?: string;
    createdAt?: Date;
    admissibilityReason?: string;
    withdrawalReason?: string;
    communes?: readonly string[];
  } = {},
): Promise<DossierRow> {
  const id = newId();
  const number = `2027-GOSB-${id.slice(-12)}`;
  const now = app.clock.now();
  const { title = 'Un été au port', state = 'draft', submittedBy = null, createdAt = now, communes = [] } = over;
  const author = submittedBy ?? (await aPerson(app)).id;
  const submittedAt = submittedBy === null ? null : now;
  await app.query(
    `INSERT INTO dossiers (id, number, call_id, organisation_id, track_code, title, state, created_by, created_at, updated_at, submitted_at, submitted_by,
                           receipt_number, implicit_rejection_on, attested_hash, attested_by, attested_at, admissibility_reason, withdrawal_reason)
     VALUES ($1, $2, $3, $4, 'annual', $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $11, $10, $15, $16)`,
    [
      id,
      number,
      of.callId,
      of.organisationId,
      title,
      state,
      author,
      createdAt,
      now,
      submittedAt,
      submittedBy,
      submittedAt && `R-${number}`,
      submittedAt && '2027-03-15',
      submittedAt && Buffer.from('00', 'hex'),
      over.admissibilityReason ?? null,
      over.withdrawalReason ?? null,
    ],
  );
  await app.query(
    `INSERT INTO dossier_perimeters (dossier_id, kind, code)
     SELECT DISTINCT $1::uuid, kind, code FROM place_scopes WHERE place_kind = 'commune' AND place_code = ANY ($2::text[])`,
    [id, communes],
  );
  return { id, number };
}

export async function anActionRow(app: TestApp, dossierId: string, position: number, title: string): Promise<string> {
  const id = newId();
  await app.query(
    `INSERT INTO actions (id, dossier_id, position, title, objectives, description, orientation_code, starts_on, ends_on)
     VALUES ($1, $2, $3, $4, 'Objectifs', 'Description', 'O1', '2027-01-01', '2027-12-31')`,
    [id, dossierId, position, title],
  );
  return id;
}

export async function aLineRow(
  app: TestApp,
  actionId: string,
  over: {
    funder: string;
    state?: string;
    requestedCents?: number;
    grantedCents?: number;
    reason?: string;
    announced?: boolean;
    scheme?: string;
  },
): Promise<string> {
  const id = newId();
  await app.query(
    `INSERT INTO funding_lines (id, action_id, dossier_id, call_id, organisation_id, funder_id, scheme, year, requested_cents, state, granted_cents,
                                decision_reason, announced_at)
     SELECT $1, a.id, d.id, d.call_id, d.organisation_id, f.id, $3, 2027, $5, $6, $7, $8, $9
     FROM actions a JOIN dossiers d ON d.id = a.dossier_id JOIN funders f ON f.code = $4
     WHERE a.id = $2`,
    [
      id,
      actionId,
      over.scheme ?? null,
      over.funder,
      over.requestedCents ?? 800_000,
      over.state ?? 'requested',
      over.grantedCents ?? null,
      over.reason ?? null,
      over.announced === true ? app.clock.now() : null,
    ],
  );
  return id;
}

export async function aComplementRow(app: TestApp, dossierId: string, requestedBy: string, answered = false): Promise<string> {
  const id = newId();
  const now = app.clock.now();
  await app.query(
    `INSERT INTO complement_requests (id, dossier_id, reason, items, due_on, requested_by, requested_at, answered_at, answer)
     VALUES ($1, $2, 'Il manque le budget détaillé.', $3, '2027-02-15', $4, $5, $6, $7)`,
    [
      id,
      dossierId,
      JSON.stringify([{ pointer: '/actions/0/budget', text: 'Détaillez le compte 64' }]),
      requestedBy,
      now,
      answered ? now : null,
      answered ? 'Le voici.' : null,
    ],
  );
  return id;
}

/** A one-time token as an act makes it. */
export async function aTokenRow(
  app: TestApp,
  userId: string,
  purpose: string,
  over: { expired?: boolean; used?: boolean } = {},
): Promise<string> {
  const id = newId();
  const now = app.clock.now().getTime();
  await app.query('INSERT INTO one_time_tokens (id, user_id, purpose, created_at, expires_at, used_at) VALUES ($1, $2, $3, $4, $5, $6)', [
    id,
    userId,
    purpose,
    new Date(now - 7_200_000),
    new Date(over.expired === true ? now - 3_600_000 : now + 3_600_000),
    over.used === true ? new Date(now) : null,
  ]);
  return id;
}
