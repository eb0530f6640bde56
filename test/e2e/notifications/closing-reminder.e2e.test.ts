import { RemindOfClosing } from '../../../src/modules/notifications/use-cases/remind-of-closing.js';
import { QueueRuntime } from '../../../src/platform/outbox/index.js';
import { anOrganisation } from '../../builders/organisations.js';
import { aPerson, type Person } from '../../builders/people.js';
import { aCallRow, aDossierRow } from '../../builders/rows.js';
import { startApp, type TestApp } from '../../setup/app.js';
import { dueMails, keptMails, plain, sendDue, settled } from './mail-room.js';

// Noon in Paris on the day when the clocks go forward.
const CLOSING = new Date('2027-03-28T10:00:00Z');
const HOUR_MS = 3_600_000;
const before = (hours: number, minutes = 0): Date => new Date(CLOSING.getTime() - hours * HOUR_MS - minutes * 60_000);

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ works: true });
});
beforeEach(async () => {
  await app.reset();
  app.clock.freeze(before(30 * 24));
});
afterAll(() => app.close());

const tick = (): Promise<number> => app.app.get(RemindOfClosing).execute();

async function aTeam(): Promise<{ editor: Person; signatory: Person; administrator: Person; organisationId: string }> {
  const [editor, signatory, administrator] = [await aPerson(app), await aPerson(app), await aPerson(app)];
  const { id: organisationId } = await anOrganisation(app, {
    members: [
      { person: editor, roles: ['editor'] },
      { person: signatory, roles: ['signatory'] },
      { person: administrator, roles: ['administrator'] },
    ],
  });
  return { editor, signatory, administrator, organisationId };
}

async function remindersTo(person: Person): Promise<string[]> {
  return (await keptMails(app)).filter(({ to }) => to === person.email).map(({ text }) => plain(text));
}

test('one message a person and step, however often the clock ticks, across the change of the clocks', async () => {
  const { editor, signatory, administrator, organisationId } = await aTeam();
  const callId = await aCallRow(app, { title: 'Appel 2027', closesAt: CLOSING });
  const drafts = [
    await aDossierRow(app, { callId, organisationId }, { title: 'Premier' }),
    await aDossierRow(app, { callId, organisationId }, { title: 'Second', state: 'awaiting-attestation' }),
  ];
  await aDossierRow(app, { callId, organisationId }, { title: 'Déjà déposé', state: 'submitted', submittedBy: editor.id });

  const queued: number[] = [];
  const instants = [
    before(24 * 15, 1),
    before(24 * 15),
    before(24 * 15),
    before(24 * 6, 1),
    // Five working days before a Sunday: the Monday.
    before(24 * 6),
    before(24 * 6),
    before(25),
    before(24),
    before(24),
    before(9),
    before(8),
    before(1),
    before(0),
  ];
  for (const instant of instants) {
    app.clock.freeze(instant);
    queued.push(...(await Promise.all([tick(), tick(), tick()])));
    await settled(app);
  }
  // Two people, three times: fifteen days, five working days and a day before. Three replicas ticked at once each time.
  expect(queued.reduce((total, count) => total + count)).toBe(6);
  for (const person of [editor, signatory]) {
    const texts = await remindersTo(person);
    expect(texts).toHaveLength(3);
    for (const text of texts) {
      expect(text).toContain('28 mars 2027 à 12 h 00 (heure de Paris)');
      for (const { number } of drafts) expect(text).toContain(number);
      expect(text).not.toContain('Déjà déposé');
    }
  }
  expect(await remindersTo(administrator)).toEqual([]);
});

test('only for calls that are open, and drafts begun before the step', async () => {
  const { editor, organisationId } = await aTeam();
  await aDossierRow(app, { callId: await aCallRow(app, { closesAt: CLOSING, published: false }), organisationId });
  await aDossierRow(app, { callId: await aCallRow(app, { closesAt: CLOSING, opensAt: before(1) }), organisationId });
  await aDossierRow(app, { callId: await aCallRow(app, { closesAt: before(3) }), organisationId }, { title: 'Fermé' });
  await aDossierRow(app, { callId: await aCallRow(app, { closesAt: new Date(CLOSING.getTime() + 90 * 24 * HOUR_MS) }), organisationId });
  const recent = await aCallRow(app, { closesAt: CLOSING });
  app.clock.freeze(before(3 * 24));
  await aDossierRow(app, { callId: recent, organisationId }, { title: 'De cette semaine' });
  app.clock.freeze(before(2 * 24));
  expect(await tick()).toBe(2);
  await settled(app);
  const [text, ...others] = await remindersTo(editor);
  expect(others).toEqual([]);
  expect(text).toContain('Fermé');
  app.clock.freeze(before(2));
  expect(await tick()).toBe(2);
  await settled(app);
  expect((await remindersTo(editor)).filter((mail) => mail.includes('De cette semaine'))).toHaveLength(1);
});

test('an organisation with an extension is reminded of its own closing, and a closing that moves is announced anew', async () => {
  const { editor, organisationId } = await aTeam();
  const other = await aTeam();
  const callId = await aCallRow(app, { closesAt: CLOSING });
  await aDossierRow(app, { callId, organisationId });
  await aDossierRow(app, { callId, organisationId: other.organisationId });
  const until = new Date(CLOSING.getTime() + 5 * 24 * HOUR_MS);
  await app.query(
    `INSERT INTO call_extensions (id, call_id, organisation_id, until, reason, granted_by) VALUES (gen_random_uuid(), $1, $2, $3, 'Sinistre', $4)`,
    [callId, organisationId, until, editor.id],
  );
  app.clock.freeze(before(20));
  expect(await tick()).toBe(4);
  await settled(app);
  expect((await remindersTo(editor))[0]).toContain('2 avril 2027 à 12 h 00');
  expect((await remindersTo(other.editor))[0]).toContain('28 mars 2027 à 12 h 00');
  await app.query('UPDATE calls SET closes_at = $2 WHERE id = $1', [callId, new Date(CLOSING.getTime() + 2 * HOUR_MS)]);
  expect(await tick()).toBe(2);
  await settled(app);
  expect((await remindersTo(other.editor)).join()).toContain('28 mars 2027 à 14 h 00');
  expect(await remindersTo(editor)).toHaveLength(1);
});

test('nobody is reminded of a draft that is gone when the message leaves', async () => {
  const { organisationId } = await aTeam();
  const callId = await aCallRow(app, { closesAt: CLOSING });
  const { id } = await aDossierRow(app, { callId, organisationId });
  await app.app.get(QueueRuntime).stop();
  app.clock.freeze(before(20));
  expect(await tick()).toBe(2);
  await app.query(`UPDATE dossiers SET state = 'withdrawn' WHERE id = $1`, [id]);
  const due = await dueMails(app);
  expect(await sendDue(app, ...due)).toBeNull();
  expect(due).toHaveLength(2);
  expect(await app.query('SELECT state FROM deliveries')).toEqual([{ state: 'cancelled' }, { state: 'cancelled' }]);
  expect(await keptMails(app)).toEqual([]);
});
