import { aCall, aCoordinator } from '../../builders/calls.js';
import { act, aConvenedSession, aFiledEnvelope, anAdoptedSession, done, someLines } from '../../builders/committee.js';
import { aPerson } from '../../builders/people.js';
import { startApp, type TestApp } from '../../setup/app.js';
import { eventsOf, settled, textsTo, toldAbout } from './mail-room.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ works: true });
});
afterAll(() => app.close());

async function aRoom() {
  const coordinator = await aCoordinator(app);
  const [member, recused, gone] = [await aPerson(app), await aPerson(app), await aPerson(app)];
  const { id: callId } = await aCall(app);
  const lines = await someLines(app, callId, 2);
  await app.query(`INSERT INTO recusals (id, user_id, organisation_id, reason) VALUES (gen_random_uuid(), $1, $2, 'Trésorière')`, [
    recused.id,
    lines.organisationId,
  ]);
  await app.query('UPDATE users SET disabled_at = now() WHERE id = $1', [gone.id]);
  const seat = (userId: string, name: string) => ({ userId, name, institution: 'Ville d’Ivry-sur-Seine' });
  const members = [
    ...[seat(coordinator.id, 'Coline'), seat(member.id, 'Anne'), seat(recused.id, 'Bruno'), seat(gone.id, 'Chloé')],
    { name: 'Sans compte', institution: 'Bailleur' },
  ];
  return { coordinator, member, recused, callId, lines, members };
}

test('convening tells each member who has an open account, once, and nobody else; a recused one reads of whom', async () => {
  const { coordinator, member, recused, lines, callId, members } = await aRoom();
  const session = await aConvenedSession(app, { by: coordinator, callId, lineIds: lines.lineIds, members });
  expect(await toldAbout(app, 'committee.convened.v1', 'committeeId', session.id)).toEqual(
    Object.fromEntries([coordinator, member, recused].map(({ email }) => [email, 'committee-convened'])),
  );
  const [text, ...more] = await textsTo(app, member, 'committee-convened');
  expect(more).toEqual([]);
  expect(text).toContain('Date : 1er mars 2027');
  expect(text).toContain('Lieu : Orly');
  expect(text).toContain('Lignes à l’ordre du jour : 2');
  expect(text).toContain(`http://bievre.test/v1/committees/${session.id}`);
  expect(text).not.toContain('Vos déports');
  const [organisation] = await app.query<{ name: string }>('SELECT name FROM organisations WHERE id = $1', [lines.organisationId]);
  expect((await textsTo(app, recused, 'committee-convened'))[0]).toContain(`- ${organisation?.name ?? ''}`);
});

test('a session in preparation is told to nobody', async () => {
  const { coordinator, callId, members } = await aRoom();
  const session = await done(
    app.http
      .post('/v1/committees')
      .set(coordinator.auth)
      .send({ callId, title: 'En préparation', heldOn: '2027-03-01', quorum: 2, members })
      .then(),
  );
  await settled(app);
  expect(await eventsOf(app, 'committee.convened.v1', 'committeeId', session.id)).toEqual([]);
});

test('frozen minutes are told to the members, with their hash; only who may read them is sent to them', async () => {
  const { coordinator, member, recused, lines, callId, members } = await aRoom();
  const envelopeId = await aFiledEnvelope(app);
  const amounts = lines.lineIds.map((lineId) => ({ lineId, amountCents: 100_000, envelopeId }));
  const session = await anAdoptedSession(app, { by: coordinator, callId, lineIds: lines.lineIds, members }, amounts);
  await done(act(app, coordinator, 'post', `/v1/committees/${session.id}/apply`));
  expect(await eventsOf(app, 'committee.closed.v1', 'committeeId', session.id)).toEqual([]);
  await done(act(app, coordinator, 'post', `/v1/committees/${session.id}/close`));
  expect(await toldAbout(app, 'committee.closed.v1', 'committeeId', session.id)).toEqual(
    Object.fromEntries([coordinator, member, recused].map(({ email }) => [email, 'minutes-available'])),
  );
  const [kept] = await app.query<{ hash: string }>(
    `SELECT encode(content_hash, 'hex') AS hash FROM committee_minutes WHERE committee_id = $1`,
    [session.id],
  );
  const [ofMember] = await textsTo(app, member, 'minutes-available');
  expect(ofMember).toContain(kept?.hash);
  expect(ofMember).toContain('Demandez-en une copie à la coordination');
  expect(ofMember).not.toContain('/minutes');
  expect(ofMember).not.toContain('1 000,00');
  expect((await textsTo(app, coordinator, 'minutes-available'))[0]).toContain(`/v1/committees/${session.id}/minutes`);
});
