import { aPrefecture, ledgerOf } from '../../builders/funding.js';
import {
  aNotifiedLine,
  cancelRequest,
  confirmPayment,
  moneyFaults,
  paidRow,
  requestPayment,
  reversePayment,
  today,
  type GrantedLine,
} from '../../builders/payments.js';
import type { Person } from '../../builders/people.js';
import { auditOf } from '../../builders/traces.js';
import { startApp, type TestApp } from '../../setup/app.js';

let app: TestApp;
let prefecture: Person;
let line: GrantedLine;
beforeAll(async () => {
  app = await startApp();
  prefecture = await aPrefecture(app);
});
beforeEach(async () => {
  line = await aNotifiedLine(app, { prefecture });
});
afterAll(async () => {
  expect(await moneyFaults(app)).toEqual([]);
  await app.close();
});

const ask = (amountCents: number) => requestPayment(app, prefecture, line.id, amountCents).then(({ id }) => id);
const versionOf = async () => (await paidRow(app, line.id)).version;
const cancel = async (id: string, reason?: string) => cancelRequest(app, prefecture, id, await versionOf(), reason);
const paid = (amountCents: number) =>
  confirmPayment(app, prefecture, line.id, { amountCents, paidOn: today(app), reference: 'DP 1' }).then(
    ({ body }) => body as { id: string; version: number },
  );
const codeOf = async (answer: Promise<{ status: number; body: { code?: string } }>) => {
  const { status, body } = await answer;
  return [status, body.code];
};
const stored = async (id: string) =>
  (
    await app.query<{ by: string; reason: string }>(
      'SELECT cancelled_by AS by, cancellation_reason AS reason FROM payment_requests WHERE id = $1',
      [id],
    )
  )[0];

test('cancelled with a reason: what it asked for may be asked for again, and no money moves', async () => {
  const id = await ask(300_000);
  const ledger = await ledgerOf(app, line.envelopeId);
  const answer = await cancel(id, 'Coordonnées bancaires erronées');
  const version = await versionOf();
  expect([answer.status, answer.headers['etag']]).toEqual([200, `"${version}"`]);
  expect(answer.body).toMatchObject({ id, amountCents: 300_000, cancellationReason: 'Coordonnées bancaires erronées', version });
  expect(await stored(id)).toEqual({ by: prefecture.id, reason: 'Coordonnées bancaires erronées' });
  expect(await ledgerOf(app, line.envelopeId)).toEqual(ledger);
  expect(await paidRow(app, line.id)).toMatchObject({ state: 'notified', paidCents: 0n });
  expect((await auditOf(app, line.id)).at(-1)).toMatchObject({
    ...{ act: 'funding-line.payment-request-cancelled', actorId: prefecture.id },
    after: { version, reason: 'Coordonnées bancaires erronées', request: { id, amountCents: '300000' } },
  });
  const again = await ask(300_000);
  const { body } = await app.http.get(`/v1/funding-lines/${line.id}/payments`).set(prefecture.auth).expect(200);
  expect((body as { requests: object[] }).requests).toMatchObject([
    { id, cancelledAt: expect.any(String) as string },
    { id: again, cancelledAt: null, cancellationReason: null },
  ]);
  const history = await app.http.get(`/v1/funding-lines/${line.id}/history?limit=100`).set(prefecture.auth).expect(200);
  expect((history.body as { data: object[] }).data).toContainEqual(
    expect.objectContaining({ label: 'Demande de versement annulée', reason: 'Coordonnées bancaires erronées' }),
  );
});

test('only before it is paid: payments settle the oldest request first', async () => {
  const [first, second] = [await ask(100_000), await ask(150_000)];
  await paid(100_000);
  expect(await codeOf(cancel(first))).toEqual([409, 'PAYMENT_REQUEST_PAID']);
  await paid(1);
  expect(await codeOf(cancel(second))).toEqual([409, 'PAYMENT_REQUEST_PAID']);
  expect(await stored(second)).toEqual({ by: null, reason: null });
});

test('a payment that was a mistake frees the request again', async () => {
  const id = await ask(100_000);
  const payment = await paid(100_000);
  expect(await codeOf(cancel(id))).toEqual([409, 'PAYMENT_REQUEST_PAID']);
  await reversePayment(app, prefecture, payment.id, payment.version);
  expect((await cancel(id)).status).toBe(200);
});

test('once, on the version that was read, with a reason, and in a state of the line where it means something', async () => {
  const id = await ask(100_000);
  expect(await codeOf(cancelRequest(app, prefecture, id, (await versionOf()) - 1))).toEqual([412, 'STALE_VERSION']);
  expect(await codeOf(cancel(id, ' '))).toEqual([400, 'VALIDATION_FAILED']);
  const bare = app.http.post(`/v1/payment-requests/${id}/cancel`).set(prefecture.auth).send({ reason: 'R' });
  expect((await bare).status).toBe(428);
  await app.query(`UPDATE funding_lines SET state = 'repayment-due' WHERE id = $1`, [line.id]);
  expect(await codeOf(cancel(id))).toEqual([409, 'ACT_NOT_ALLOWED']);
  await app.query(`UPDATE funding_lines SET state = 'notified' WHERE id = $1`, [line.id]);
  expect((await cancel(id)).status).toBe(200);
  expect(await codeOf(cancel(id))).toEqual([409, 'PAYMENT_REQUEST_CANCELLED']);
});

test('against a payment or another cancellation at once: one of them', async () => {
  const id = await ask(300_000);
  const version = await versionOf();
  const both = await Promise.all([1, 2, 3].map(() => cancelRequest(app, prefecture, id, version)));
  expect(both.map(({ status }) => status).toSorted()).toEqual([200, 412, 412]);
  const other = await ask(300_000);
  const [cancelled] = await Promise.all([cancelRequest(app, prefecture, other, await versionOf()), paid(300_000)]);
  const row = await stored(other);
  // Cancelled first, or paid first: never paid, then cancelled.
  expect([cancelled.status === 200, row?.by === prefecture.id]).toEqual(cancelled.status === 200 ? [true, true] : [false, false]);
  expect([200, 409, 412]).toContain(cancelled.status);
  expect((await paidRow(app, line.id)).paidCents).toBe(300_000n);
});

test('kept as it was asked, by the database too', async () => {
  const id = await ask(100_000);
  await expect(app.query('UPDATE payment_requests SET amount_cents = 1 WHERE id = $1', [id])).rejects.toThrow(/append-only/);
  await expect(app.query('DELETE FROM payment_requests WHERE id = $1', [id])).rejects.toThrow(/append-only/);
  await expect(app.query('UPDATE payment_requests SET cancelled_at = now() WHERE id = $1', [id])).rejects.toThrow(
    /payment_requests_cancelled/,
  );
});

test('by who pays for the funder; whoever does not see the line knows of no request', async () => {
  const id = await ask(100_000);
  const version = await versionOf();
  expect(await codeOf(cancelRequest(app, line.dossier.editor, id, version))).toEqual([404, 'NOT_FOUND']);
  expect(await codeOf(cancelRequest(app, await aPrefecture(app, '91'), id, version))).toEqual([404, 'NOT_FOUND']);
  expect(await codeOf(cancelRequest(app, prefecture, '018f0000-0000-7000-8000-000000000003', version))).toEqual([404, 'NOT_FOUND']);
});
