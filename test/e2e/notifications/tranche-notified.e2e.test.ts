import { actsOf, onAct, prepareActs, signature, today } from '../../builders/acts.js';
import { acceptReport, actOnCpo, aSignedCpo, done } from '../../builders/cpos.js';
import { aPrefecture } from '../../builders/funding.js';
import { startApp, type TestApp } from '../../setup/app.js';
import { keptOf, plain, settled, toldOf } from './mail-room.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ works: true });
});
afterAll(() => app.close());

test('a later year of a CPO is notified by a message of its own: which year, how much, after which report', async () => {
  const { cpo, dossier } = await aSignedCpo(app, { laterCeilings: [400_000] });
  const [first = 0, second = 0] = dossier.years;
  await acceptReport(app, dossier.actionId, first);
  const other = await aPrefecture(app);
  await done(actOnCpo(app, other, cpo.id, `tranches/${second}/confirm`));
  await done(actOnCpo(app, other, cpo.id, `tranches/${second}/announce`));
  await prepareActs(app, other, dossier.call.id);
  const [act] = await actsOf(app, other, { organisationId: dossier.organisationId, state: 'prepared' });
  if (!act) throw new Error('no act was prepared');
  expect((await onAct(app, other, act.id, 'sign', signature(app))).status).toBe(200);
  expect((await onAct(app, other, act.id, 'notify')).status).toBe(200);
  await settled(app);
  const [event] = await app.query<{ id: string }>(`SELECT id FROM outbox WHERE type = 'act.notified.v1' AND payload ->> 'actId' = $1`, [
    act.id,
  ]);
  const eventId = event?.id ?? '';
  const { editor, signatory } = dossier;
  expect((await toldOf(app, eventId)).map(({ email, kind, state }) => [email, kind, state])).toEqual(
    [editor, signatory].map(({ email }) => [email, 'tranche-notified', 'sent']).sort(),
  );
  const mails = await keptOf(app, eventId);
  expect(mails).toHaveLength(2);
  for (const mail of mails) {
    const text = plain(mail.text);
    expect(mail.subject).toBe(`Notification de la tranche ${second} de votre convention pluriannuelle (acte ${act.number})`);
    expect(text).toContain(`tranche 2 sur 3 (année ${second}) de la convention CPO 2027-012, 3 000,00 €.`);
    expect(text).toMatch(new RegExp(`Le bilan ${first} a été accepté le \\d{1,2}(er)? \\p{L}+ ${today(app).slice(0, 4)}\\.`, 'u'));
    expect(text).toContain(`Son acceptation ouvrira la tranche ${second + 1}`);
    expect(text).toContain(`http://bievre.test/v1/acts/${act.id}`);
  }
  const { body } = await app.http.get('/v1/me/notifications').set(editor.auth).expect(200);
  expect((body as { data: object[] }).data).toContainEqual(
    expect.objectContaining({ kind: 'tranche-notified', object: { type: 'act', id: act.id } }),
  );
});
