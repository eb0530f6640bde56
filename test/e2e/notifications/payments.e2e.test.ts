import { newId } from '../../../src/kernel/id.js';
import {
  actOnImport,
  aLineWithEj,
  anExtraction,
  aPreviewedImport,
  chorusCells,
  readImport,
  type PayableLine,
} from '../../builders/chorus.js';
import { aPrefecture } from '../../builders/funding.js';
import { aNotifiedLine, cancelRequest, confirmPayment, lineRow, requestPayment, reversePayment, today } from '../../builders/payments.js';
import { aPerson, type Person } from '../../builders/people.js';
import { startApp, type TestApp } from '../../setup/app.js';
import { waitFor } from '../../setup/wait-for.js';
import { eventsOf, settled, tell, textsTo, toldAbout, toldOf } from './mail-room.js';

let app: TestApp;
let prefecture: Person;
beforeAll(async () => {
  app = await startApp({ works: true });
  prefecture = await aPrefecture(app);
});
afterAll(() => app.close());

const team = ({ dossier }: PayableLine | Awaited<ReturnType<typeof aNotifiedLine>>, kind: string): Record<string, string> =>
  Object.fromEntries([dossier.editor, dossier.signatory].map(({ email }) => [email, kind]));

test('a payment that is asked for is announced to its organisation, and to no other', async () => {
  const line = await aNotifiedLine(app, { prefecture });
  const other = await aNotifiedLine(app, { prefecture });
  const { body } = await app.http
    .post(`/v1/funding-lines/${line.id}/payment-requests`)
    .set(prefecture.auth)
    .send({ amountCents: 120_000 })
    .expect(201);
  expect(await toldAbout(app, 'payment.requested.v1', 'requestId', (body as { id: string }).id)).toEqual(team(line, 'payment-announced'));
  const [text] = await textsTo(app, line.dossier.editor, 'payment-announced');
  expect(text).toContain('Montant : 1 200,00 €');
  expect(text).toContain('L’argent n’est pas encore versé');
  expect(text).toContain(`http://bievre.test/v1/funding-lines/${line.id}/payments`);
  expect(await textsTo(app, other.dossier.editor, 'payment-announced')).toEqual([]);
});

test('a request that is cancelled is told to those it had been announced to, once, without its reason', async () => {
  const line = await aNotifiedLine(app, { prefecture });
  const { id } = await requestPayment(app, prefecture, line.id, 120_000);
  await settled(app);
  // Who joined since was told of nothing.
  const newcomer = await aPerson(app);
  await app.query(
    `INSERT INTO memberships (id, organisation_id, user_id, state, is_editor) VALUES (gen_random_uuid(), $1, $2, 'active', true)`,
    [line.dossier.organisationId, newcomer.id],
  );
  const other = await requestPayment(app, prefecture, line.id, 10_000);
  const { version } = await lineRow(app, line.id);
  expect((await cancelRequest(app, prefecture, id, version, 'Voir avec le voisin')).status).toBe(200);
  expect(await toldAbout(app, 'payment.request-cancelled.v1', 'requestId', id)).toEqual(team(line, 'payment-cancelled'));
  const [text] = await textsTo(app, line.dossier.editor, 'payment-cancelled');
  expect(text).toContain('Montant : 1 200,00 €');
  expect(text).toContain('elle ne sera pas payée');
  expect(text).not.toContain('voisin');
  expect(await eventsOf(app, 'payment.request-cancelled.v1', 'requestId', other.id)).toEqual([]);
});

test('who refuses mails and keeps their inbox is told there of the cancellation too', async () => {
  const line = await aNotifiedLine(app, { prefecture });
  // Its receipt is told once it is drawn, which may be later than what follows here.
  await settled(app);
  const { auth } = line.dossier.editor;
  const body = { kinds: ['payment-announced', 'payment-cancelled'].map((kind) => ({ kind, mail: 'off', inbox: 'immediate' })) };
  await app.http
    .put('/v1/me/notification-preferences')
    .set(auth)
    .set('If-Match', '"0"')
    .send({ timeZone: 'Europe/Paris', ...body })
    .expect(200);
  const { id } = await requestPayment(app, prefecture, line.id, 120_000);
  await settled(app);
  await cancelRequest(app, prefecture, id, (await lineRow(app, line.id)).version);
  await settled(app);
  const rows = await app.query<{ kind: string }>('SELECT kind FROM inbox_messages WHERE user_id = $1 ORDER BY rank DESC LIMIT 2', [
    line.dossier.editor.id,
  ]);
  expect(rows.map(({ kind }) => kind)).toEqual(['payment-cancelled', 'payment-announced']);
  expect(await textsTo(app, line.dossier.editor, 'payment-cancelled')).toEqual([]);
});

test('a payment confirmed by hand is told, and so is its undoing', async () => {
  const line = await aNotifiedLine(app, { prefecture });
  const { organisationId } = line.dossier;
  const answer = await confirmPayment(app, prefecture, line.id, { amountCents: 100_000, paidOn: today(app), reference: 'VIR-1' });
  expect(answer.status).toBe(201);
  expect(await toldAbout(app, 'payments.made.v1', 'organisationId', organisationId)).toEqual(team(line, 'payments-made'));
  expect((await textsTo(app, line.dossier.signatory, 'payments-made'))[0]).toContain('- 1 000,00 € le ');
  const { version } = await lineRow(app, line.id);
  expect((await reversePayment(app, prefecture, (answer.body as { id: string }).id, version, 'Doublon interne')).status).toBe(200);
  expect(await toldAbout(app, 'payments.reversed.v1', 'organisationId', organisationId)).toEqual(team(line, 'payments-reversed'));
  const [text] = await textsTo(app, line.dossier.signatory, 'payments-reversed');
  expect(text).toContain('enregistré par erreur');
  expect(text).not.toContain('Doublon interne');
});

test('an extraction of Chorus tells each organisation once, all its payments together; its undoing too, once', async () => {
  const serial = String(Math.floor(app.clock.now().getTime() / 86_400_000) + 25_569);
  const [first, second] = [await aLineWithEj(app, { prefecture }), await aLineWithEj(app, { prefecture })];
  // More rows than a batch of the import holds.
  const rows = Array.from({ length: 101 }, (_, rank) => {
    const { siret, ej, year } = rank === 50 ? second : first;
    return chorusCells({ siret, ej, year, amount: { n: '10' }, paidOn: { n: serial } });
  });
  const { id } = await aPreviewedImport(app, prefecture, await anExtraction(rows));
  const reaches = (state: string) =>
    waitFor(`the import to be ${state}`, async () => (await readImport(app, prefecture, id)).status === state);
  await actOnImport(app, prefecture, 'confirm', id);
  await reaches('applied');
  expect(await toldAbout(app, 'payments.made.v1', 'organisationId', first.dossier.organisationId)).toEqual(team(first, 'payments-made'));
  expect(await toldAbout(app, 'payments.made.v1', 'organisationId', second.dossier.organisationId)).toEqual(team(second, 'payments-made'));
  const [text, ...more] = await textsTo(app, first.dossier.editor, 'payments-made');
  expect(more).toEqual([]);
  expect(text).toContain('- et 80 de plus');
  expect(text).toContain('Total : 1 000,00 €');
  await actOnImport(app, prefecture, 'reverse', id);
  await reaches('reversed');
  expect(await toldAbout(app, 'payments.reversed.v1', 'organisationId', first.dossier.organisationId)).toEqual(
    team(first, 'payments-reversed'),
  );
  expect(await eventsOf(app, 'payments.made.v1', 'organisationId', first.dossier.organisationId)).toHaveLength(1);
});

test('nobody is told of a payment that was undone before the message left', async () => {
  const line = await aNotifiedLine(app, { prefecture });
  const person = await aPerson(app);
  const paymentId = newId();
  await app.query(
    `INSERT INTO payments (id, funding_line_id, amount_cents, paid_on, reference, source, confirmed_by, confirmed_at, reversed_by, reversed_at, reversal_reason)
     VALUES ($1, $2, 100, $4, 'VIR', 'hand', $3, now(), $3, now(), 'Erreur')`,
    [paymentId, line.id, person.id, today(app)],
  );
  const eventId = await tell(app, 'payments.made.v1', { organisationId: line.dossier.organisationId, paymentIds: [paymentId] });
  await settled(app);
  expect((await toldOf(app, eventId)).map(({ state }) => state)).toEqual(['cancelled', 'cancelled']);
});
