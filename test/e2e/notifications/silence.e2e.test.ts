import { LapseComplements } from '../../../src/modules/instruction/index.js';
import { answerComplement, askComplement, standingOf } from '../../builders/complements.js';
import { actOn, aSubmittedDossier } from '../../builders/dossiers.js';
import { aPerson, GRANTS } from '../../builders/people.js';
import { startApp, type TestApp } from '../../setup/app.js';
import { eventsOf, settled, textsTo, toldAbout } from './mail-room.js';

let app: TestApp;
beforeEach(async () => {
  app = await startApp({ works: true });
});
afterEach(() => app.close());

const lapse = () => app.app.get(LapseComplements).execute();

describe('a complement that nobody sent in time', () => {
  test('is told to the organisation, with the day on which silence is worth rejection, and to who asked for it', async () => {
    app.clock.set('2026-10-05T09:00:00Z');
    const dossier = await aSubmittedDossier(app);
    const [asker, colleague] = [
      await aPerson(app, { grants: [GRANTS.instructorOf('94041')] }),
      await aPerson(app, { grants: [GRANTS.instructorOf('94041')] }),
    ];
    await askComplement(app, asker, dossier.id, '2026-10-25');
    app.clock.freeze('2026-10-25T23:00:00.000Z');
    expect(await lapse()).toBe(1);
    expect(await toldAbout(app, 'complement.lapsed.v1', 'dossierId', dossier.id)).toEqual({
      [dossier.editor.email]: 'complement-lapsed',
      [dossier.signatory.email]: 'complement-lapsed',
      [asker.email]: 'complement-unanswered',
    });
    const [text] = await textsTo(app, dossier.editor, 'complement-lapsed');
    expect(text).toContain('avant la fin du 25 octobre 2026');
    expect(text).toContain('Le budget ne dit rien des salaires.');
    expect((await standingOf(app, dossier.id)).rejectionOn).toBe('2026-12-25');
    expect(text).toContain('sans décision le 25 décembre 2026');
    const [toAsker] = await textsTo(app, asker, 'complement-unanswered');
    expect(toAsker).toContain('est de nouveau à instruire');
    expect(toAsker).toContain(`/v1/dossiers/${dossier.id}`);
    expect(await textsTo(app, colleague, 'complement-unanswered')).toEqual([]);
  });

  test('is told to the commune’s instructors when who asked for it has left', async () => {
    app.clock.set('2026-10-05T09:00:00Z');
    const dossier = await aSubmittedDossier(app);
    const [asker, colleague] = [
      await aPerson(app, { grants: [GRANTS.instructorOf('94041')] }),
      await aPerson(app, { grants: [GRANTS.instructorOf('94041')] }),
    ];
    await askComplement(app, asker, dossier.id, '2026-10-25');
    await app.query('UPDATE users SET disabled_at = now() WHERE id = $1', [asker.id]);
    app.clock.freeze('2026-10-26T08:00:00.000Z');
    await lapse();
    expect(await toldAbout(app, 'complement.lapsed.v1', 'dossierId', dossier.id)).toMatchObject({
      [colleague.email]: 'complement-unanswered',
    });
    expect(await textsTo(app, asker, 'complement-unanswered')).toEqual([]);
  });

  test('nothing is told of one that was answered, or whose dossier was withdrawn', async () => {
    app.clock.set('2026-10-05T09:00:00Z');
    const [answered, withdrawn] = [await aSubmittedDossier(app), await aSubmittedDossier(app)];
    const asker = await aPerson(app, { grants: [GRANTS.instructorOf('94041')] });
    for (const { id } of [answered, withdrawn]) await askComplement(app, asker, id, '2026-10-20');
    expect((await answerComplement(app, answered.editor, answered.id)).status).toBe(200);
    await actOn(app, { ...withdrawn, version: withdrawn.version + 1 }, 'withdraw', withdrawn.signatory, { reason: 'Plus de salle.' });
    app.clock.freeze('2026-10-21T09:00:00Z');
    expect(await lapse()).toBe(0);
    await settled(app);
    for (const { id } of [answered, withdrawn]) expect(await eventsOf(app, 'complement.lapsed.v1', 'dossierId', id)).toEqual([]);
  });
});
