import { plusDays } from '../../../src/kernel/day.js';
import { parisDay } from '../../../src/kernel/paris-day.js';
import { ledgerFaults } from '../../../src/modules/funding/index.js';
import { REPORT_INVARIANTS } from '../../../src/modules/reporting/index.js';
import { aPrefecture, decide, ledgerOf, lineRow } from '../../builders/funding.js';
import { aPerson, GRANTS, type Person } from '../../builders/people.js';
import { aGrantedAction, aSubmittedReport, review, type GrantedAction } from '../../builders/reporting.js';
import { auditOf } from '../../builders/traces.js';
import { startApp, type TestApp } from '../../setup/app.js';

interface RepaymentBody {
  readonly id: string;
  readonly version: number;
  readonly status: string;
  readonly leftCents: number;
}

let app: TestApp;
let prefecture: Person;
let action: GrantedAction;
let lineId: string;
beforeAll(async () => {
  app = await startApp();
  prefecture = await aPrefecture(app);
});
afterAll(async () => {
  expect(await ledgerFaults(app.query)).toEqual([]);
  for (const { name, faults } of REPORT_INVARIANTS) expect([name, await app.query(faults)]).toEqual([name, []]);
  await app.close();
});

/** 5 000 € granted; four fifths realised: 4 000 € earned. */
async function justified(paidCents: number): Promise<void> {
  action = await aGrantedAction(app, { state: paidCents === 500_000 ? 'paid' : 'partly-paid', paidCents });
  lineId = action.line['P147-94'] ?? '';
  await review(app, prefecture, await aSubmittedReport(app, action, { percent: 80 }), lineId);
}
const today = () => parisDay(app.clock.now());
const codeOf = ({ status, body }: { status: number; body: unknown }) => [status, (body as { code?: string }).code];
const ask = (amountCents: number, over: object = {}, by = prefecture) =>
  decide(app, by, lineId, 'repayments', { amountCents, reason: 'Non dépensé', dueOn: plusDays(today(), 60), ...over });
const onRepayment = (by: Person, repayment: RepaymentBody, act: string, body: object, version = repayment.version) =>
  app.http.post(`/v1/repayments/${repayment.id}/${act}`).set(by.auth).set('If-Match', `"${version}"`).send(body);
const receive = (repayment: RepaymentBody, amountCents: number, reference: string, by = prefecture) =>
  onRepayment(by, repayment, 'receipts', { amountCents, receivedOn: today(), reference });

describe('closing', () => {
  test('gives back what was granted and not paid, once nothing is due', async () => {
    await justified(400_000);
    const envelopeId = action.envelopes['P147-94'] ?? '';
    expect((await decide(app, prefecture, lineId, 'close', {})).body).toMatchObject({
      status: 'closed',
      grantedCents: 500_000,
      paidCents: 400_000,
    });
    expect(await lineRow(app, lineId)).toMatchObject({ state: 'closed', committedCents: 400_000n });
    expect((await ledgerOf(app, envelopeId)).at(-1)).toBe('decommit 100000');
    expect((await auditOf(app, lineId)).at(-1)).toMatchObject({ act: 'funding-line.closed', actorId: prefecture.id });
    expect(codeOf(await decide(app, prefecture, lineId, 'close', {}))).toEqual([409, 'ACT_NOT_ALLOWED']);
  });

  test('is refused as long as a repayment is due, to the cent', async () => {
    await justified(400_001);
    const { body } = await decide(app, prefecture, lineId, 'close', {});
    expect(body).toMatchObject({ status: 409, code: 'REPAYMENT_STILL_DUE' });
    expect((body as { detail: string }).detail.replace(/\s/g, ' ')).toContain('0,01 € payés sont à reverser');
  });

  test('counts what was paid after the report was accepted', async () => {
    await justified(400_000);
    await app.query('UPDATE funding_lines SET paid_cents = 450000 WHERE id = $1', [lineId]);
    await app.query('UPDATE envelopes SET paid_cents = 450000 WHERE id = $1', [action.envelopes['P147-94']]);
    await app.query(
      `INSERT INTO movements (id, envelope_id, kind, ae_cents, cp_cents, funding_line_id, actor_id, at)
       VALUES (gen_random_uuid(), $1, 'pay', 50000, 50000, $2, $3, now())`,
      [action.envelopes['P147-94'], lineId, prefecture.id],
    );
    expect(codeOf(await decide(app, prefecture, lineId, 'close', {}))).toEqual([409, 'REPAYMENT_STILL_DUE']);
    expect((await ask(50_000)).status).toBe(201);
  });

  test('not before the report is accepted', async () => {
    const early = await aGrantedAction(app, { state: 'paid', paidCents: 500_000 });
    expect(codeOf(await decide(app, prefecture, early.line['P147-94'] ?? '', 'close', {}))).toEqual([409, 'ACT_NOT_ALLOWED']);
  });
});

describe('a repayment', () => {
  let repayment: RepaymentBody;
  beforeEach(async () => {
    await justified(500_000);
    const answer = await ask(100_000, { titleReference: 'TP 12' });
    expect(answer.status).toBe(201);
    repayment = answer.body as RepaymentBody;
  });

  test('is asked, and its applicant sees it', async () => {
    expect(repayment).toMatchObject({ status: 'asked', amountCents: 100_000, leftCents: 100_000, titleReference: 'TP 12', receipts: [] });
    expect(await lineRow(app, lineId)).toMatchObject({ state: 'repayment-due' });
    const { body } = await app.http
      .get(`/v1/repayments?organisationId=${action.organisationId}&count=true`)
      .set(action.editor.auth)
      .expect(200);
    expect(body).toMatchObject({ data: [{ id: repayment.id, reason: 'Non dépensé' }], page: { total: 1 } });
    expect((await app.http.get(`/v1/repayments/${repayment.id}`).set(action.signatory.auth)).status).toBe(200);
    expect((await app.http.get(`/v1/repayments/${repayment.id}`).set((await aPerson(app)).auth)).status).toBe(404);
    expect(codeOf(await ask(1))).toEqual([409, 'ACT_NOT_ALLOWED']);
  });

  test('comes back in parts; the envelope recovers each, and the line ends with the last', async () => {
    const part = (await receive(repayment, 30_000, 'A')).body as RepaymentBody;
    expect(part).toMatchObject({ status: 'asked', leftCents: 70_000, version: 2, receipts: [{ amountCents: 30_000, reference: 'A' }] });
    expect(codeOf(await receive(part, 1, 'A'))).toEqual([409, 'RECEIPT_ALREADY_RECORDED']);
    expect(codeOf(await receive(part, 70_001, 'B'))).toEqual([409, 'REPAYMENT_ABOVE_ASKED']);
    const whole = (await receive(part, 70_000, 'B')).body as RepaymentBody;
    expect(whole).toMatchObject({ status: 'received', leftCents: 0 });
    expect(await lineRow(app, lineId)).toMatchObject({ state: 'closed', committedCents: 400_000n });
    expect((await ledgerOf(app, action.envelopes['P147-94'] ?? '')).slice(-3)).toEqual([
      'recover 30000',
      'recover 70000',
      'decommit 100000',
    ]);
    expect(codeOf(await receive(whole, 1, 'C'))).toEqual([409, 'REPAYMENT_ENDED']);
    expect((await auditOf(app, repayment.id)).map(({ act }) => act)).toEqual([
      'repayment.asked',
      'repayment.received',
      'repayment.received',
    ]);
  });

  test('two receipts at once never receive more than was asked', async () => {
    const answers = await Promise.all([receive(repayment, 60_000, 'A'), receive(repayment, 60_000, 'B')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
  });

  test('is given up with a reason: what was kept stays committed and paid', async () => {
    const part = (await receive(repayment, 30_000, 'A')).body as RepaymentBody;
    expect((await onRepayment(prefecture, part, 'write-off', {})).status).toBe(400);
    const { body } = await onRepayment(prefecture, part, 'write-off', { reason: 'Structure liquidée' });
    expect(body).toMatchObject({ status: 'written-off', writeOffReason: 'Structure liquidée', leftCents: 0 });
    expect(await lineRow(app, lineId)).toMatchObject({ state: 'closed', committedCents: 470_000n });
  });

  test('is asked, received and given up by the funder’s people only', async () => {
    const someone = [
      [action.signatory, 403],
      [await aPerson(app, { grants: [GRANTS.coordinator()] }), 403],
      [await aPrefecture(app, '91'), 404],
      [await aPerson(app), 404],
    ] as const;
    for (const [by, status] of someone) {
      expect((await receive(repayment, 1, 'A', by)).status).toBe(status);
      expect((await onRepayment(by, repayment, 'write-off', { reason: 'x' })).status).toBe(status);
    }
  });

  test('is neither received nor given up by who is in conflict with the organisation', async () => {
    const member = await aPrefecture(app);
    await app.http
      .post('/v1/me/recusals')
      .set(member.auth)
      .send({ organisationId: action.organisationId, reason: 'Un proche' })
      .expect(201);
    expect(codeOf(await receive(repayment, 1, 'A', member))).toEqual([403, 'RECUSED']);
    expect(codeOf(await onRepayment(member, repayment, 'write-off', { reason: 'x' }))).toEqual([403, 'RECUSED']);
  });
});

test('asked within what is paid, and not for yesterday', async () => {
  await justified(450_000);
  expect(codeOf(await ask(450_001))).toEqual([409, 'REPAYMENT_ABOVE_PAID']);
  expect(codeOf(await ask(0))).toEqual([422, 'AMOUNT_NOT_POSITIVE']);
  expect(codeOf(await ask(1, { dueOn: plusDays(today(), -1) }))).toEqual([422, 'DUE_IN_PAST']);
  expect(codeOf(await ask(1, {}, await aPerson(app, { grants: [GRANTS.partnerOf('CD94')] })))).toEqual([404, 'NOT_FOUND']);
  expect(await lineRow(app, lineId)).toMatchObject({ state: 'justified' });
});

describe('not carried out', () => {
  beforeEach(async () => {
    action = await aGrantedAction(app, { state: 'partly-paid', paidCents: 200_000 });
    lineId = action.line['P147-94'] ?? '';
  });
  const declare = (by: Person) => decide(app, by, lineId, 'declare-not-carried-out', { reason: 'Le local a brûlé' });

  test('said by its signatory: what is paid is to be asked back, the rest goes back at the end', async () => {
    expect(codeOf(await declare(action.editor))).toEqual([403, 'FORBIDDEN']);
    expect((await declare(action.signatory)).body).toMatchObject({ status: 'not-carried-out', reason: 'Le local a brûlé' });
    expect((await auditOf(app, lineId)).at(-1)).toMatchObject({ act: 'funding-line.not-carried-out', after: { by: 'organisation' } });
    expect(codeOf(await decide(app, prefecture, lineId, 'close', {}))).toEqual([409, 'REPAYMENT_STILL_DUE']);
    const asked = (await ask(200_000)).body as RepaymentBody;
    expect((await receive(asked, 200_000, 'A')).status).toBe(200);
    expect(await lineRow(app, lineId)).toMatchObject({ state: 'closed', committedCents: 0n });
    expect((await ledgerOf(app, action.envelopes['P147-94'] ?? '')).slice(-2)).toEqual(['recover 200000', 'decommit 500000']);
  });

  test('said by the funder’s people; nothing paid, it closes at once', async () => {
    const unpaid = await aGrantedAction(app);
    lineId = unpaid.line['P147-94'] ?? '';
    expect((await declare(prefecture)).body).toMatchObject({ status: 'not-carried-out' });
    expect((await decide(app, prefecture, lineId, 'close', {})).body).toMatchObject({ status: 'closed' });
    expect((await ledgerOf(app, unpaid.envelopes['P147-94'] ?? '')).at(-1)).toBe('decommit 500000');
  });

  test('not by another funder, nor by who is in conflict; and it tells nothing that was not announced', async () => {
    expect(codeOf(await declare(await aPerson(app, { grants: [GRANTS.instructorOf('94041')] })))).toEqual([403, 'FORBIDDEN']);
    const member = await aPrefecture(app);
    await app.http
      .post('/v1/me/recusals')
      .set(member.auth)
      .send({ organisationId: action.organisationId, reason: 'Un proche' })
      .expect(201);
    expect(codeOf(await declare(member))).toEqual([403, 'RECUSED']);
    await app.query(`UPDATE funding_lines SET state = 'approved', paid_cents = 0, notified_at = NULL, announced_at = NULL WHERE id = $1`, [
      lineId,
    ]);
    await app.query('UPDATE envelopes SET paid_cents = 0 WHERE id = $1', [action.envelopes['P147-94']]);
    const { body } = await declare(action.signatory);
    expect((body as { detail: string }).detail).toBe("« déclarer non réalisée » n'est pas possible dans l'état « en instruction ».");
    await app.query('UPDATE envelopes SET paid_cents = 200000 WHERE id = $1', [action.envelopes['P147-94']]);
    await app.query(`UPDATE funding_lines SET state = 'partly-paid', paid_cents = 200000, announced_at = now() WHERE id = $1`, [lineId]);
  });
});
