import { anOrganisation } from '../../builders/organisations.js';
import { aPerson } from '../../builders/people.js';
import { aCallRow, aDossierRow, aLineRow, anActionRow } from '../../builders/rows.js';
import { startApp, type TestApp } from '../../setup/app.js';
import { keptOf, plain, settled, tell, toldOf } from './mail-room.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ works: true });
});
afterAll(() => app.close());

async function aFiledDossier() {
  const [editor, administrator] = [await aPerson(app), await aPerson(app)];
  const organisation = await anOrganisation(app, {
    members: [
      { person: editor, roles: ['editor'] },
      { person: administrator, roles: ['administrator'] },
    ],
  });
  const callId = await aCallRow(app, { title: 'Appel 2027' });
  const of = { callId, organisationId: organisation.id };
  const dossier = await aDossierRow(app, of, { state: 'admissible', submittedBy: editor.id });
  return { editor, administrator, organisation, of, dossier, callId };
}

test('every active member gets one message with all the lines of the announcement, and nothing of the others', async () => {
  const { editor, administrator, organisation, of, dossier, callId } = await aFiledDossier();
  await aPerson(app);
  const theatre = await anActionRow(app, dossier.id, 1, 'Théâtre au port');
  const reading = await anActionRow(app, dossier.id, 2, 'Lectures');
  const announced = [
    await aLineRow(app, theatre, { funder: 'P147-94', state: 'announced', grantedCents: 500_050, announced: true }),
    await aLineRow(app, reading, { funder: 'CD94', state: 'refusal-announced', reason: 'Crédits épuisés', announced: true }),
  ];
  // Decided but not announced, undecided, withdrawn, and in a draft: the first two count alike, the others not at all.
  await aLineRow(app, theatre, { funder: 'CAF94', state: 'approved', grantedCents: 123_400 });
  await aLineRow(app, reading, { funder: 'EPT', state: 'refused', reason: 'Motif encore secret' });
  await aLineRow(app, reading, { funder: 'P147-94', state: 'taken-up' });
  await aLineRow(app, reading, { funder: 'CAF94', state: 'withdrawn' });
  const draft = await aDossierRow(app, of, { state: 'draft' });
  await aLineRow(app, await anActionRow(app, draft.id, 1, 'Brouillon secret'), { funder: 'EPT' });

  const eventId = await tell(app, 'results.announced.v1', { callId, organisationId: organisation.id, lineIds: announced });
  await settled(app);
  expect((await toldOf(app, eventId)).map(({ email, kind }) => [email, kind])).toEqual(
    [editor, administrator].map(({ email }) => [email, 'results']).sort(),
  );
  for (const mail of await keptOf(app, eventId)) {
    const text = plain(mail.text);
    expect(text).toContain('Total accordé : 5 000,50 €');
    expect(text).toMatch(/accordé, 5 000,50 € \(demandé : 8 000,00 €\)/);
    expect(text).toMatch(/refusé \(demandé : 8 000,00 €\)\. Motif : Crédits épuisés/);
    expect(text).toContain('Demandes encore sans décision : 3');
    expect(text).not.toMatch(/secret|1 234,00/);
    expect(text.indexOf('Théâtre au port')).toBeLessThan(text.indexOf('Lectures'));
  }
});

test('a second announcement tells its own lines only', async () => {
  const { organisation, dossier, callId } = await aFiledDossier();
  const action = await anActionRow(app, dossier.id, 1, 'Théâtre');
  const first = await aLineRow(app, action, { funder: 'P147-94', state: 'announced', grantedCents: 111_100, announced: true });
  const second = await aLineRow(app, action, { funder: 'CD94', state: 'announced', grantedCents: 222_200, announced: true });
  const lineIds = [[first], [second]];
  const events = await Promise.all(
    lineIds.map((ids) => tell(app, 'results.announced.v1', { callId, organisationId: organisation.id, lineIds: ids })),
  );
  await settled(app);
  const texts = await Promise.all(events.map(async (id) => (await keptOf(app, id)).map(({ text }) => plain(text)).join()));
  expect(texts[0]).toContain('1 111,00 €');
  expect(texts[0]).not.toContain('2 222,00 €');
  expect(texts[1]).toContain('2 222,00 €');
  expect(texts[1]).not.toContain('1 111,00 €');
});

test('a line that is not announced is never told, even when an event names it', async () => {
  const { organisation, dossier, callId } = await aFiledDossier();
  const action = await anActionRow(app, dossier.id, 1, 'Théâtre');
  const hidden = await aLineRow(app, action, { funder: 'P147-94', state: 'approved', grantedCents: 333_300 });
  const eventId = await tell(app, 'results.announced.v1', { callId, organisationId: organisation.id, lineIds: [hidden] });
  await settled(app);
  expect((await toldOf(app, eventId)).map(({ state }) => state)).toEqual(['cancelled', 'cancelled']);
  expect(await keptOf(app, eventId)).toEqual([]);
});
