import type { Response } from 'supertest';
import { parisDay } from '../../src/kernel/paris-day.js';
import { ledgerFaults } from '../../src/modules/funding/index.js';
import { PAYMENT_INVARIANTS } from '../../src/modules/agreements/index.js';
import type { TestApp } from '../setup/app.js';
import { anEnvelope, aPrefecture, aProposedLine, decide, lineRow, type LineOptions, type SubmittedLine } from './funding.js';
import type { Person } from './people.js';

export interface GrantedLine extends SubmittedLine {
  readonly envelopeId: string;
  readonly prefecture: Person;
  readonly grantedCents: number;
}

export interface GrantOptions extends LineOptions {
  readonly amountCents?: number;
  readonly envelopeId?: string;
  readonly ejNumber?: string;
  readonly prefecture?: Person;
}

/** A line of programme 147 that the prefecture approved: 3 000 € unless said. */
export async function anApprovedLine(app: TestApp, options: GrantOptions = {}): Promise<GrantedLine> {
  const { amountCents = 300_000 } = options;
  const prefecture = options.prefecture ?? (await aPrefecture(app));
  const envelopeId = options.envelopeId ?? (await anEnvelope(app));
  const line = await aProposedLine(app, { ...options, amountCents, envelopeId });
  const answer = await decide(app, prefecture, line.id, 'approve', { amountCents });
  if (answer.status !== 200) throw new Error(`not approved: ${JSON.stringify(answer.body)}`);
  return { ...line, envelopeId, prefecture, grantedCents: amountCents };
}

/** The same, its act signed and received `daysAgo` days ago: what the module of acts leaves, written straight to the database. */
export async function aNotifiedLine(app: TestApp, options: GrantOptions & { daysAgo?: number } = {}): Promise<GrantedLine> {
  const line = await anApprovedLine(app, options);
  const { daysAgo = 0, ejNumber = null } = options;
  const notifiedAt = new Date(app.clock.now().getTime() - daysAgo * 86_400_000);
  await app.query(
    `UPDATE funding_lines SET state = 'notified', announced_at = $2, notified_at = $2, ej_number = $3, version = version + 1,
       decided_at = least(decided_at, $2), decided_on = least(decided_on, $2::date) WHERE id = $1`,
    [line.id, notifiedAt, ejNumber],
  );
  return line;
}

export interface PaidRow {
  readonly state: string;
  readonly version: number;
  readonly paidCents: bigint;
  readonly ejNumber: string | null;
}

export async function paidRow(app: TestApp, lineId: string): Promise<PaidRow> {
  const [row] = await app.query<PaidRow>(
    'SELECT state, version, paid_cents AS "paidCents", ej_number AS "ejNumber" FROM funding_lines WHERE id = $1',
    [lineId],
  );
  if (!row) throw new Error(`no line ${lineId}`);
  return row;
}

export const confirmPayment = (app: TestApp, by: Person, lineId: string, body: object, key?: string): Promise<Response> => {
  const request = app.http.post(`/v1/funding-lines/${lineId}/payments`).set(by.auth);
  if (key !== undefined) void request.set('Idempotency-Key', key);
  return request.send(body).then((answer) => answer);
};

/** A request that must succeed. */
export async function requestPayment(app: TestApp, by: Person, lineId: string, amountCents: number): Promise<{ readonly id: string }> {
  const { status, body } = await app.http.post(`/v1/funding-lines/${lineId}/payment-requests`).set(by.auth).send({ amountCents });
  if (status !== 201) throw new Error(`not requested: ${JSON.stringify(body)}`);
  return body as { id: string };
}

export async function cancelRequest(
  app: TestApp,
  by: Person,
  requestId: string,
  version: number,
  reason = 'Demandé deux fois',
): Promise<Response> {
  return app.http.post(`/v1/payment-requests/${requestId}/cancel`).set(by.auth).set('If-Match', `"${version}"`).send({ reason });
}

export async function reversePayment(
  app: TestApp,
  by: Person,
  paymentId: string,
  version: number,
  reason = 'Saisi deux fois',
): Promise<Response> {
  return app.http.post(`/v1/payments/${paymentId}/reverse`).set(by.auth).set('If-Match', `"${version}"`).send({ reason });
}

/** Today in Paris, as the API reads it: at 23:30 in London it is tomorrow. */
export const today = (app: TestApp): string => parisDay(app.clock.now());

/** What the ledger and the payments do not explain; nothing, at any instant. */
export async function moneyFaults(app: TestApp): Promise<unknown[]> {
  const faults: unknown[] = await ledgerFaults(app.query);
  for (const search of PAYMENT_INVARIANTS) faults.push(...(await app.query(search.faults)).map((row) => ({ name: search.name, ...row })));
  return faults;
}

export { lineRow };
