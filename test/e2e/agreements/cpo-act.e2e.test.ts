import { newId } from '../../../src/kernel/id.js';
import { cents } from '../../../src/kernel/money.js';
import { CpoActs } from '../../../src/modules/agreements/index.js';
import { Funders } from '../../../src/modules/funding/index.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { actFaults, anActMaker, anAnnouncedLine, onAct, signature, today, type ActBody } from '../../builders/acts.js';
import { lineRow } from '../../builders/funding.js';
import { startApp, type TestApp } from '../../setup/app.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

test('one act for all the tranches; only the first, announced, moves with it', async () => {
  const prefecture = await anActMaker(app);
  const line = await anAnnouncedLine(app, { grantedCents: 1_000_000 });
  const later = [line.year + 1, line.year + 2].map((year) => ({ id: newId(), year }));
  for (const { id, year } of later) {
    await app.query(
      `INSERT INTO funding_lines (id, action_id, dossier_id, call_id, organisation_id, funder_id, year, requested_cents)
       SELECT $2, action_id, dossier_id, call_id, organisation_id, funder_id, $3, 1000000 FROM funding_lines WHERE id = $1`,
      [line.id, id, year],
    );
  }
  const [funder] = await app.app.get(Funders, { strict: false }).byCodes(app.query, ['P147-94']);
  if (!funder) throw new Error('no funder');
  const actor = { id: prefecture.id, kind: 'user', grants: [], recusedFrom: new Set<string>() } as const;
  const act = await app.app.get(UnitOfWork).run(actor, (tx) =>
    app.app.get(CpoActs, { strict: false }).prepare(tx, actor, {
      ...{ callId: line.callId, callTitle: 'Appel', funder, organisationId: line.dossier.organisationId },
      tranches: [line.id, ...later.map(({ id }) => id)].map((lineId) => ({ lineId, amountCents: cents(1_000_000) })),
    }),
  );
  const read = async () => (await app.http.get(`/v1/acts/${act.id}`).set(prefecture.auth).expect(200)).body as ActBody;
  expect(await read()).toMatchObject({ kind: 'cpo', state: 'prepared', amountCents: 3_000_000, isBilateral: true, year: line.year });
  await app.http.get(`/v1/acts/${act.id}/document`).set(prefecture.auth).expect(200);
  const states = () => Promise.all([line.id, ...later.map(({ id }) => id)].map(async (id) => (await lineRow(app, id)).state));
  expect(await states()).toEqual(['act-generated', 'requested', 'requested']);
  expect((await onAct(app, prefecture, act.id, 'sign', signature(app))).status).toBe(200);
  expect((await onAct(app, prefecture, act.id, 'notify')).body).toMatchObject({ code: 'BENEFICIARY_SIGNATURE_MISSING' });
  expect((await onAct(app, prefecture, act.id, 'notify', { beneficiarySignedOn: today(app) })).status).toBe(200);
  expect(await states()).toEqual(['notified', 'requested', 'requested']);
  expect(await actFaults(app)).toEqual([]);
});
