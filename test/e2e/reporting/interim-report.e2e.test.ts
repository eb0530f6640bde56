import { KeepCpos } from '../../../src/modules/agreements/index.js';
import { ledgerFaults } from '../../../src/modules/funding/index.js';
import { REPORT_INVARIANTS } from '../../../src/modules/reporting/index.js';
import { actOnCpo, again, aSignedCpo, cpoFaults, done } from '../../builders/cpos.js';
import { aPrefecture } from '../../builders/funding.js';
import { aSubmittedReport, review, type GrantedAction } from '../../builders/reporting.js';
import { auditOf } from '../../builders/traces.js';
import { startApp, type TestApp } from '../../setup/app.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
beforeEach(async () => {
  await app.reset();
});
afterEach(async () => {
  expect([await ledgerFaults(app.query), await cpoFaults(app)]).toEqual([[], []]);
  for (const { name, faults } of REPORT_INVARIANTS) expect([name, await app.query(faults)]).toEqual([name, []]);
});
afterAll(() => app.close());

/** A CPO in the November of its first year, whose first line is notified. */
async function running() {
  const signed = await aSignedCpo(app, { laterCeilings: [400_000] });
  const { dossier } = signed;
  const [first = 0, second = 0] = dossier.years;
  const [line = ''] = dossier.lineIds;
  await app.query(`UPDATE funding_lines SET state = 'notified', announced_at = now(), notified_at = now() WHERE id = $1`, [line]);
  app.clock.set(`${first}-11-05T09:00:00Z`);
  await app.app.get(KeepCpos).execute();
  const action: GrantedAction = {
    ...dossier,
    ...{ editor: await again(app, dossier.editor), signatory: await again(app, dossier.signatory) },
    ...{ line: { 'P147-94': line }, envelopes: {} },
  };
  const prefecture = await aPrefecture(app);
  const confirm = async () => {
    const { status, body } = await actOnCpo(app, prefecture, signed.cpo.id, `tranches/${second}/confirm`);
    return [status, (body as { code?: string }).code];
  };
  return { cpoId: signed.cpo.id, action, first, second, line, prefecture, confirm };
}

test('the accepted interim report of the first year opens the second', async () => {
  const { cpoId, action, first, second, line, prefecture, confirm } = await running();
  expect(await confirm()).toEqual([409, 'TRANCHE_NOT_OPEN']);
  const report = await aSubmittedReport(app, action, { kind: 'interim', year: first });
  expect(await confirm()).toEqual([409, 'TRANCHE_NOT_OPEN']);
  await review(app, prefecture, report, line);
  expect((await auditOf(app, action.actionId)).at(-1)).toMatchObject({
    act: 'cpo.interim-report-accepted',
    actorId: prefecture.id,
    after: { actionId: action.actionId, year: first, reportId: report.id },
  });
  const confirmed = await done(actOnCpo(app, prefecture, cpoId, `tranches/${second}/confirm`));
  expect(confirmed.tranches[1]).toMatchObject({ state: 'confirmed', open: true, committedCents: 300_000 });
});

test('neither an interim report to amend nor a final one opens anything', async () => {
  const { action, first, line, prefecture, confirm } = await running();
  const report = await aSubmittedReport(app, action, { kind: 'interim', year: first });
  const { version } = await review(app, prefecture, report, line, 'ask-amendment', 'Les lieux manquent');
  expect(await confirm()).toEqual([409, 'TRANCHE_NOT_OPEN']);
  await app.query(`UPDATE reports SET kind = 'final', state = 'submitted' WHERE id = $1`, [report.id]);
  await app.query(`UPDATE funding_lines SET state = 'report-submitted' WHERE id = $1`, [line]);
  expect(await review(app, prefecture, { ...report, version }, line)).toMatchObject({ status: 'accepted' });
  expect(await confirm()).toEqual([409, 'TRANCHE_NOT_OPEN']);
});
