import { RemindOfSilence } from '../../../src/modules/notifications/use-cases/remind-of-silence.js';
import { TellOfSilence } from '../../../src/modules/notifications/use-cases/tell-of-silence.js';
import { LapseComplements } from '../../../src/modules/instruction/index.js';
import { answerComplement, askComplement, standingOf } from '../../builders/complements.js';
import { actOn, aSubmittedDossier } from '../../builders/dossiers.js';
import { aFiledDossier } from '../../builders/filed-dossier.js';
import { aCall } from '../../builders/calls.js';
import { aPerson, GRANTS, type Person } from '../../builders/people.js';
import { startApp, type TestApp } from '../../setup/app.js';
import { eventsOf, settled, textsTo, toldAbout } from './mail-room.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ works: true });
});
beforeEach(async () => {
  await app.reset();
});
afterAll(() => app.close());

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

describe('the State’s silence', () => {
  // Filed on the 10th of February: silence is a rejection on the 10th of April.
  const filed = new Date('2027-02-10T10:00:00Z');
  const aDossier = (callId: string, submittedAt = filed) =>
    aFiledDossier(app, {
      ...{ callId, submittedAt },
      lines: [
        { funder: 'P147-94', requestedCents: 500_000 },
        { funder: 'CD94', requestedCents: 100_000 },
      ],
    });
  const judged = (id: string, state = 'admissible') =>
    app.query(`UPDATE dossiers SET state = $2, admissibility_at = submitted_at WHERE id = $1`, [id, state]);
  const recuse = ({ id }: Person, organisationId: string) =>
    app.query(`INSERT INTO recusals (id, user_id, organisation_id, reason) VALUES (gen_random_uuid(), $1, $2, 'Bénévole')`, [
      id,
      organisationId,
    ]);
  const run = async (what: typeof RemindOfSilence | typeof TellOfSilence, instant: string): Promise<number> => {
    app.clock.freeze(instant);
    // Two replicas tick at once.
    const [one = 0, other = 0] = await Promise.all([app.app.get(what).execute(), app.app.get(what).execute()]);
    await settled(app);
    return one + other;
  };
  let callId: string;
  beforeEach(async () => {
    app.clock.freeze('2027-02-10T10:00:00Z');
    callId = (await aCall(app)).id;
    await app.query('UPDATE calls SET year = 2027 WHERE id = $1', [callId]);
  });

  test('is announced thirty and seven days before to who can still break it, in one message with all the dossiers', async () => {
    const [filedOnly, admissible, decided] = [await aDossier(callId), await aDossier(callId), await aDossier(callId)];
    for (const { id } of [admissible, decided]) await judged(id);
    await app.query(
      `UPDATE funding_lines SET state = 'refused', decision_reason = 'Hors sujet' WHERE dossier_id = $1 AND funder_id = (SELECT id FROM funders WHERE code = 'P147-94')`,
      [decided.id],
    );
    const [instructor, delegate, recused] = [
      await aPerson(app, { grants: [GRANTS.instructorOf('94041')] }),
      await aPerson(app, { grants: [GRANTS.delegateOfDepartment('94')] }),
      await aPerson(app, { grants: [GRANTS.delegateOfDepartment('94')] }),
    ];
    const partner = await aPerson(app, { grants: [GRANTS.partnerOf('CD94')] });
    await recuse(recused, admissible.organisationId);
    expect(await run(RemindOfSilence, '2027-03-10T08:00:00Z')).toBe(0);
    expect(await run(RemindOfSilence, '2027-03-11T05:59:00Z')).toBe(0);
    expect(await run(RemindOfSilence, '2027-03-11T08:00:00Z')).toBe(2);
    expect(await run(RemindOfSilence, '2027-03-11T09:00:00Z')).toBe(0);
    expect(await run(RemindOfSilence, '2027-03-12T08:00:00Z')).toBe(0);
    const [toInstructor] = await textsTo(app, instructor, 'decisions-due');
    expect(toInstructor).toContain(`10 avril 2027 : ${filedOnly.number}`);
    expect(toInstructor).toContain('recevabilité à décider');
    expect(toInstructor).not.toContain(admissible.number);
    const [toDelegate] = await textsTo(app, delegate, 'decisions-due');
    expect(toDelegate).toContain(`${admissible.number}, Jardins partagés`);
    expect(toDelegate).not.toContain(filedOnly.number);
    expect(toDelegate).not.toContain(decided.number);
    for (const person of [recused, partner, admissible.editor]) expect(await textsTo(app, person, 'decisions-due')).toEqual([]);
    expect(await run(RemindOfSilence, '2027-04-03T08:00:00Z')).toBe(2);
    expect(await run(RemindOfSilence, '2027-04-10T08:00:00Z')).toBe(0);
  });

  test('a stop of a week over both steps of many dossiers is made up for by one message; what was told is told no more', async () => {
    const delegate = await aPerson(app, { grants: [GRANTS.delegateOfDepartment('94')] });
    for (let day = 10; day < 18; day++) await judged((await aDossier(callId, new Date(`2027-02-${day}T10:00:00Z`))).id);
    expect(await run(RemindOfSilence, '2027-03-12T08:00:00Z')).toBe(1);
    expect(await run(RemindOfSilence, '2027-03-19T08:00:00Z')).toBe(1);
    expect(await run(RemindOfSilence, '2027-03-20T08:00:00Z')).toBe(0);
    const texts = await textsTo(app, delegate, 'decisions-due');
    expect(texts).toHaveLength(2);
    expect(texts[1]?.match(/avril 2027 : /g)).toHaveLength(8);
  });

  test('a complement that is awaited suspends it, and its answer brings it back', async () => {
    const delegate = await aPerson(app, { grants: [GRANTS.delegateOfDepartment('94')] });
    const dossier = await aDossier(callId);
    await judged(dossier.id, 'to-complete');
    expect(await run(RemindOfSilence, '2027-03-11T08:00:00Z')).toBe(0);
    await judged(dossier.id);
    await app.query(`UPDATE dossiers SET implicit_rejection_on = '2027-04-20' WHERE id = $1`, [dossier.id]);
    expect(await run(RemindOfSilence, '2027-03-20T08:00:00Z')).toBe(0);
    expect(await run(RemindOfSilence, '2027-03-21T08:00:00Z')).toBe(1);
    expect(await textsTo(app, delegate, 'decisions-due')).toHaveLength(1);
  });

  test('is told to the organisation on the day itself, once a dossier, with what was asked of the State and the ways of appeal', async () => {
    const [silent, answered, waiting] = [await aDossier(callId), await aDossier(callId), await aDossier(callId)];
    await app.query(
      `UPDATE funding_lines SET state = 'refusal-announced', decision_reason = 'Hors sujet', announced_at = now() WHERE dossier_id = $1`,
      [answered.id],
    );
    await judged(waiting.id, 'to-complete');
    // Decided, and not announced: the message must not tell it apart.
    await app.query(
      `UPDATE funding_lines SET state = 'refused', decision_reason = 'Hors sujet' WHERE dossier_id = $1 AND requested_cents = 500000`,
      [silent.id],
    );
    expect(await run(TellOfSilence, '2027-04-09T22:30:00Z')).toBe(0);
    expect(await run(TellOfSilence, '2027-04-10T08:00:00Z')).toBe(2);
    const newcomer = await aPerson(app);
    await app.query(
      `INSERT INTO memberships (id, organisation_id, user_id, state, is_editor) VALUES (gen_random_uuid(), $1, $2, 'active', true)`,
      [silent.organisationId, newcomer.id],
    );
    expect(await run(TellOfSilence, '2027-04-17T08:00:00Z')).toBe(0);
    for (const person of [silent.editor, silent.signatory]) {
      const [text, ...more] = await textsTo(app, person, 'implicit-rejection');
      expect(more).toEqual([]);
      expect(text).toContain('au 10 avril 2027. Ce silence vaut décision implicite de rejet');
      expect(text).toContain('2027, 5 000,00 € demandés');
      expect(text).not.toContain('1 000,00 €');
      expect(text).toContain('www.telerecours.fr');
    }
    for (const { editor } of [answered, waiting]) expect(await textsTo(app, editor, 'implicit-rejection')).toEqual([]);
  });

  test('after a week without any clock, each organisation is told once, of all its dossiers; not of what may be contested no more', async () => {
    const [one, old] = [await aDossier(callId), await aDossier(callId, new Date('2026-12-01T10:00:00Z'))];
    expect(await run(TellOfSilence, '2027-04-17T08:00:00Z')).toBe(2);
    expect(await textsTo(app, one.editor, 'implicit-rejection')).toHaveLength(1);
    expect(await textsTo(app, old.editor, 'implicit-rejection')).toEqual([]);
  });
});
