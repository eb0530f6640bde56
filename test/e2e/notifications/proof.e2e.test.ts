import { anActMaker, anAnnouncedLine, aPreparedAct, onAct, signature } from '../../builders/acts.js';
import { anOrganisation } from '../../builders/organisations.js';
import { aPerson, GRANTS, type Person } from '../../builders/people.js';
import { aCallRow, aDossierRow, aLineRow, anActionRow } from '../../builders/rows.js';
import { startApp, type TestApp } from '../../setup/app.js';
import { settled, tell } from './mail-room.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ works: true });
});
afterAll(() => app.close());

async function kindsOf(dossierId: string, by: Person): Promise<string[]> {
  await settled(app);
  const { body } = await app.http.get(`/v1/dossiers/${dossierId}/deliveries?limit=100&count=true`).set(by.auth).expect(200);
  const { data, page } = body as { data: { kind: string; state: string }[]; page: { total: number } };
  expect(page.total).toBe(data.length);
  expect(new Set(data.map(({ state }) => state))).toEqual(new Set(data.length === 0 ? [] : ['sent']));
  return [...new Set(data.map(({ kind }) => kind))].sort();
}

test('a dossier’s proofs hold its results, not those of another of the same announcement, nor what was said of its draft', async () => {
  const [editor, instructor] = [await aPerson(app), await aPerson(app, { grants: [GRANTS.instructorOf('94041')] })];
  const { id: organisationId } = await anOrganisation(app, { members: [{ person: editor, roles: ['editor', 'signatory'] }] });
  const callId = await aCallRow(app);
  const over = { state: 'admissible', submittedBy: editor.id, communes: ['94041'] };
  const [told, untold] = [
    await aDossierRow(app, { callId, organisationId }, over),
    await aDossierRow(app, { callId, organisationId }, over),
  ];
  const line = await aLineRow(app, await anActionRow(app, told.id, 1, 'Théâtre'), {
    funder: 'CD94',
    state: 'announced',
    grantedCents: 100_000,
    announced: true,
  });
  await tell(app, 'results.announced.v1', { callId, organisationId, lineIds: [line] });
  await tell(app, 'dossier.submitted.v1', { dossierId: untold.id });
  const draft = await tell(app, 'dossier.attestation-requested.v1', { dossierId: untold.id });
  await settled(app);
  const before = await app.query(`UPDATE deliveries SET created_at = created_at - interval '1 day' WHERE event_id = $1 RETURNING 1`, [
    draft,
  ]);
  expect(before).toHaveLength(1);
  expect(await kindsOf(told.id, instructor)).toEqual(['results']);
  expect(await kindsOf(untold.id, instructor)).toEqual(['receipt']);
});

test('an act’s notification is among the proofs of the dossier that it is about', async () => {
  const prefecture = await anActMaker(app);
  const line = await anAnnouncedLine(app, { grantedCents: 1_234_500 });
  const act = await aPreparedAct(app, prefecture, line);
  await onAct(app, prefecture, act.id, 'sign', signature(app));
  await onAct(app, prefecture, act.id, 'notify');
  await settled(app);
  expect(await kindsOf(line.dossier.id, prefecture)).toEqual(['act-notified', 'receipt']);
});
