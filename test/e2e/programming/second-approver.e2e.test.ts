import { parisDay } from '../../../src/kernel/paris-day.js';
import { ledgerFaults } from '../../../src/modules/funding/index.js';
import { firstApprovalsOf, wantTwoAbove } from '../../builders/approval.js';
import {
  aDelegate,
  anEnvelope,
  aPrefecture,
  aProposedLine,
  countersOf,
  decide,
  funderId,
  ledgerOf,
  lineRow,
} from '../../builders/funding.js';
import { aPerson, GRANTS, type Person } from '../../builders/people.js';
import { auditOf } from '../../builders/traces.js';
import { startApp, type TestApp } from '../../setup/app.js';

const LIMIT = 200_000;

let app: TestApp;
let one: Person;
let two: Person;
let line: Awaited<ReturnType<typeof aProposedLine>>;
beforeAll(async () => {
  app = await startApp();
  [one, two] = [await aPrefecture(app), await aPrefecture(app)];
});
beforeEach(async () => {
  await wantTwoAbove(app, one, LIMIT);
  line = await aProposedLine(app, { envelopeId: await anEnvelope(app, { ceilingCents: 400_000 }) });
});
afterAll(async () => {
  expect(await ledgerFaults(app.query)).toEqual([]);
  await app.close();
});

const approve = (by: Person, amountCents: number, version?: number) => decide(app, by, line.id, 'approve', { amountCents }, version);
const codeOf = async (answer: Promise<{ status: number; body: unknown }>) => {
  const { status, body } = await answer;
  return [status, (body as { code?: string }).code];
};
const outcomes = async () => (await firstApprovalsOf(app, line.id)).map(({ outcome }) => outcome);

describe('above the amount', () => {
  test('the first approval waits: proposed, reserved, nothing committed, recorded', async () => {
    const { status, body } = await approve(one, 300_000);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      status: 'proposed',
      version: 3,
      grantedCents: null,
      reservedCents: 300_000,
      committedCents: 0,
      awaitingSecondApproval: true,
      firstApproval: { approverId: one.id, amountCents: 300_000, at: expect.stringMatching(/Z$/) },
    });
    expect(await countersOf(app, line.envelopeId)).toEqual({ ceiling: 400_000n, reserved: 300_000n, committed: 0n });
    expect((await auditOf(app, line.id)).at(-1)).toMatchObject({
      act: 'funding-line.first-approved',
      actorId: one.id,
      after: { state: 'proposed', firstApproval: { approverId: one.id, amountCents: '300000' } },
    });
    const { body: row } = await app.http.get(`/v1/funding-lines/${line.id}`).set(two.auth).expect(200);
    expect(row).toMatchObject({ awaitingSecondApproval: true, firstApproval: { approverId: one.id, amountCents: 300_000 } });
  });

  test('a second person, on the same amount, grants it', async () => {
    await approve(one, 300_000);
    const { body } = await approve(two, 300_000);
    expect(body).toMatchObject({
      status: 'approved',
      version: 4,
      grantedCents: 300_000,
      awaitingSecondApproval: false,
      firstApproval: null,
    });
    expect(await ledgerOf(app, line.envelopeId)).toEqual(['open 400000', 'reserve 300000', 'release 300000', 'commit 300000']);
    expect(await firstApprovalsOf(app, line.id)).toEqual([
      { approverId: one.id, amountCents: 300_000n, outcome: 'seconded', secondedBy: two.id },
    ]);
  });

  test('not the same person twice', async () => {
    await approve(one, 300_000);
    expect(await codeOf(approve(one, 300_000))).toEqual([409, 'SECOND_APPROVER_IS_FIRST']);
    expect(await lineRow(app, line.id)).toMatchObject({ state: 'proposed', version: 3 });
  });

  test('not who proposed, first or second', async () => {
    const both = await aPrefecture(app);
    await decide(app, both, line.id, 'propose', { amountCents: 310_000, envelopeId: line.envelopeId });
    expect(await codeOf(approve(both, 310_000))).toEqual([409, 'FOUR_EYES']);
    await approve(one, 310_000);
    expect(await codeOf(approve(both, 310_000))).toEqual([409, 'FOUR_EYES']);
  });

  test('another amount takes the place of the first approval', async () => {
    await approve(one, 300_000);
    expect((await approve(two, 299_999)).body).toMatchObject({
      status: 'proposed',
      firstApproval: { approverId: two.id, amountCents: 299_999 },
    });
    expect(await outcomes()).toEqual(['replaced', null]);
    expect((await approve(one, 299_999)).body).toMatchObject({ status: 'approved', grantedCents: 299_999 });
    expect(await outcomes()).toEqual(['replaced', 'seconded']);
  });

  test('an amount that one may grant alone ends the wait', async () => {
    await approve(one, 300_000);
    expect((await approve(one, LIMIT)).body).toMatchObject({ status: 'approved', grantedCents: LIMIT });
    expect(await outcomes()).toEqual(['replaced']);
  });

  test.each([
    ['a release', 'release', { reason: 'À revoir' }],
    ['a refusal', 'refuse', { reason: 'Hors sujet' }],
    ['another proposal of the same amount', 'propose', { amountCents: 300_000 }],
  ])('%s voids it', async (_what, act, body) => {
    await approve(one, 300_000);
    const given = act === 'propose' ? { ...body, envelopeId: line.envelopeId } : body;
    const { status, body: after } = await decide(app, line.proposer, line.id, act, given);
    expect([status, (after as { awaitingSecondApproval: boolean }).awaitingSecondApproval]).toEqual([200, false]);
    expect(await outcomes()).toEqual(['voided']);
  });

  test('after which two must approve again', async () => {
    await approve(one, 300_000);
    await decide(app, line.proposer, line.id, 'propose', { amountCents: 300_000, envelopeId: line.envelopeId });
    expect((await approve(two, 300_000)).body).toMatchObject({ status: 'proposed', awaitingSecondApproval: true });
    expect((await approve(one, 300_000)).body).toMatchObject({ status: 'approved' });
  });

  test('a late opinion does not', async () => {
    await approve(one, 300_000);
    const instructor = await aPerson(app, { grants: [GRANTS.instructorOf('94041')] });
    const opinion = { opinion: 'favourable', reason: 'Utile' };
    await app.http.post(`/v1/funding-lines/${line.id}/opinions`).set(instructor.auth).send(opinion).expect(201);
    expect((await approve(two, 300_000)).body).toMatchObject({ status: 'approved' });
  });

  test('the withdrawal of the dossier does', async () => {
    await approve(one, 300_000);
    const { signatory, id } = line.dossier;
    const { body: dossier } = await app.http.get(`/v1/dossiers/${id}`).set(signatory.auth).expect(200);
    await app.http
      .post(`/v1/dossiers/${id}/withdraw`)
      .set({ ...signatory.auth, 'If-Match': `"${(dossier as { version: number }).version}"` })
      .send({ reason: 'Plus de bénévoles' })
      .expect(200);
    expect(await outcomes()).toEqual(['voided']);
    expect(await countersOf(app, line.envelopeId)).toMatchObject({ reserved: 0n, committed: 0n });
  });

  test('a delegate may be the second within their delegation, not above it', async () => {
    await approve(one, 300_000);
    const delegate = await aDelegate(app);
    const today = parisDay(app.clock.now());
    const delegation = { userId: delegate.id, funderId: await funderId(app, 'P147-94'), validFrom: today, reference: 'Arrêté 3' };
    const until = `${app.clock.now().getUTCFullYear() + 1}-12-31`;
    const grant = { ...delegation, validUntil: until, ceilingCents: 299_999 };
    await app.http.post('/v1/signature-delegations').set(one.auth).send(grant).expect(201);
    expect(await codeOf(approve(delegate, 300_000))).toEqual([409, 'DELEGATION_EXCEEDED']);
    expect(await outcomes()).toEqual([null]);
  });

  test('two second approvals at once grant once', async () => {
    await approve(one, 300_000);
    const three = await aPrefecture(app);
    const answers = await Promise.all([two, three].map((by) => codeOf(approve(by, 300_000, 3))));
    expect(answers.map(([status]) => status).toSorted()).toEqual([200, 412]);
    expect(await countersOf(app, line.envelopeId)).toMatchObject({ reserved: 0n, committed: 300_000n });
    expect(await outcomes()).toEqual(['seconded']);
  });

  test('two first approvals at once leave one', async () => {
    const answers = await Promise.all([one, two].map((by) => codeOf(approve(by, 300_000, 2))));
    expect(answers.map(([status]) => status).toSorted()).toEqual([200, 412]);
    expect(await outcomes()).toEqual([null]);
  });

  test('the database itself keeps three persons apart, and one approval waiting a line', async () => {
    await approve(one, 300_000);
    const insert = (proposer: string, approver: string) =>
      app.query(
        `INSERT INTO first_approvals (id, funding_line_id, proposer_id, approver_id, amount_cents, at) VALUES (gen_random_uuid(), $1, $2, $3, 1, now())`,
        [line.id, proposer, approver],
      );
    await expect(insert(line.proposer.id, two.id)).rejects.toThrow(/first_approvals_live/);
    await expect(insert(two.id, two.id)).rejects.toThrow(/first_approvals_four_eyes/);
    const second = (by: string) =>
      app.query(`UPDATE first_approvals SET ended_at = now(), outcome = 'seconded', seconded_by = $2 WHERE funding_line_id = $1`, [
        line.id,
        by,
      ]);
    await expect(second(one.id)).rejects.toThrow(/first_approvals_six_eyes/);
    await expect(second(line.proposer.id)).rejects.toThrow(/first_approvals_six_eyes/);
    await expect(
      app.query(`UPDATE funding_lines SET state = 'approved', granted_cents = 1, decided_by = proposed_by WHERE id = $1`, [line.id]),
    ).rejects.toThrow(/funding_lines_four_eyes/);
  });
});

test('the amount itself is granted by one', async () => {
  expect((await approve(one, LIMIT)).body).toMatchObject({ status: 'approved', awaitingSecondApproval: false });
  expect(await firstApprovalsOf(app, line.id)).toEqual([]);
});

test('a line says when its signatory is still to be verified', async () => {
  const unverified = await aProposedLine(app, { verified: false });
  const { body } = await app.http.get(`/v1/funding-lines/${unverified.id}`).set(one.auth).expect(200);
  expect(body).toMatchObject({ signatoryVerified: false });
  const again = { amountCents: 1000, envelopeId: unverified.envelopeId };
  expect((await decide(app, unverified.proposer, unverified.id, 'propose', again)).body).toMatchObject({ signatoryVerified: false });
  expect((await approve(one, 1000)).body).toMatchObject({ signatoryVerified: true });
});

describe('the rule', () => {
  const path = async (funder = 'P147-91') => `/v1/approval-rules/${await funderId(app, funder)}`;

  test('is nothing at first, set by the prefecture, recorded, lifted by null', async () => {
    const prefecture = await aPrefecture(app, '91');
    const read = async () =>
      (
        await app.http
          .get(await path())
          .set(prefecture.auth)
          .expect(200)
      ).body as object;
    expect(await read()).toMatchObject({ secondApproverAboveCents: null, version: 0 });
    const set = async (cents: number | null, version?: number) =>
      app.http
        .put(await path())
        .set({ ...prefecture.auth, ...(version === undefined ? {} : { 'If-Match': `"${version}"` }) })
        .send({ secondApproverAboveCents: cents });
    expect((await set(500)).body).toMatchObject({ secondApproverAboveCents: 500, version: 1 });
    expect((await set(600)).status).toBe(428);
    expect((await set(600, 0)).status).toBe(412);
    expect((await set(null, 1)).body).toMatchObject({ secondApproverAboveCents: null, version: 2 });
    expect(await read()).toMatchObject({ secondApproverAboveCents: null, version: 2 });
    expect(await auditOf(app, await funderId(app, 'P147-91'))).toMatchObject([
      { act: 'approval-rule.set', actorId: prefecture.id, before: { version: 0 }, after: { secondApproverAboveCents: '500' } },
      { act: 'approval-rule.set', before: { version: 1 }, after: { secondApproverAboveCents: null } },
    ]);
  });

  test('two set at once: one of them', async () => {
    await app.query('DELETE FROM approval_rules');
    const put = async () =>
      (
        await app.http
          .put(await path('P147-94'))
          .set(one.auth)
          .send({ secondApproverAboveCents: 1 })
      ).status;
    expect((await Promise.all([put(), put()])).toSorted()).toEqual([200, 428]);
  });

  test('no other funder has one', async () => {
    await app.http
      .get(await path('CD94'))
      .set(one.auth)
      .expect(404);
    await app.http
      .put(await path('CD94'))
      .set(one.auth)
      .send({ secondApproverAboveCents: 1 })
      .expect(404);
  });

  test('raised after a first approval: the next one is enough', async () => {
    await approve(one, 300_000);
    await wantTwoAbove(app, one, 300_000);
    expect((await approve(one, 300_000)).body).toMatchObject({ status: 'approved' });
    expect(await outcomes()).toEqual(['replaced']);
  });
});
