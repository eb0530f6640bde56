import { ProposeRenewals } from '../../../src/modules/notifications/use-cases/propose-renewals.js';
import { acceptReport, actOnCpo, aSignedCpo, again, done } from '../../builders/cpos.js';
import { aDelegate, aPrefecture } from '../../builders/funding.js';
import { aPerson, GRANTS } from '../../builders/people.js';
import { startApp, type TestApp } from '../../setup/app.js';
import { settled, textsTo, toldAbout } from './mail-room.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ works: true });
});
beforeEach(async () => {
  await app.reset();
});
afterAll(() => app.close());

test('a year to confirm is told to who may confirm it, but for who reserved it and who is recused; confirmed, to the coordination alone', async () => {
  const { id, dossier, delegate, prefecture } = await aSignedCpo(app, { laterCeilings: [10_000_000] });
  const other = await aPrefecture(app);
  const recused = await aPrefecture(app);
  await app.query(`INSERT INTO recusals (id, user_id, organisation_id, reason) VALUES (gen_random_uuid(), $1, $2, 'Bénévole')`, [
    recused.id,
    dossier.organisationId,
  ]);
  const coordinator = await aPerson(app, { grants: [GRANTS.coordinator()] });
  const elsewhere = await aPerson(app, { grants: [GRANTS.prefectureOf('91'), GRANTS.partnerOf('CD94')] });
  const [first = 0, second = 0] = dossier.years;
  await acceptReport(app, dossier.actionId, first);
  const told = await toldAbout(app, 'tranche.opened.v1', 'cpoId', id);
  expect(told).toMatchObject({ [other.email]: 'tranche-to-confirm', [delegate.email]: 'tranche-to-confirm' });
  // The prefecture that signed reserved the later years: other eyes confirm them.
  for (const { email } of [prefecture, recused, coordinator, elsewhere, dossier.editor, dossier.signatory])
    expect(told).not.toHaveProperty([email]);
  const [text] = await textsTo(app, other, 'tranche-to-confirm');
  expect(text).toContain(`Tranche ${second} : 3 000,00 €`);
  expect(text).toContain('Ses crédits sont réservés.');

  await done(actOnCpo(app, other, id, `tranches/${second}/confirm`));
  const coordination = await app.query<{ email: string }>(
    `SELECT u.email::text AS email FROM users u JOIN grants g ON g.user_id = u.id WHERE g.role = 'coordinator'`,
  );
  expect(await toldAbout(app, 'tranche.confirmed.v1', 'cpoId', id)).toEqual(
    Object.fromEntries(coordination.map(({ email }) => [email, 'tranche-to-announce'])),
  );
  expect(await app.query(`SELECT kind FROM deliveries WHERE user_id = $1 AND kind LIKE 'tranche%'`, [dossier.editor.id])).toEqual([]);
  await done(actOnCpo(app, coordinator, id, `tranches/${second}/announce`));
  await settled(app);
  expect(await textsTo(app, dossier.editor, 'results')).toHaveLength(1);
});

test('a renewal is proposed once, from July of the last year on, to both sides', async () => {
  const { dossier, prefecture } = await aSignedCpo(app);
  const last = dossier.years.at(-1) ?? 0;
  const stranger = await aDelegate(app);
  await app.query('UPDATE grants SET revoked_at = now() WHERE user_id = $1', [stranger.id]);
  const run = async (instant: string): Promise<number> => {
    app.clock.freeze(instant);
    const queued = await app.app.get(ProposeRenewals).execute();
    await settled(app);
    return queued;
  };
  expect(await run(`${last}-06-30T20:00:00Z`)).toBe(0);
  expect(await run(`${last}-07-01T09:00:00Z`)).toBeGreaterThanOrEqual(3);
  expect(await run(`${last}-07-02T09:00:00Z`)).toBe(0);
  const editor = await again(app, dossier.editor);
  for (const person of [editor, dossier.signatory, prefecture]) expect(await textsTo(app, person, 'cpo-renewal')).toHaveLength(1);
  expect(await textsTo(app, stranger, 'cpo-renewal')).toEqual([]);
  expect((await textsTo(app, editor, 'cpo-renewal'))[0]).toContain('rien n’en est décidé');
});
