import { plusDays } from '../../../src/kernel/day.js';
import { aPrefecture, aSubmittedLine, countersOf, decide, ledgerOf } from '../../builders/funding.js';
import {
  aNotifiedLine,
  anApprovedLine,
  confirmPayment,
  type GrantedLine,
  moneyFaults,
  paidRow,
  reversePayment,
  today,
} from '../../builders/payments.js';
import { aPerson, GRANTS, type Person } from '../../builders/people.js';
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

interface Progress {
  readonly version: number | null;
  readonly payments: { readonly id: string }[];
  readonly [name: string]: unknown;
}
const progress = async (by: Person = prefecture, id = line.id): Promise<Progress> =>
  (await app.http.get(`/v1/funding-lines/${id}/payments`).set(by.auth).expect(200)).body as Progress;
const paying = (amountCents: number, over: object = {}) => ({ amountCents, paidOn: today(app), reference: 'DP 100234567', ...over });
const paid = async (amountCents: number, by: Person = prefecture) => confirmPayment(app, by, line.id, paying(amountCents));
const codeOf = async (answer: Promise<{ status: number; body: { code?: string } }>) => {
  const { status, body } = await answer;
  return [status, body.code];
};
const act = async (path: string, body: object, by: Person = prefecture, id = line.id) =>
  app.http
    .post(`/v1/funding-lines/${id}/${path}`)
    .set(by.auth)
    .set('If-Match', `"${(await paidRow(app, id)).version}"`)
    .send(body);
const plan = async (installments: object[], by: Person = prefecture, id = line.id) =>
  app.http
    .put(`/v1/funding-lines/${id}/payment-schedule`)
    .set(by.auth)
    .set('If-Match', `"${(await paidRow(app, id)).version}"`)
    .send({ installments });

describe('the commitment number', () => {
  test('is entered from the approval on, corrected, and traced', async () => {
    const approved = await anApprovedLine(app, { prefecture });
    const answer = await act('ej-number', { ejNumber: '2103456789' }, prefecture, approved.id);
    expect([answer.status, answer.body]).toEqual([200, { id: approved.id, version: 4, ejNumber: '2103456789' }]);
    expect(answer.headers['etag']).toBe('"4"');
    expect((await act('ej-number', { ejNumber: '210345678A' }, prefecture, approved.id)).status).toBe(200);
    expect(await paidRow(app, approved.id)).toMatchObject({ state: 'approved', ejNumber: '210345678A', version: 5 });
    expect((await auditOf(app, approved.id)).at(-1)).toMatchObject({
      act: 'funding-line.ej-number-set',
      before: { ejNumber: '2103456789' },
      after: { ejNumber: '210345678A' },
    });
  });

  test.each(['210345678', '21034567890', '21034567a9', '2103-56789'])('is not %s', async (ejNumber) => {
    expect(await codeOf(act('ej-number', { ejNumber }))).toEqual([400, 'VALIDATION_FAILED']);
  });

  test('nor entered before the approval, or on another version', async () => {
    await app.query(`UPDATE funding_lines SET state = 'cancelled' WHERE id = $1`, [line.id]);
    expect(await codeOf(act('ej-number', { ejNumber: '2103456789' }))).toEqual([409, 'ACT_NOT_ALLOWED']);
    await app.query(`UPDATE funding_lines SET state = 'notified' WHERE id = $1`, [line.id]);
    const stale = app.http.post(`/v1/funding-lines/${line.id}/ej-number`).set(prefecture.auth).send({ ejNumber: '2103456789' });
    expect((await stale.set('If-Match', '"1"')).body).toMatchObject({ code: 'STALE_VERSION' });
  });
});

describe('the schedule', () => {
  const advance = { label: 'Avance', amountCents: 200_000, dueOn: '2027-06-01', condition: 'signature' };
  const balance = { label: 'Solde', amountCents: 100_000, dueOn: '2027-12-01' };

  test('is one payment, 60 days after the notification, as long as nobody planned another', async () => {
    const answer = await progress();
    const dueOn = plusDays(today(app), 60);
    expect(answer).toMatchObject({ status: 'notified', grantedCents: 300_000, paidCents: 0, leftCents: 300_000, dueOn, isLate: false });
    expect(answer['installments']).toEqual([{ id: null, label: 'Versement unique', amountCents: 300_000, dueOn, condition: 'date' }]);
  });

  test('is late the day after the 60th, and no longer once paid', async () => {
    const { clock } = app;
    const start = clock.now();
    clock.set(new Date(start.getTime() + 60 * 86_400_000));
    const renewed = await aPrefecture(app);
    expect(await progress(renewed)).toMatchObject({ isLate: false });
    clock.set(new Date(start.getTime() + 61 * 86_400_000));
    const later = await aPrefecture(app);
    expect(await progress(later)).toMatchObject({ isLate: true });
    await confirmPayment(app, later, line.id, paying(300_000));
    expect(await progress(later)).toMatchObject({ isLate: false, dueOn: null, leftCents: 0, status: 'paid' });
    clock.set(new Date());
  });

  test('is replaced whole, in the order written, and moves the line’s version', async () => {
    const answer = await plan([advance, balance]);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ dueOn: '2027-06-01', installments: [advance, { ...balance, condition: 'date' }] });
    expect(answer.headers['etag']).toBe(`"${(await paidRow(app, line.id)).version}"`);
    expect((await plan([{ ...balance, amountCents: 300_000 }])).body).toMatchObject({ installments: [{ label: 'Solde' }] });
    expect((await auditOf(app, line.id)).at(-1)).toMatchObject({ act: 'funding-line.payments-planned', before: { schedule: [{}, {}] } });
  });

  test('is the grant: neither a cent less nor one more, nor zero, nor negative', async () => {
    expect(await codeOf(plan([advance, { ...balance, amountCents: 99_999 }]))).toEqual([422, 'SCHEDULE_NOT_THE_GRANT']);
    expect(await codeOf(plan([advance, { ...balance, amountCents: 100_001 }]))).toEqual([422, 'SCHEDULE_NOT_THE_GRANT']);
    expect(
      await codeOf(
        plan([
          { ...advance, amountCents: 300_000 },
          { ...balance, amountCents: 0 },
        ]),
      ),
    ).toEqual([422, 'AMOUNT_NOT_POSITIVE']);
    expect(
      await codeOf(
        plan([
          { ...advance, amountCents: 300_001 },
          { ...balance, amountCents: -1 },
        ]),
      ),
    ).toEqual([400, 'VALIDATION_FAILED']);
    expect(await codeOf(plan([]))).toEqual([400, 'VALIDATION_FAILED']);
  });

  test('waits for the announcement', async () => {
    const approved = await anApprovedLine(app, { prefecture });
    expect(await codeOf(plan([{ ...advance, amountCents: 300_000 }], prefecture, approved.id))).toEqual([409, 'ACT_NOT_ALLOWED']);
  });
});

describe('a request', () => {
  const ask = async (amountCents: number, over: object = {}) =>
    app.http
      .post(`/v1/funding-lines/${line.id}/payment-requests`)
      .set(prefecture.auth)
      .send({ amountCents, ...over });

  test('names an installment of the schedule in force, and stays readable when that one is replaced', async () => {
    const { body } = await plan([{ label: 'Tout', amountCents: 300_000, dueOn: '2027-06-01' }]);
    const [{ id: installmentId }] = (body as { installments: [{ id: string }] }).installments;
    expect((await ask(100_000, { installmentId })).body).toMatchObject({ installmentId, amountCents: 100_000, requestedBy: prefecture.id });
    await plan([{ label: 'Autre', amountCents: 300_000, dueOn: '2027-06-01' }]);
    expect(await codeOf(ask(1, { installmentId }))).toEqual([422, 'UNKNOWN_INSTALLMENT']);
    expect((await progress())['requests']).toMatchObject([{ installmentId }]);
  });

  test('never goes past what is granted, neither paid nor asked for', async () => {
    expect((await ask(200_000)).status).toBe(201);
    expect(await codeOf(ask(100_001))).toEqual([409, 'REQUEST_ABOVE_GRANT']);
    await paid(250_000);
    expect(await codeOf(ask(50_001))).toEqual([409, 'REQUEST_ABOVE_GRANT']);
    expect((await ask(50_000)).status).toBe(201);
    expect(await codeOf(ask(0))).toEqual([422, 'AMOUNT_NOT_POSITIVE']);
  });

  test('two at once ask for no more than one could', async () => {
    const statuses = (await Promise.all([ask(200_000), ask(200_000), ask(200_000)])).map(({ status }) => status);
    expect(statuses.sort()).toEqual([201, 409, 409]);
  });
});

describe('a payment', () => {
  test('is counted by the line and its envelope, part by part, to the last cent', async () => {
    const first = await paid(299_999);
    expect(first.status).toBe(201);
    expect(first.body).toMatchObject({ fundingLineId: line.id, amountCents: 299_999, source: 'hand', reversedAt: null });
    expect(first.headers['etag']).toBe(`"${(await paidRow(app, line.id)).version}"`);
    expect(await paidRow(app, line.id)).toMatchObject({ state: 'partly-paid', paidCents: 299_999n });
    expect(await codeOf(paid(2))).toEqual([409, 'PAYMENT_ABOVE_GRANT']);
    expect((await paid(1)).status).toBe(201);
    expect(await paidRow(app, line.id)).toMatchObject({ state: 'paid', paidCents: 300_000n });
    expect((await ledgerOf(app, line.envelopeId)).slice(-2)).toEqual(['pay 299999', 'pay 1']);
    expect(await countersOf(app, line.envelopeId)).toMatchObject({ committed: 300_000n });
    expect((await auditOf(app, line.id)).at(-1)).toMatchObject({
      act: 'funding-line.paid',
      actorId: prefecture.id,
      before: { paidCents: '299999' },
      after: { paidCents: '300000', payment: { reference: 'DP 100234567' } },
    });
  });

  test.each([
    ['nothing', paying0(), [422, 'AMOUNT_NOT_POSITIVE']],
    ['less than nothing', { amountCents: -1 }, [400, 'VALIDATION_FAILED']],
    ['half a cent', { amountCents: 0.5 }, [400, 'VALIDATION_FAILED']],
    ['past 2^53', { amountCents: 2 ** 53 + 2 }, [400, 'VALIDATION_FAILED']],
    ['more than is granted', { amountCents: 300_001 }, [409, 'PAYMENT_ABOVE_GRANT']],
    ['tomorrow', { paidOn: '2099-01-01' }, [422, 'PAID_IN_FUTURE']],
    ['before the decision', { paidOn: '2001-01-01' }, [422, 'PAID_BEFORE_DECISION']],
    ['without a reference', { reference: ' ' }, [400, 'VALIDATION_FAILED']],
  ])('is not of %s', async (_what, over, answer) => {
    expect(await codeOf(confirmPayment(app, prefecture, line.id, paying(1000, over)))).toEqual(answer);
    expect(await paidRow(app, line.id)).toMatchObject({ state: 'notified', paidCents: 0n });
  });
  function paying0() {
    return { amountCents: 0 };
  }

  test('waits for the notification', async () => {
    const approved = await anApprovedLine(app, { prefecture });
    expect(await codeOf(confirmPayment(app, prefecture, approved.id, paying(1000)))).toEqual([409, 'ACT_NOT_ALLOWED']);
  });

  test('sent twice with one key is made once, and answered twice; at once, the second is told to wait', async () => {
    const [first, second] = [
      await confirmPayment(app, prefecture, line.id, paying(1000), 'k1'),
      await confirmPayment(app, prefecture, line.id, paying(1000), 'k1'),
    ];
    expect(second.body).toEqual(first.body);
    expect(second.headers['idempotent-replayed']).toBe('true');
    const together = await Promise.all([1, 2, 3].map(() => confirmPayment(app, prefecture, line.id, paying(7), 'k2')));
    expect(together.every(({ status }) => status === 201 || status === 409)).toBe(true);
    expect(await paidRow(app, line.id)).toMatchObject({ paidCents: 1007n });
  });

  test('two that would together go past the grant: one of them is made', async () => {
    const statuses = (await Promise.all([paid(200_000), paid(200_000), paid(200_000)])).map(({ status }) => status);
    expect(statuses.sort()).toEqual([201, 409, 409]);
    expect(await paidRow(app, line.id)).toMatchObject({ paidCents: 200_000n });
    expect(await moneyFaults(app)).toEqual([]);
  });

  test('may still come while the report is read, and leaves it its state', async () => {
    await app.query(`UPDATE funding_lines SET state = 'report-submitted' WHERE id = $1`, [line.id]);
    expect((await paid(1000)).status).toBe(201);
    expect(await paidRow(app, line.id)).toMatchObject({ state: 'report-submitted', paidCents: 1000n });
  });
});

describe('reversed', () => {
  test('once, with a reason, by a movement the other way', async () => {
    await paid(100_000);
    const { body } = await paid(200_000);
    const { id, version } = body as { id: string; version: number };
    expect(await codeOf(reversePayment(app, prefecture, id, version, ' '))).toEqual([400, 'VALIDATION_FAILED']);
    expect(await codeOf(reversePayment(app, prefecture, id, version - 1))).toEqual([412, 'STALE_VERSION']);
    const answer = await reversePayment(app, prefecture, id, version);
    expect(answer.body).toMatchObject({ id, reversalReason: 'Saisi deux fois', version: version + 1, reversedAt: expect.any(String) });
    expect(await paidRow(app, line.id)).toMatchObject({ state: 'partly-paid', paidCents: 100_000n });
    expect((await ledgerOf(app, line.envelopeId)).at(-1)).toBe('recover 200000');
    expect(await codeOf(reversePayment(app, prefecture, id, version + 1))).toEqual([409, 'PAYMENT_ALREADY_REVERSED']);
    expect((await progress())['payments']).toHaveLength(2);
    expect((await progress(line.dossier.editor))['payments']).toHaveLength(1);
    await expect(app.query('UPDATE payments SET reversed_at = now() WHERE id = $1', [id])).rejects.toThrow(/append-only/);
    await expect(app.query('DELETE FROM payments WHERE id = $1', [id])).rejects.toThrow(/append-only/);
  });

  test('the only one: the line is as it was when it was notified', async () => {
    const { body } = await paid(300_000);
    const { id, version } = body as { id: string; version: number };
    const both = await Promise.all([reversePayment(app, prefecture, id, version), reversePayment(app, prefecture, id, version)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
    expect(await paidRow(app, line.id)).toMatchObject({ state: 'notified', paidCents: 0n });
  });
});

describe('read by its applicant', () => {
  test('as public label and progress, without the funder’s own business', async () => {
    await act('ej-number', { ejNumber: '2103456789' });
    await plan([{ label: 'Tout', amountCents: 300_000, dueOn: '2027-06-01' }]);
    await app.http.post(`/v1/funding-lines/${line.id}/payment-requests`).set(prefecture.auth).send({ amountCents: 1000 }).expect(201);
    await paid(1000);
    const seen = await progress(line.dossier.editor);
    expect(seen).toMatchObject({
      ...{ version: null, ejNumber: null, status: 'partly-paid', statusLabel: 'payée en partie', grantedCents: 300_000, paidCents: 1000 },
      ...{ leftCents: 299_000, dueOn: '2027-06-01', requests: [], installments: [{ label: 'Tout' }], payments: [{ amountCents: 1000 }] },
    });
  });

  test('and nothing at all before the announcement, nor any plan before the notification', async () => {
    const approved = await anApprovedLine(app, { prefecture });
    expect(await progress(approved.dossier.editor, approved.id)).toEqual({
      ...{ fundingLineId: approved.id, version: null, status: 'under-instruction', statusLabel: 'en instruction', ejNumber: null },
      ...{ grantedCents: null, paidCents: 0, leftCents: null, notifiedAt: null, dueOn: null, isLate: false },
      ...{ installments: [], requests: [], payments: [] },
    });
    await app.query(`UPDATE funding_lines SET state = 'announced', announced_at = now() WHERE id = $1`, [approved.id]);
    await plan([{ label: 'Tout', amountCents: 300_000, dueOn: '2027-06-01' }], prefecture, approved.id);
    expect(await progress(approved.dossier.editor, approved.id)).toMatchObject({ grantedCents: 300_000, installments: [], dueOn: null });
  });

  test('who is in conflict with the organisation reads no more', async () => {
    const member = await aPrefecture(app);
    await app.query(
      `INSERT INTO memberships (id, organisation_id, user_id, state, is_editor) VALUES (gen_random_uuid(), $1, $2, 'active', true)`,
      [line.dossier.organisationId, member.id],
    );
    expect(await progress(member)).toMatchObject({ version: null, status: 'notified', ejNumber: null });
    expect(await codeOf(confirmPayment(app, member, line.id, paying(1)))).toEqual([403, 'RECUSED']);
  });
});

describe('another funder', () => {
  test('pays its own line, with or without an envelope here, and no one else does', async () => {
    const cd94 = await aPerson(app, { grants: [GRANTS.partnerOf('CD94')] });
    line = await aDepartmentsLine(cd94);
    expect(await codeOf(paid(1000))).toEqual([403, 'FORBIDDEN']);
    expect((await paid(40_000, cd94)).status).toBe(201);
    expect(await codeOf(paid(60_001, cd94))).toEqual([409, 'PAYMENT_ABOVE_GRANT']);
    expect((await act('ej-number', { ejNumber: 'CD94000001' }, cd94)).status).toBe(200);
    expect(await paidRow(app, line.id)).toMatchObject({ state: 'partly-paid', paidCents: 40_000n });
    expect(await moneyFaults(app)).toEqual([]);
  });
});

async function aDepartmentsLine(cd94: Person): Promise<GrantedLine> {
  const asked = await aSubmittedLine(app, { funder: 'CD94' });
  const body = { amountCents: 100_000, decisionReference: 'CP 2027-3', decidedOn: today(app) };
  expect((await decide(app, cd94, asked.id, 'record-decision', body)).status).toBe(200);
  await app.query(`UPDATE funding_lines SET state = 'notified', announced_at = now(), notified_at = now() WHERE id = $1`, [asked.id]);
  return { ...asked, envelopeId: '', prefecture, grantedCents: 100_000 };
}
