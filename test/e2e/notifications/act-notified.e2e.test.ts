import { anActMaker, anAnnouncedLine, aPreparedAct, onAct, signature } from '../../builders/acts.js';
import { startApp, type TestApp } from '../../setup/app.js';
import { keptOf, plain, settled, toldOf } from './mail-room.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ works: true });
});
afterAll(() => app.close());

test('its people get one message each about a notified act, with where to read it, and none before', async () => {
  const prefecture = await anActMaker(app);
  const line = await anAnnouncedLine(app, { grantedCents: 1_234_500 });
  const act = await aPreparedAct(app, prefecture, line);
  await onAct(app, prefecture, act.id, 'sign', signature(app));
  const events = () =>
    app.query<{ id: string }>(`SELECT id FROM outbox WHERE type = 'act.notified.v1' AND payload ->> 'actId' = $1`, [act.id]);
  expect(await events()).toEqual([]);
  await onAct(app, prefecture, act.id, 'notify');
  await settled(app);
  const [event] = await events();
  const eventId = event?.id ?? '';
  const { editor, signatory } = line.dossier;
  expect((await toldOf(app, eventId)).map(({ email, kind, state }) => [email, kind, state])).toEqual(
    [editor, signatory].map(({ email }) => [email, 'act-notified', 'sent']).sort(),
  );
  for (const mail of await keptOf(app, eventId)) {
    const text = plain(mail.text);
    expect(text).toContain(`${act.number} (décision attributive)`);
    expect(text).toContain('Montant : 12 345,00 €');
    expect(text).toContain(`http://bievre.test/v1/acts/${act.id}`);
  }
  const { body } = await app.http.get('/v1/me/notifications').set(editor.auth).expect(200);
  expect((body as { data: object[] }).data).toContainEqual(
    expect.objectContaining({ kind: 'act-notified', object: { type: 'act', id: act.id } }),
  );
});
