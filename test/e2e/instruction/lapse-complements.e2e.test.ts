import { LapseComplements } from '../../../src/modules/instruction/index.js';
import { QueueRuntime } from '../../../src/platform/outbox/index.js';
import { answerComplement, askComplement, standingOf } from '../../builders/complements.js';
import { actOn, aSubmittedDossier, type DossierFixture } from '../../builders/dossiers.js';
import { aPerson, GRANTS, type Person } from '../../builders/people.js';
import { auditOf, toldOf } from '../../builders/traces.js';
import { startApp, type TestApp } from '../../setup/app.js';

let app: TestApp;
let dossier: DossierFixture;
let instructor: Person;

beforeAll(async () => {
  app = await startApp();
});
beforeEach(async () => {
  await app.reset();
  app.clock.set('2026-10-05T09:00:00Z');
  dossier = await aSubmittedDossier(app);
  instructor = await aPerson(app, { grants: [GRANTS.instructorOf('94041')] });
});
afterAll(() => app.close());

const lapse = () => app.app.get(LapseComplements).execute();
const requestsOf = (dossierId: string) =>
  app.query<{ lapsedAt: Date | null }>('SELECT lapsed_at AS "lapsedAt" FROM complement_requests WHERE dossier_id = $1 ORDER BY id', [
    dossierId,
  ]);

test('gives the dossier back at the end of the due day, once; silence counts from the due day', async () => {
  await askComplement(app, instructor, dossier.id, '2026-10-25');
  const asked = await standingOf(app, dossier.id);
  app.clock.freeze('2026-10-25T22:59:59.999Z');
  expect(await lapse()).toBe(0);
  expect(await standingOf(app, dossier.id)).toEqual(asked);
  app.clock.freeze('2026-10-25T23:00:00.000Z');
  expect(await lapse()).toBe(1);
  const lapsed = await standingOf(app, dossier.id);
  expect(lapsed).toMatchObject({ state: 'submitted', version: dossier.version + 2, rejectionOn: '2026-12-25' });
  expect(asked.rejectionOn).toBe('2026-12-25');
  expect(await requestsOf(dossier.id)).toEqual([{ lapsedAt: new Date('2026-10-25T23:00:00Z') }]);
  expect((await auditOf(app, dossier.id)).at(-1)).toMatchObject({
    act: 'complement.lapsed',
    actorId: null,
    actorKind: 'system',
    before: { state: 'to-complete', version: dossier.version + 1 },
    after: { state: 'submitted', version: dossier.version + 2 },
  });
  const audited = await auditOf(app, dossier.id);
  app.clock.freeze('2026-11-02T09:00:00.000Z');
  expect(await lapse()).toBe(0);
  expect(await standingOf(app, dossier.id)).toEqual(lapsed);
  expect(await auditOf(app, dossier.id)).toEqual(audited);
  expect((await toldOf(app, dossier.id)).map(({ type }) => type)).toEqual(['complement.requested.v1', 'complement.lapsed.v1']);
});

test('a spring day of 23 hours ends in Paris too', async () => {
  app.clock.freeze('2027-03-01T09:00:00Z');
  await askComplement(app, await aPerson(app, { grants: [GRANTS.instructorOf('94041')] }), dossier.id, '2027-03-28');
  app.clock.freeze('2027-03-28T21:59:59.999Z');
  expect(await lapse()).toBe(0);
  app.clock.freeze('2027-03-28T22:00:00.000Z');
  expect(await lapse()).toBe(1);
});

test('several workers at once lapse each request once', async () => {
  const dossiers = [dossier, await aSubmittedDossier(app), await aSubmittedDossier(app)];
  for (const { id } of dossiers) await askComplement(app, instructor, id, '2026-10-20');
  app.clock.freeze('2026-10-21T09:00:00Z');
  const counts = await Promise.all([lapse(), lapse(), lapse()]);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(3);
  for (const { id, version } of dossiers) expect(await standingOf(app, id)).toMatchObject({ state: 'submitted', version: version + 2 });
});

test('what was answered or withdrawn is left alone, and holds back no other', async () => {
  const [withdrawn, late] = [await aSubmittedDossier(app), await aSubmittedDossier(app)];
  for (const { id } of [dossier, withdrawn, late]) await askComplement(app, instructor, id, '2026-10-20');
  expect((await answerComplement(app, dossier.editor, dossier.id)).status).toBe(200);
  await actOn(app, { ...withdrawn, version: withdrawn.version + 1 }, 'withdraw', withdrawn.signatory, { reason: 'Plus de salle.' });
  app.clock.freeze('2026-10-21T09:00:00Z');
  expect(await lapse()).toBe(1);
  expect((await standingOf(app, late.id)).state).toBe('submitted');
  expect((await standingOf(app, withdrawn.id)).state).toBe('withdrawn');
  expect(await requestsOf(dossier.id)).toEqual([{ lapsedAt: null }]);
});

test('one that fails is said, after the others', async () => {
  const late = await aSubmittedDossier(app);
  for (const { id } of [dossier, late]) await askComplement(app, instructor, id, '2026-10-20');
  await app.query(`CREATE FUNCTION stop_it() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'broken'; END $$`);
  await app.query(
    `CREATE TRIGGER stop_it BEFORE UPDATE ON complement_requests FOR EACH ROW WHEN (OLD.dossier_id = '${dossier.id}') EXECUTE FUNCTION stop_it()`,
  );
  app.clock.freeze('2026-10-21T09:00:00Z');
  await expect(lapse()).rejects.toThrow('1 complement requests could not lapse');
  expect((await standingOf(app, dossier.id)).state).toBe('to-complete');
  expect((await standingOf(app, late.id)).state).toBe('submitted');
});

test('a clock of its own runs it', async () => {
  await askComplement(app, instructor, dossier.id, '2026-10-20');
  app.clock.freeze('2026-10-21T09:00:00Z');
  const runtime = app.app.get(QueueRuntime);
  expect(runtime.scheduler.types()).toContain('clock.lapse-complements');
  const route = runtime.registry.route('clock.lapse-complements');
  if (route === undefined || route === 'ignored') throw new Error('nobody handles the clock');
  expect(route.queue).toBe('clocks');
  await route.handle([{ id: 'lapse-complements', type: 'clock.lapse-complements', payload: {}, attempt: 1 }]);
  expect((await standingOf(app, dossier.id)).state).toBe('submitted');
});
