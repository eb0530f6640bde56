import { ledgerFaults } from '../../../src/modules/funding/index.js';
import {
  actFaults,
  actsOf,
  anActMaker,
  anAnnouncedLine,
  aNotifiedAct,
  onAct,
  signature,
  today,
  type ActBody,
} from '../../builders/acts.js';
import type { CallBody } from '../../builders/calls.js';
import { anApplicant, anOpenCall } from '../../builders/dossiers.js';
import { anEnvelope, countersOf, ledgerOf, lineRow, type SubmittedLine } from '../../builders/funding.js';
import type { Person } from '../../builders/people.js';
import { auditOf } from '../../builders/traces.js';
import { startApp, type TestApp } from '../../setup/app.js';

let app: TestApp;
let prefecture: Person;
let call: CallBody;
beforeAll(async () => {
  app = await startApp();
  prefecture = await anActMaker(app);
  call = await anOpenCall(app);
});
afterEach(async () => {
  expect(await actFaults(app)).toEqual([]);
  expect(await ledgerFaults(app.query)).toEqual([]);
});
afterAll(() => app.close());

interface Notified {
  readonly line: SubmittedLine;
  readonly act: ActBody;
  readonly envelopeId: string;
}

async function notified(grantedCents = 500_000, requestedCents = 3_000_000, ceilingCents = 100_000_000): Promise<Notified> {
  const envelopeId = await anEnvelope(app, { ceilingCents });
  const line = await anAnnouncedLine(app, { call, grantedCents, requestedCents, envelopeId });
  return { line, envelopeId, act: await aNotifiedAct(app, prefecture, line) };
}
const ask = ({ act, line }: Notified, amountCents: number, reason = 'Un groupe de plus') =>
  onAct(app, prefecture, act.id, 'amendments', { lines: [{ lineId: line.id, amountCents }], reason });
async function amendment(of: Notified, amountCents: number): Promise<ActBody> {
  const { body, status } = await ask(of, amountCents);
  if (status !== 201) throw new Error(JSON.stringify(body));
  return body as ActBody;
}

test('prepared, it changes nothing; signed, it changes the amount and the envelope; notified, it is told', async () => {
  const of = await notified();
  const prepared = await amendment(of, 600_000);
  expect(prepared).toMatchObject({ kind: 'amendment', state: 'prepared', amendsId: of.act.id, amountCents: 600_000, isBilateral: false });
  expect(await lineRow(app, of.line.id)).toMatchObject({ grantedCents: 500_000n, committedCents: 500_000n, state: 'notified' });

  expect((await onAct(app, prefecture, prepared.id, 'sign', signature(app))).status).toBe(200);
  expect(await lineRow(app, of.line.id)).toMatchObject({ grantedCents: 600_000n, committedCents: 600_000n, state: 'notified' });
  expect(await countersOf(app, of.envelopeId)).toMatchObject({ committed: 600_000n });
  expect((await ledgerOf(app, of.envelopeId)).at(-1)).toBe('commit 100000');
  expect((await auditOf(app, of.line.id)).at(-1)).toMatchObject({
    act: 'funding-line.amended',
    after: { grantedCents: '600000', reason: 'Un groupe de plus' },
  });

  expect((await onAct(app, prefecture, prepared.id, 'notify')).body).toMatchObject({ state: 'notified', paymentDueOn: null });
  expect(await app.query(`SELECT 1 FROM outbox WHERE type = 'act.notified.v1' AND payload ->> 'actId' = $1`, [prepared.id])).toHaveLength(
    1,
  );
  expect((await actsOf(app, of.line.dossier.editor, {})).map(({ kind }) => kind)).toEqual(['order', 'amendment']);
});

test('downwards, what is no longer granted goes back to the envelope; again, from what it became', async () => {
  const of = await notified();
  for (const amountCents of [400_000, 450_000]) {
    const prepared = await amendment(of, amountCents);
    expect((await onAct(app, prefecture, prepared.id, 'sign', signature(app))).status).toBe(200);
  }
  expect(await lineRow(app, of.line.id)).toMatchObject({ grantedCents: 450_000n });
  expect((await ledgerOf(app, of.envelopeId)).slice(-2)).toEqual(['decommit 100000', 'commit 50000']);
});

test('an arrêté that it takes above the threshold of the year becomes an agreement, signed by both', async () => {
  const of = await notified(2_000_000);
  const prepared = await amendment(of, 2_300_001);
  expect(prepared).toMatchObject({ isBilateral: true });
  await onAct(app, prefecture, prepared.id, 'sign', signature(app));
  expect((await onAct(app, prefecture, prepared.id, 'notify')).body).toMatchObject({ code: 'BENEFICIARY_SIGNATURE_MISSING' });
  expect((await onAct(app, prefecture, prepared.id, 'notify', { beneficiarySignedOn: today(app) })).status).toBe(200);
  expect((await notified(2_000_000).then((another) => amendment(another, 2_300_000))).isBilateral).toBe(false);
});

test('what the envelope cannot hold is refused at the signature, and nothing is signed', async () => {
  const of = await notified(500_000, 3_000_000, 600_000);
  const prepared = await amendment(of, 700_000);
  expect((await onAct(app, prefecture, prepared.id, 'sign', signature(app))).body).toMatchObject({
    status: 409,
    code: 'ENVELOPE_EXCEEDED',
  });
  expect(await lineRow(app, of.line.id)).toMatchObject({ grantedCents: 500_000n, committedCents: 500_000n });
  expect((await app.http.get(`/v1/acts/${prepared.id}`).set(prefecture.auth)).body).toMatchObject({ state: 'prepared' });
});

test('one at a time; void, it frees its lines', async () => {
  const of = await notified();
  const first = await amendment(of, 600_000);
  expect((await ask(of, 700_000)).body).toMatchObject({ status: 409, code: 'AMENDMENT_PENDING' });
  await onAct(app, prefecture, first.id, 'void', { reason: 'Erreur' });
  expect(await lineRow(app, of.line.id)).toMatchObject({ grantedCents: 500_000n });
  await amendment(of, 700_000);
});

test('two at once on one line: one', async () => {
  const of = await notified();
  const answers = await Promise.all([ask(of, 600_000), ask(of, 700_000), ask(of, 800_000)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
});

test('two signatures of one amendment at once move the envelope once', async () => {
  const of = await notified();
  const prepared = await amendment(of, 600_000);
  const answers = await Promise.all([1, 2].map(() => onAct(app, prefecture, prepared.id, 'sign', signature(app), 1)));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
  expect(await countersOf(app, of.envelopeId)).toMatchObject({ committed: 600_000n });
});

describe('refused', () => {
  let of: Notified;
  beforeAll(async () => {
    of = await notified();
  });

  test.each([
    [3_000_001, 409, 'AMOUNT_ABOVE_REQUEST'],
    [0, 422, 'AMOUNT_NOT_POSITIVE'],
    [500_000, 422, 'NOTHING_AMENDED'],
  ])('to %i cents: %i %s', async (amountCents, status, code) => {
    expect((await ask(of, amountCents)).body).toMatchObject({ status, code });
  });

  test('below what is paid', async () => {
    const paid = await notified();
    await app.query('UPDATE envelopes SET paid_cents = 300000 WHERE id = $1', [paid.envelopeId]);
    await app.query(
      `INSERT INTO movements (id, envelope_id, kind, ae_cents, cp_cents, funding_line_id, actor_id, at)
       SELECT gen_random_uuid(), $1, 'pay', 300000, 300000, $2, $3, now()`,
      [paid.envelopeId, paid.line.id, prefecture.id],
    );
    await app.query(`UPDATE funding_lines SET state = 'partly-paid', paid_cents = 300000 WHERE id = $1`, [paid.line.id]);
    expect((await ask(paid, 299_999)).body).toMatchObject({ status: 409, code: 'AMENDMENT_BELOW_PAID' });
    expect((await ask(paid, 300_000)).status).toBe(201);
  });

  test('on a line of another act', async () => {
    const other = await notified();
    expect((await ask({ ...of, line: other.line }, 600_000)).body).toMatchObject({
      ...{ status: 422, code: 'LINE_NOT_IN_ACT', errors: [{ pointer: '/lines/0/lineId' }] },
    });
  });

  test('on an amendment, or on what is not notified', async () => {
    const amended = await notified();
    const prepared = await amendment(amended, 600_000);
    expect((await ask({ ...amended, act: prepared }, 700_000)).body).toMatchObject({ status: 409, code: 'NOT_AMENDABLE' });
  });
});

describe('the wall in the database', () => {
  test('the amount of a notified line changes by no other way', async () => {
    const of = await notified();
    const set = (cents: number) => app.query('UPDATE funding_lines SET granted_cents = $2 WHERE id = $1', [of.line.id, cents]);
    await expect(set(600_000)).rejects.toThrow(/signed amendment only/);
    await expect(app.query('UPDATE funding_lines SET granted_cents = NULL WHERE id = $1', [of.line.id])).rejects.toThrow(
      /signed amendment only/,
    );
    // An amendment that was applied lets nothing change again.
    const prepared = await amendment(of, 600_000);
    await onAct(app, prefecture, prepared.id, 'sign', signature(app));
    await expect(set(500_000)).rejects.toThrow(/signed amendment only/);
    await expect(set(600_000)).resolves.toBeDefined();
  });

  test('before the notification the decision may still be come back on', async () => {
    const line = await anAnnouncedLine(app, { call, applicant: await anApplicant(app), envelopeId: null });
    await expect(app.query('UPDATE funding_lines SET granted_cents = 1 WHERE id = $1', [line.id])).resolves.toBeDefined();
  });
});
