import { actsOf, anActMaker, anAnnouncedLine, askActs, onAct, signature } from '../../builders/acts.js';
import { actOnCpo, aNegotiatedCpo } from '../../builders/cpos.js';
import { aPerson, GRANTS, type Person } from '../../builders/people.js';
import { startApp, type TestApp } from '../../setup/app.js';
import { eventsOf, settled, textsTo, toldAbout } from './mail-room.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ works: true });
});
afterAll(() => app.close());

/** Two decisions of one call, of two organisations, and the people around them. */
async function decisions() {
  const prefecture = await anActMaker(app);
  const first = await anAnnouncedLine(app, { grantedCents: 1_000_000 });
  const second = await anAnnouncedLine(app, { call: first.dossier.call, grantedCents: 250_000 });
  const recused = await anActMaker(app);
  await app.query(`INSERT INTO recusals (id, user_id, organisation_id, reason) VALUES (gen_random_uuid(), $1, $2, 'Trésorière')`, [
    recused.id,
    first.dossier.organisationId,
  ]);
  const others = [
    await aPerson(app, { grants: [GRANTS.prefectureOf('91')] }),
    await aPerson(app, { grants: [GRANTS.delegateOfDepartment('94'), GRANTS.coordinator(), GRANTS.auditor()] }),
    await aPerson(app, { grants: [GRANTS.partnerOf('CD94')] }),
  ];
  return { prefecture, recused, others, first, second, callId: first.dossier.call.id };
}

async function prepared(by: Person, callId: string): Promise<void> {
  expect((await askActs(app, by, callId)).status).toBe(202);
  await settled(app);
}

test('all that was prepared is one message to each who may sign it, and nothing to anybody else', async () => {
  const { prefecture, recused, others, first, second, callId } = await decisions();
  await prepared(prefecture, callId);
  const told = await toldAbout(app, 'acts.prepared.v1', 'callId', callId);
  expect(told).toMatchObject({ [prefecture.email]: 'acts-to-sign', [recused.email]: 'acts-to-sign' });
  for (const { email } of [...others, first.dossier.editor, first.dossier.signatory, second.dossier.signatory])
    expect(told).not.toHaveProperty([email]);

  const acts = await actsOf(app, prefecture, { callId });
  expect(acts).toHaveLength(2);
  const [text, ...more] = await textsTo(app, prefecture, 'acts-to-sign');
  expect(more).toEqual([]);
  for (const { number } of acts) expect(text).toContain(number);
  expect(text).toContain('Actes à signer : 2');
  expect(text).toContain('Montant total : 12 500,00 €');
  // Of the organisation that they may not judge, not even a number.
  const [hidden] = acts.filter(({ organisationId }) => organisationId === first.dossier.organisationId);
  const [narrow] = await textsTo(app, recused, 'acts-to-sign');
  expect(narrow).toContain('Un acte est préparé');
  expect(narrow).not.toContain(hidden?.number);
  expect(narrow).toContain('Montant total : 2 500,00 €');

  // Asked again, there is nothing left to prepare: nobody is told twice.
  await prepared(prefecture, callId);
  expect(await eventsOf(app, 'acts.prepared.v1', 'callId', callId)).toHaveLength(1);
});

test('an amendment is to be signed too; that an act is signed is told to nobody before it is notified', async () => {
  const { prefecture, second, callId } = await decisions();
  await prepared(prefecture, callId);
  const [act] = (await actsOf(app, prefecture, { callId })).filter(
    ({ organisationId }) => organisationId === second.dossier.organisationId,
  );
  const id = act?.id ?? '';
  await onAct(app, prefecture, id, 'sign', signature(app));
  await settled(app);
  expect(await app.query(`SELECT kind FROM deliveries WHERE user_id = $1 AND kind LIKE 'act%'`, [second.dossier.editor.id])).toEqual([]);
  await onAct(app, prefecture, id, 'notify');
  const lines = [{ lineId: second.id, amountCents: 200_000 }];
  expect((await onAct(app, prefecture, id, 'amendments', { lines, reason: 'Moins de séances' })).status).toBe(201);
  await settled(app);
  const texts = await textsTo(app, prefecture, 'acts-to-sign');
  expect(texts).toHaveLength(2);
  expect(texts[1]).toContain('acte modificatif');
});

test('a multi-year agreement put on paper is to be signed too', async () => {
  const { id, dossier, prefecture } = await aNegotiatedCpo(app);
  await app.query(`UPDATE funding_lines SET state = 'announced', announced_at = now() WHERE id = $1`, [dossier.lineIds[0]]);
  expect((await actOnCpo(app, prefecture, id, 'prepare-act')).status).toBe(201);
  expect(await toldAbout(app, 'acts.prepared.v1', 'callId', dossier.call.id)).toMatchObject({ [prefecture.email]: 'acts-to-sign' });
  expect((await textsTo(app, prefecture, 'acts-to-sign'))[0]).toContain('convention pluriannuelle d’objectifs à ');
});
