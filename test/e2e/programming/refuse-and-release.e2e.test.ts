import { parisDay } from '../../../src/kernel/paris-day.js';
import { ledgerFaults } from '../../../src/modules/funding/index.js';
import {
  aDelegate,
  anEnvelope,
  aPrefecture,
  aProposedLine,
  aSubmittedLine,
  countersOf,
  decide,
  ledgerOf,
  lineRow,
} from '../../builders/funding.js';
import { aPerson, GRANTS, type Person } from '../../builders/people.js';
import { auditOf } from '../../builders/traces.js';
import { startApp, type TestApp } from '../../setup/app.js';

let app: TestApp;
let prefecture: Person;
let delegate: Person;
beforeAll(async () => {
  app = await startApp();
  [prefecture, delegate] = [await aPrefecture(app), await aDelegate(app)];
});
afterAll(async () => {
  expect(await ledgerFaults(app.query)).toEqual([]);
  await app.close();
});

const reason = 'Public trop éloigné du quartier';
const anApprovedLine = async () => {
  const line = await aProposedLine(app, { envelopeId: await anEnvelope(app, { ceilingCents: 400_000 }) });
  expect((await decide(app, prefecture, line.id, 'approve', { amountCents: 250_000 })).status).toBe(200);
  return line;
};

describe('refuse', () => {
  test('with a reason; a reservation goes back, the act is recorded', async () => {
    const line = await aProposedLine(app);
    const { status, body } = await decide(app, delegate, line.id, 'refuse', { reason });
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: 'refused', version: 3, grantedCents: null, reservedCents: 0, envelopeId: null, reason });
    expect(await countersOf(app, line.envelopeId)).toMatchObject({ reserved: 0n, committed: 0n });
    expect(await ledgerOf(app, line.envelopeId)).toEqual(['open 10000000', 'reserve 300000', 'release 300000']);
    expect((await auditOf(app, line.id)).at(-1)).toMatchObject({
      act: 'funding-line.refused',
      actorId: delegate.id,
      after: { state: 'refused', reason },
    });
  });

  test('a line that nobody proposed', async () => {
    const line = await aSubmittedLine(app);
    expect((await decide(app, prefecture, line.id, 'refuse', { reason })).body).toMatchObject({ status: 'refused', envelopeId: null });
  });

  test('not without a reason, not twice, not one granted, not another funder’s', async () => {
    const line = await aSubmittedLine(app);
    expect((await decide(app, prefecture, line.id, 'refuse', { reason: '  ' })).status).toBe(400);
    await decide(app, prefecture, line.id, 'refuse', { reason });
    expect((await decide(app, prefecture, line.id, 'refuse', { reason })).body.code).toBe('ACT_NOT_ALLOWED');
    expect((await decide(app, prefecture, (await anApprovedLine()).id, 'refuse', { reason })).body.code).toBe('ACT_NOT_ALLOWED');
    const caf = await aSubmittedLine(app, { funder: 'CAF94' });
    expect((await decide(app, prefecture, caf.id, 'refuse', { reason })).body.code).toBe('NOT_PROGRAMME_147');
  });

  test('not before its commune found the dossier admissible', async () => {
    const line = await aSubmittedLine(app, { admissible: false });
    expect((await decide(app, prefecture, line.id, 'refuse', { reason })).body).toMatchObject({
      status: 409,
      code: 'DOSSIER_NOT_ADMISSIBLE',
    });
    expect(await lineRow(app, line.id)).toMatchObject({ state: 'requested', version: 1 });
  });

  test('not by the other département, nor by who instructs', async () => {
    const line = await aSubmittedLine(app);
    expect((await decide(app, await aPrefecture(app, '91'), line.id, 'refuse', { reason })).body.code).toBe('NOT_FOUND');
    const instructor = await aPerson(app, { grants: [GRANTS.instructorOf('94041')] });
    expect((await decide(app, instructor, line.id, 'refuse', { reason })).body.code).toBe('FORBIDDEN');
    expect(await lineRow(app, line.id)).toMatchObject({ state: 'requested', version: 1 });
  });
});

describe('release', () => {
  test('a proposal: its reservation goes back, the line is as instructed', async () => {
    const line = await aProposedLine(app);
    const { body } = await decide(app, delegate, line.id, 'release', { reason });
    expect(body).toMatchObject({ status: 'instructed', version: 3, proposedCents: null, reservedCents: 0, envelopeId: null });
    expect(await ledgerOf(app, line.envelopeId)).toEqual(['open 10000000', 'reserve 300000', 'release 300000']);
    expect((await auditOf(app, line.id)).at(-1)).toMatchObject({ act: 'funding-line.released', before: { state: 'proposed' } });
  });

  test('an approval not announced: the commitment goes back, and another line may take it', async () => {
    const line = await anApprovedLine();
    const { body } = await decide(app, prefecture, line.id, 'release', { reason });
    expect(body).toMatchObject({ status: 'instructed', grantedCents: null, committedCents: 0, envelopeId: null });
    expect(await countersOf(app, line.envelopeId)).toEqual({ ceiling: 400_000n, reserved: 0n, committed: 0n });
    expect((await ledgerOf(app, line.envelopeId)).slice(-2)).toEqual(['commit 250000', 'decommit 250000']);
    await aProposedLine(app, { envelopeId: line.envelopeId, amountCents: 400_000 });
  });

  test('an approval: only by who could give it, of that amount', async () => {
    const line = await anApprovedLine();
    const undo = (by: Person) => decide(app, by, line.id, 'release', { reason });
    expect((await undo(line.proposer)).body).toMatchObject({ status: 409, code: 'NO_DELEGATION' });
    const [funder] = await app.query<{ id: string }>(`SELECT id FROM funders WHERE code = 'P147-94'`);
    const today = parisDay(app.clock.now());
    const delegation = { funderId: funder?.id, validFrom: today, validUntil: today, reference: 'Arrêté 2027-12' };
    const sign = (to: Person, ceilingCents: number) =>
      app.http
        .post('/v1/signature-delegations')
        .set(prefecture.auth)
        .send({ ...delegation, userId: to.id, ceilingCents })
        .expect(201);
    await sign(line.proposer, 249_999);
    expect((await undo(line.proposer)).body).toMatchObject({ status: 409, code: 'DELEGATION_EXCEEDED' });
    expect(await lineRow(app, line.id)).toMatchObject({ state: 'approved', grantedCents: 250_000n });
    const other = await aDelegate(app);
    await sign(other, 250_000);
    expect((await undo(other)).body).toMatchObject({ status: 'instructed', grantedCents: null });
  });

  test('its reason does not stick to the next proposal, nor to its approval', async () => {
    const line = await aProposedLine(app);
    await decide(app, delegate, line.id, 'release', { reason: 'MOTIF ANCIEN' });
    const again = await decide(app, delegate, line.id, 'propose', { amountCents: 20_000, envelopeId: line.envelopeId });
    expect(again.body).toMatchObject({ status: 'proposed', reason: null });
    expect((await decide(app, prefecture, line.id, 'approve', { amountCents: 20_000 })).body).toMatchObject({ reason: null });
    const movements = await app.query('SELECT kind, reason FROM movements WHERE funding_line_id = $1 ORDER BY position', [line.id]);
    expect(movements).toEqual([
      { kind: 'reserve', reason: null },
      { kind: 'release', reason: 'MOTIF ANCIEN' },
      { kind: 'reserve', reason: null },
      { kind: 'release', reason: null },
      { kind: 'commit', reason: null },
    ]);
  });

  test('a refusal not announced', async () => {
    const line = await aSubmittedLine(app);
    await decide(app, prefecture, line.id, 'refuse', { reason });
    expect((await decide(app, prefecture, line.id, 'release', { reason: 'Erreur de ligne' })).body).toMatchObject({ status: 'instructed' });
  });

  test('nothing to come back on, or told already', async () => {
    const line = await anApprovedLine();
    await app.query(`UPDATE funding_lines SET state = 'announced', announced_at = now() WHERE id = $1`, [line.id]);
    expect((await decide(app, prefecture, line.id, 'release', { reason })).body.code).toBe('ACT_NOT_ALLOWED');
    expect((await decide(app, prefecture, (await aSubmittedLine(app)).id, 'release', { reason })).body.code).toBe('ACT_NOT_ALLOWED');
  });

  test('a decision that another funder recorded: by itself, not by the State', async () => {
    const partner = await aPerson(app, { grants: [GRANTS.partnerOf('CD94')] });
    const line = await aSubmittedLine(app, { funder: 'CD94' });
    const recorded = { amountCents: 100_000, decisionReference: 'CP 2027-3', decidedOn: parisDay(app.clock.now()) };
    expect((await decide(app, partner, line.id, 'record-decision', recorded)).status).toBe(200);
    expect((await decide(app, prefecture, line.id, 'release', { reason })).body.code).toBe('FORBIDDEN');
    expect((await decide(app, partner, line.id, 'release', { reason: 'Faute de frappe' })).body).toMatchObject({
      status: 'instructed',
      grantedCents: null,
    });
  });
});
