import type { Response } from 'supertest';
import type { TestApp } from '../setup/app.js';
import { funderId } from './dossiers.js';
import type { Person } from './people.js';

/** Two approve what is strictly above it; null: one is always enough. Sets it whatever was set before. */
export async function wantTwoAbove(app: TestApp, by: Person, cents: number | null, funder = 'P147-94'): Promise<void> {
  const path = `/v1/approval-rules/${await funderId(app, funder)}`;
  const { body } = await app.http.get(path).set(by.auth).expect(200);
  const { version } = body as { version: number };
  await app.http.put(path).set(by.auth).set('If-Match', `"${version}"`).send({ secondApproverAboveCents: cents }).expect(200);
}

/** Gives a delegate another sector. */
export async function alsoDelegateOf(app: TestApp, person: Person, sector: string): Promise<void> {
  await app.query(
    `INSERT INTO grants (id, user_id, role, scope_kind, scope_code) VALUES (gen_random_uuid(), $1, 'delegate', 'sector', $2)`,
    [person.id, sector],
  );
}

export interface KeptFirstApproval {
  readonly approverId: string;
  readonly amountCents: bigint;
  readonly outcome: string | null;
  readonly secondedBy: string | null;
}

/** The first approvals of a line, the oldest first. */
export function firstApprovalsOf(app: TestApp, lineId: string): Promise<KeptFirstApproval[]> {
  return app.query<KeptFirstApproval>(
    `SELECT approver_id AS "approverId", amount_cents AS "amountCents", outcome, seconded_by AS "secondedBy"
     FROM first_approvals WHERE funding_line_id = $1 ORDER BY id`,
    [lineId],
  );
}

export interface BatchLine {
  readonly lineId: string;
  readonly version: number;
  readonly amountCents: number;
}

export async function approveBatch(app: TestApp, by: Person, lines: readonly BatchLine[], key?: string): Promise<Response> {
  const request = app.http.post('/v1/funding-lines/approve-batch').set(by.auth);
  if (key !== undefined) void request.set('Idempotency-Key', key);
  return request.send({ lines });
}
