import fc from 'fast-check';
import { AnnounceResults } from '../../../src/modules/programming/use-cases/announce-results.js';
import { PrepareActs } from '../../../src/modules/agreements/use-cases/prepare-acts.js';
import { MONEY_INVARIANTS } from '../../../src/money-invariants.js';
import { checkInvariants } from '../../../src/platform/database/invariants.js';
import { aCoordinator } from '../../builders/calls.js';
import { anOpenCall } from '../../builders/dossiers.js';
import { aFiledDossier } from '../../builders/filed-dossier.js';
import { aDelegate, anEnvelope, aPrefecture, countersOf, funderId, lineRow } from '../../builders/funding.js';
import { startApp, type TestApp } from '../../setup/app.js';
import { DECISIONS, type MoneyWorld } from './money-commands.js';
import { EXECUTION } from './money-execution.js';
import type { MoneyModel } from './money-model.js';

const RUNS = 20;
const REQUESTED = 1_000;
const CEILINGS = [2_500, 1_200, 600];

let app: TestApp;
let staff: MoneyWorld['staff'];
let coordinator: MoneyWorld['coordinator'];
beforeAll(async () => {
  app = await startApp();
  staff = [await aDelegate(app), await aPrefecture(app), await aPrefecture(app)];
  coordinator = await aCoordinator(app);
});
afterAll(() => app.close());

/** A new call, eight organisations with a line each, and three envelopes that cannot hold them all. */
async function setUp(): Promise<{ model: MoneyModel; real: MoneyWorld }> {
  const [call, state] = [await anOpenCall(app), await funderId(app, 'P147-94')];
  const asked = { funder: 'P147-94', requestedCents: REQUESTED };
  const lines: MoneyModel['lines'][number][] = [];
  for (let rank = 0; rank < 8; rank++) {
    const { id, lineIds } = await aFiledDossier(app, { callId: call.id, lines: [asked] });
    await app.query(`UPDATE dossiers SET state = 'admissible', admissibility_at = now() WHERE id = $1`, [id]);
    const [lineId = ''] = lineIds;
    lines.push({
      id: lineId,
      requested: REQUESTED,
      state: 'requested',
      proposed: 0,
      proposer: null,
      granted: 0,
      paid: 0,
      envelope: null,
    });
  }
  const envelopes = [];
  for (const ceilingCents of CEILINGS) {
    const id = await anEnvelope(app, { ceilingCents, by: staff[1] });
    envelopes.push({ id, ceiling: ceilingCents, reserved: 0, committed: 0, delegated: 0, paid: 0 });
  }
  const announce = async () => {
    const path = `/v1/calls/${call.id}`;
    const { body } = await app.http.get(path).set(coordinator.auth);
    const { version } = body as { version: number };
    const asking = app.http.post(`${path}/announce-results`).set(coordinator.auth).set('If-Match', `"${version}"`);
    const operation = (await asking.send({}).expect(202)).body as { id: string };
    await app.app.get(AnnounceResults, { strict: false }).execute(operation.id);
  };
  const prepareActs = async () => {
    const asking = app.http.post('/v1/acts/prepare').set(staff[1].auth);
    const operation = (await asking.send({ callId: call.id, funderId: state }).expect(202)).body as { id: string };
    await app.app.get(PrepareActs, { strict: false }).execute(operation.id);
  };
  return { model: { envelopes, lines }, real: { app, callId: call.id, coordinator, staff, announce, prepareActs } };
}

/** The service says of each line and envelope what the model believes, and its ledger explains every counter. */
async function agrees({ lines, envelopes }: MoneyModel): Promise<void> {
  for (const { id, state, granted, envelope } of lines) {
    const row = await lineRow(app, id);
    const held = envelope === null ? null : envelope.id;
    expect([row.state, Number(row.grantedCents ?? 0n), row.envelopeId]).toEqual([state, granted, held]);
  }
  for (const { id, ceiling, reserved, committed } of envelopes) {
    expect(await countersOf(app, id)).toEqual({ ceiling: BigInt(ceiling), reserved: BigInt(reserved), committed: BigInt(committed) });
  }
  expect((await checkInvariants(app.query, MONEY_INVARIANTS)).filter(({ faults }) => faults.length > 0)).toEqual([]);
}

test('whatever people decide, in whatever order, the money is where the model says, to the cent', async () => {
  await fc.assert(
    fc.asyncProperty(fc.commands([...DECISIONS, ...EXECUTION], { maxCommands: 90, size: 'max' }), async (commands) => {
      const { model, real } = await setUp();
      await fc.asyncModelRun(() => ({ model, real }), commands);
      await agrees(model);
    }),
    { numRuns: RUNS, endOnFailure: true },
  );
}, 300_000);
