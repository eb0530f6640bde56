import { RemindOfDocuments } from '../../../src/modules/notifications/use-cases/remind-of-documents.js';
import { aDocument } from '../../builders/documents.js';
import { anOrganisation } from '../../builders/organisations.js';
import { aPerson, type Person } from '../../builders/people.js';
import { startApp, type TestApp } from '../../setup/app.js';
import { settled, textsTo } from './mail-room.js';

let app: TestApp;
let editor: Person;
let signatory: Person;
let administrator: Person;
let organisationId: string;
beforeAll(async () => {
  app = await startApp({ works: true });
});
beforeEach(async () => {
  await app.reset();
  app.clock.freeze('2027-03-01T09:00:00Z');
  [editor, signatory, administrator] = await Promise.all([aPerson(app), aPerson(app), aPerson(app)]);
  ({ id: organisationId } = await anOrganisation(app, {
    name: 'Les Amis',
    members: [{ person: editor }, { person: signatory, roles: ['signatory'] }, { person: administrator, roles: ['administrator'] }],
  }));
});
afterAll(() => app.close());

/** Two replicas tick at that instant. Gives how many messages they queued. */
async function tick(instant: string): Promise<number> {
  app.clock.freeze(instant);
  const queued = await Promise.all([1, 2].map(() => app.app.get(RemindOfDocuments).execute()));
  await settled(app);
  return queued.reduce((total, count) => total + count);
}
const textsOf = (person: Person) => textsTo(app, person, 'document-expiring');

test('the end of a document is told a month before and the day after it, to those who may replace it', async () => {
  await aDocument(app, editor, organisationId, { kind: 'insurance-certificate', validUntil: '2027-04-30' });
  await aDocument(app, editor, organisationId, { kind: 'statutes' });
  const ticks = [
    ['2027-03-30T09:00:00Z', 0],
    // Before seven in the morning, in Paris: nobody's telephone rings.
    ['2027-03-31T04:30:00Z', 0],
    ['2027-03-31T05:30:00Z', 2],
    ['2027-03-31T15:00:00Z', 0],
    ['2027-04-01T09:00:00Z', 0],
    // The day it ends, it still counts.
    ['2027-04-30T21:00:00Z', 0],
    ['2027-05-01T09:00:00Z', 2],
    ['2027-05-02T09:00:00Z', 0],
    ['2027-09-01T09:00:00Z', 0],
  ] as const;
  for (const [instant, queued] of ticks) expect([instant, await tick(instant)]).toEqual([instant, queued]);
  for (const person of [editor, administrator]) {
    const texts = await textsOf(person);
    expect(texts).toHaveLength(2);
    expect(texts[0]).toContain('- attestation d’assurance : vaut jusqu’au 30 avril 2027');
    expect(texts[0]).toContain(`http://bievre.test/v1/organisations/${organisationId}/documents?current=true`);
    expect(texts[1]).toContain('- attestation d’assurance : ne vaut plus ; valait jusqu’au 30 avril 2027');
    for (const text of texts) expect(text).not.toContain('statuts');
  }
  expect(await textsOf(signatory)).toEqual([]);
});

test('all that ends is one message; after a stop of weeks too, and what ended meanwhile is told as ended, once', async () => {
  await aDocument(app, editor, organisationId, { kind: 'insurance-certificate', validUntil: '2027-04-30' });
  await aDocument(app, editor, organisationId, { kind: 'annual-accounts', validUntil: '2027-05-20' });
  await aDocument(app, editor, organisationId, { kind: 'activity-report', validUntil: '2027-06-10' });
  const other = await anOrganisation(app, { members: [{ person: editor }] });
  await aDocument(app, editor, other.id, { kind: 'accreditation', validUntil: '2027-05-02' });
  // Both of the editor's organisations, and the administrator.
  expect(await tick('2027-05-12T09:00:00Z')).toBe(3);
  const [text, ...others] = await textsOf(administrator);
  expect(others).toEqual([]);
  expect(text?.match(/^- .*$/gm)).toEqual([
    '- attestation d’assurance : ne vaut plus ; valait jusqu’au 30 avril 2027',
    '- comptes annuels : vaut jusqu’au 20 mai 2027',
    '- rapport d’activité : vaut jusqu’au 10 juin 2027',
  ]);
  expect(await tick('2027-05-13T09:00:00Z')).toBe(0);
  expect(await tick('2027-05-21T09:00:00Z')).toBe(2);
});

test('of a document that was replaced nothing is said, nor of one given with its end so near until it ends', async () => {
  await aDocument(app, editor, organisationId, { kind: 'insurance-certificate', validUntil: '2027-04-30' });
  await aDocument(app, editor, organisationId, { kind: 'insurance-certificate', validUntil: '2028-04-30' });
  await aDocument(app, editor, organisationId, { kind: 'accreditation', validUntil: '2027-03-20' });
  expect(await tick('2027-03-02T09:00:00Z')).toBe(0);
  expect(await tick('2027-03-31T09:00:00Z')).toBe(2);
  expect((await textsOf(editor)).join()).not.toContain('assurance');
  expect((await textsOf(editor)).join()).toContain('agrément : ne vaut plus');
  expect(await tick('2027-05-01T09:00:00Z')).toBe(0);
});
