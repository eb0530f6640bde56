import { FundingLines, ledgerFaults, decommit, declareNotCarriedOut, pay, type FundingLine } from '../../../src/modules/funding/index.js';
import { cents } from '../../../src/kernel/money.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import type { Actor } from '../../../src/platform/auth/actor.js';
import { actOnEnvelope, aSubEnvelope, envelopeBody } from '../../builders/envelopes.js';
import {
  aDelegate,
  anEnvelope,
  aPrefecture,
  aProposedLine,
  aSubmittedLine,
  decide,
  funderId,
  ledgerOf,
  lineYear,
} from '../../builders/funding.js';
import type { Person } from '../../builders/people.js';
import { auditOf } from '../../builders/traces.js';
import { startApp, type TestApp } from '../../setup/app.js';

let app: TestApp;
let prefecture: Person;
let envelopeId: string;
let programme: string;
let count = 0;
beforeAll(async () => {
  app = await startApp();
  prefecture = await aPrefecture(app);
});
beforeEach(async () => {
  programme = `P147-${++count}`;
  envelopeId = await anEnvelope(app, { ceilingCents: 1_000_000, programme });
});
afterEach(async () => {
  expect(await ledgerFaults(app.query)).toEqual([]);
});
afterAll(() => app.close());

const act = (id: string, name: string, body: object, by = prefecture, version?: number | null) =>
  actOnEnvelope(app, by, id, name, body, version);
const close = (id: string, more: object = {}, by = prefecture, version?: number | null) =>
  act(id, 'close', { reason: 'Fin de gestion', ...more }, by, version);

async function nextYear(): Promise<string> {
  const ceilings = { ceilingAeCents: 100_000, ceilingCpCents: 100_000 };
  const body = { funderId: await funderId(app, 'P147-94'), programme, year: lineYear(app) + 1, ...ceilings };
  const answer = await app.http.post('/v1/envelopes').set(prefecture.auth).send(body).expect(201);
  return (answer.body as { id: string }).id;
}

async function anApprovedLine(): Promise<string> {
  const { id } = await aProposedLine(app, { envelopeId, amountCents: 300_000 });
  expect((await decide(app, prefecture, id, 'approve', { amountCents: 300_000 })).status).toBe(200);
  return id;
}

/** What the modules above do to a line in their own acts. */
async function move(lineId: string, decided: (line: FundingLine) => ReturnType<typeof decommit<FundingLine>>): Promise<void> {
  const actor: Actor = { kind: 'user', id: prefecture.id, grants: [], recusedFrom: new Set() } as unknown as Actor;
  const lines = app.app.get(FundingLines, { strict: false });
  await app.app.get(UnitOfWork, { strict: false }).run(actor, async (tx) => {
    const hand = await lines.lockForInstruction(tx, lineId);
    lines.carryOut(tx, actor, hand, decided(hand.line));
  });
}

test('what was not used lapses, what was granted stays, and the act is recorded', async () => {
  await anApprovedLine();
  const { status, body } = await close(envelopeId);
  expect(status).toBe(200);
  expect(body).toMatchObject({ ceilingAeCents: 300_000, ceilingCpCents: 300_000, committedCents: 300_000, availableCents: 0 });
  expect(body.closedAt).toEqual(expect.any(String));
  expect(await envelopeBody(app, prefecture, envelopeId)).toEqual(body);
  expect((await ledgerOf(app, envelopeId)).at(-1)).toBe('decrease 700000');
  const [last] = (await auditOf(app, envelopeId)).slice(-1);
  expect(last).toMatchObject({ act: 'envelope.closed', actorId: prefecture.id, after: { reason: 'Fin de gestion' } });
});

test('an envelope all granted is closed without a movement', async () => {
  await act(envelopeId, 'decrease', { aeCents: 1_000_000, cpCents: 1_000_000, reason: 'Gel' });
  expect((await close(envelopeId)).status).toBe(200);
  expect(await ledgerOf(app, envelopeId)).toEqual(['open 1000000', 'decrease 1000000']);
});

describe('refused', () => {
  test('while lines are proposed on it: how many, how much', async () => {
    await aProposedLine(app, { envelopeId, amountCents: 300_000 });
    const { status, body } = await close(envelopeId);
    expect([status, body.code]).toEqual([409, 'ENVELOPE_STILL_RESERVED']);
    expect(body.detail).toMatch(/Une ligne proposée y retient encore 3\s000,00\s€/);
  });

  test('while a part of it is open; a part gives back to it what it has left', async () => {
    const childId = await aSubEnvelope(app, prefecture, envelopeId, { amountCents: 400_000 });
    expect((await close(envelopeId)).body.code).toBe('SUB_ENVELOPES_STILL_OPEN');
    expect((await close(childId, { carryOverCents: 1, carryOverReference: 'Décision 1' })).body.code).toBe('CARRY_OVER_BY_PARENT');
    expect((await close(childId)).body).toMatchObject({ ceilingAeCents: 0, closedAt: expect.any(String) });
    expect(await ledgerOf(app, envelopeId)).toEqual(['open 1000000', 'delegate 400000', 'take-back 400000']);
    expect((await act(childId, 'delegate', { amountCents: 1 })).body.code).toBe('ENVELOPE_CLOSED');
    expect((await act(envelopeId, 'sub-envelopes', { sectorCode: 'NE', amountCents: 1 })).body.code).toBe('ENVELOPE_CLOSED');
    expect((await close(envelopeId)).status).toBe(200);
    expect((await ledgerOf(app, envelopeId)).at(-1)).toBe('decrease 1000000');
  });

  test('without a reason, a version, the right, or twice', async () => {
    expect((await act(envelopeId, 'close', {})).status).toBe(400);
    expect((await close(envelopeId, {}, prefecture, null)).status).toBe(428);
    expect((await close(envelopeId, {}, prefecture, 9)).status).toBe(412);
    expect((await close(envelopeId, {}, await aDelegate(app))).status).toBe(403);
    expect((await close(envelopeId, {}, await aPrefecture(app, '91'))).status).toBe(404);
    expect((await close(envelopeId)).status).toBe(200);
    expect((await close(envelopeId)).body.code).toBe('ENVELOPE_CLOSED');
  });
});

describe('carry-over', () => {
  const asked = { carryOverCents: 250_000, carryOverReference: 'Décision 2028-7' };

  test('into the same envelope of the next year, in the same transaction, each naming the other and the decision', async () => {
    await anApprovedLine();
    const next = await nextYear();
    expect((await close(envelopeId, asked)).status).toBe(200);
    expect(await envelopeBody(app, prefecture, next)).toMatchObject({ ceilingAeCents: 350_000, ceilingCpCents: 350_000, version: 2 });
    for (const [id, other, kind, cents] of [
      [envelopeId, next, 'decrease', 700_000],
      [next, envelopeId, 'increase', 250_000],
    ]) {
      const { body } = await app.http.get(`/v1/envelopes/${id}/movements`).set(prefecture.auth).expect(200);
      expect(body.data.at(-1)).toMatchObject({ kind, aeCents: cents, counterpartEnvelopeId: other, reference: 'Décision 2028-7' });
    }
    expect((await auditOf(app, next)).at(-1)).toMatchObject({ act: 'envelope.carried-over', after: { reference: 'Décision 2028-7' } });
  });

  test.each([
    ['CARRY_OVER_REFERENCE_REQUIRED', 422, { carryOverCents: 1 }],
    ['CARRY_OVER_ABOVE_LAPSED', 409, { carryOverCents: 1_000_001, carryOverReference: 'Décision 1' }],
    ['VALIDATION_FAILED', 400, { carryOverCents: -1, carryOverReference: 'Décision 1' }],
  ])('refused with %s', async (code, status, more) => {
    await nextYear();
    const answer = await close(envelopeId, more);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(await envelopeBody(app, prefecture, envelopeId)).toMatchObject({ closedAt: null, version: 1 });
  });

  test('nowhere to go: no such envelope next year, or one that is closed too', async () => {
    expect((await close(envelopeId, asked)).body.code).toBe('NOTHING_TO_CARRY_OVER_INTO');
    const next = await nextYear();
    expect((await close(next)).status).toBe(200);
    expect((await close(envelopeId, asked)).body.code).toBe('NOTHING_TO_CARRY_OVER_INTO');
  });
});

describe('once closed', () => {
  test('nothing is opened, increased, delegated or proposed on it', async () => {
    expect((await close(envelopeId)).status).toBe(200);
    const more = { aeCents: 1, cpCents: 1, reason: 'Autre' };
    const again = { funderId: await funderId(app, 'P147-94'), programme, year: lineYear(app), ceilingAeCents: 1, ceilingCpCents: 1 };
    const line = await aSubmittedLine(app);
    const answers = [
      await act(envelopeId, 'increase', more),
      await act(envelopeId, 'decrease', more),
      await act(envelopeId, 'sub-envelopes', { sectorCode: 'NE', amountCents: 1 }),
      await app.http.post('/v1/envelopes').set(prefecture.auth).send(again),
      await decide(app, await aDelegate(app), line.id, 'propose', { amountCents: 1, envelopeId }),
    ];
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual(answers.map(() => [409, 'ENVELOPE_CLOSED']));
  });

  test('what was granted is paid, and what is given up lapses with the rest', async () => {
    const [paid, given] = [await anApprovedLine(), await anApprovedLine()];
    expect((await close(envelopeId)).status).toBe(200);
    // As an act told, signed and notified would leave it.
    await app.query(`UPDATE funding_lines SET state = 'notified', announced_at = now(), notified_at = now() WHERE id = $1`, [paid]);
    await move(paid, (line) => pay(line, cents(100_000)));
    const released = await decide(app, prefecture, given, 'release', { reason: 'Erreur de saisie' });
    expect(released.status).toBe(200);
    expect(await envelopeBody(app, prefecture, envelopeId)).toMatchObject({
      ceilingAeCents: 300_000,
      ceilingCpCents: 300_000,
      committedCents: 300_000,
      paidCents: 100_000,
      availableCents: 0,
    });
    expect((await ledgerOf(app, envelopeId)).slice(-4)).toEqual(['decrease 400000', 'pay 100000', 'decommit 300000', 'decrease 300000']);
    await move(paid, (line) => declareNotCarriedOut(line, 'Association dissoute'));
  });

  test('the database itself lets nothing else pass', async () => {
    await anApprovedLine();
    expect((await close(envelopeId)).status).toBe(200);
    for (const change of [
      'reserved_cents = 1',
      'ceiling_ae_cents = ceiling_ae_cents + 1, ceiling_cp_cents = ceiling_cp_cents + 1',
      'committed_cents = committed_cents + 1, ceiling_ae_cents = ceiling_ae_cents + 1, ceiling_cp_cents = ceiling_cp_cents + 1',
      'committed_cents = committed_cents - 1',
      'closed_at = NULL',
    ]) {
      await expect(app.query(`UPDATE envelopes SET ${change} WHERE id = $1`, [envelopeId])).rejects.toMatchObject({ code: '23514' });
    }
  });
});
