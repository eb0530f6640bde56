import { openingId } from '../../../src/modules/notifications/domain/closing-reminder.js';
import { RemindFollowers } from '../../../src/modules/notifications/use-cases/remind-followers.js';
import { TellOfOpenings } from '../../../src/modules/notifications/use-cases/tell-of-openings.js';
import { TellOfTheDay } from '../../../src/modules/notifications/use-cases/tell-of-the-day.js';
import { WatchEnvelopes } from '../../../src/modules/notifications/use-cases/watch-envelopes.js';
import { aCall, aCoordinator, aDraftCall } from '../../builders/calls.js';
import { aFiledDossier } from '../../builders/filed-dossier.js';
import { anEnvelope, aPrefecture } from '../../builders/funding.js';
import { anOrganisation } from '../../builders/organisations.js';
import { aPerson, GRANTS, type Person } from '../../builders/people.js';
import { aCallRow, aDossierRow } from '../../builders/rows.js';
import { startApp, type TestApp } from '../../setup/app.js';
import { eventsOf, settled, tell, textsTo, toldOf } from './mail-room.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ works: true });
});
beforeEach(async () => {
  await app.reset();
});
afterAll(() => app.close());

/** The clock passes at that instant. Gives how many messages it queued. */
async function tick(clock: new (...parts: never[]) => { execute(): Promise<number> }, instant: string): Promise<number> {
  app.clock.freeze(instant);
  const queued = await app.app.get(clock).execute();
  await settled(app);
  return queued;
}
const morning = (instant: string) => tick(TellOfTheDay, instant);

const all = (people: readonly Person[], kind: string) => people.map(({ email }) => [email, kind]).sort();

describe('opinions', () => {
  test('are asked, the morning after, of who has a say on a dossier found admissible; one message a person', async () => {
    app.clock.freeze('2027-02-09T10:00:00Z');
    const dossier = await aFiledDossier(app, { lines: [{ funder: 'P147-94', requestedCents: 500_000 }] });
    await app.query(`UPDATE dossiers SET state = 'admissible', admissibility_at = '2027-02-09T15:00:00Z' WHERE id = $1`, [dossier.id]);
    const delegate = await aPerson(app, { grants: [GRANTS.delegateOfDepartment('94')] });
    const recused = await aPerson(app, { grants: [GRANTS.delegateOfDepartment('94')] });
    await app.query(`INSERT INTO recusals (id, user_id, organisation_id, reason) VALUES (gen_random_uuid(), $1, $2, 'Bénévole')`, [
      recused.id,
      dossier.organisationId,
    ]);
    const partner = await aPerson(app, { grants: [GRANTS.partnerOf('CD94')] });
    expect(await morning('2027-02-09T16:00:00Z')).toBe(0);
    expect(await morning('2027-02-10T02:00:00Z')).toBe(0);
    expect(await morning('2027-02-10T08:00:00Z')).toBeGreaterThan(0);
    expect(await morning('2027-02-10T09:00:00Z')).toBe(0);
    const [text, ...more] = await textsTo(app, delegate, 'opinions-asked');
    expect(more).toEqual([]);
    expect(text).toContain(dossier.number);
    for (const person of [recused, partner]) expect(await textsTo(app, person, 'opinions-asked')).toEqual([]);
  });

  test('are asked for the year of the call, not for the later years of an agreement', async () => {
    app.clock.freeze('2027-02-09T10:00:00Z');
    const dossier = await aFiledDossier(app, { lines: [{ funder: 'P147-94', requestedCents: 500_000 }] });
    await app.query(`UPDATE dossiers SET state = 'admissible', admissibility_at = '2027-02-09T15:00:00Z' WHERE id = $1`, [dossier.id]);
    await app.query('UPDATE funding_lines l SET year = c.year + 1 FROM calls c WHERE c.id = l.call_id AND l.dossier_id = $1', [dossier.id]);
    const delegate = await aPerson(app, { grants: [GRANTS.delegateOfDepartment('94')] });
    await morning('2027-02-10T08:00:00Z');
    expect(await textsTo(app, delegate, 'opinions-asked')).toEqual([]);
  });

  test('after a stop of a week, those of all its days are one message, which names them', async () => {
    app.clock.freeze('2027-02-02T10:00:00Z');
    const dossier = await aFiledDossier(app, {
      lines: [
        { funder: 'P147-94', requestedCents: 500_000 },
        { funder: 'CD94', requestedCents: 100_000 },
        { funder: 'CAF94', requestedCents: 100_000 },
      ],
    });
    const coordinator = await aCoordinator(app);
    const delegate = await aPerson(app, { grants: [GRANTS.delegateOfDepartment('94')] });
    const give = (rank: number, givenAt: string) =>
      app.query(
        `INSERT INTO opinions (id, funding_line_id, author_id, role, opinion, reason, given_at)
         VALUES (gen_random_uuid(), $1, $2, 'delegate', 'favourable', 'Motif', $3)`,
        [dossier.lineIds[rank], delegate.id, givenAt],
      );
    await give(0, '2027-02-02T11:00:00Z');
    expect(await morning('2027-02-03T08:00:00Z')).toBeGreaterThan(0);
    await give(1, '2027-02-04T11:00:00Z');
    await give(2, '2027-02-08T11:00:00Z');
    expect(await morning('2027-02-10T08:00:00Z')).toBeGreaterThan(0);
    expect(await morning('2027-02-10T09:00:00Z')).toBe(0);
    expect(await morning('2027-02-11T08:00:00Z')).toBe(0);
    const [first, afterwards, ...more] = await textsTo(app, coordinator, 'opinions-given');
    expect(more).toEqual([]);
    expect(first).toContain('ce jour-là');
    expect(afterwards).toContain('Voici les avis donnés pendant ces jours');
    expect(afterwards).toContain('Favorables : 2');
    const subjects = await app.query<{ subject: string }>(
      `SELECT subject FROM deliveries WHERE kind = 'opinions-given' ORDER BY created_at`,
    );
    expect(new Set(subjects.map(({ subject }) => subject.replaceAll('\u00a0', ' ').split(' :')[0]))).toEqual(
      new Set(['1 avis donné le 2 février 2027', '2 avis donnés du 4 février 2027 au 8 février 2027']),
    );
  });

  test('given in a day are one message to the coordination, and none of an organisation it is recused from', async () => {
    app.clock.freeze('2027-02-09T10:00:00Z');
    const dossier = await aFiledDossier(app, {
      lines: [
        { funder: 'P147-94', requestedCents: 500_000 },
        { funder: 'CD94', requestedCents: 100_000 },
      ],
    });
    const [coordinator, recused] = [await aCoordinator(app), await aPerson(app, { grants: [GRANTS.coordinator()] })];
    await app.query(`INSERT INTO recusals (id, user_id, organisation_id, reason) VALUES (gen_random_uuid(), $1, $2, 'Bénévole')`, [
      recused.id,
      dossier.organisationId,
    ]);
    const delegate = await aPerson(app, { grants: [GRANTS.delegateOfDepartment('94')] });
    for (const [rank, lineId] of dossier.lineIds.entries()) {
      await app.query(
        `INSERT INTO opinions (id, funding_line_id, author_id, role, opinion, reason, given_at)
         VALUES (gen_random_uuid(), $1, $2, 'delegate', $3, 'Motif', '2027-02-09T11:00:00Z')`,
        [lineId, delegate.id, rank === 0 ? 'favourable' : 'unfavourable'],
      );
    }
    expect(await morning('2027-02-10T08:00:00Z')).toBeGreaterThan(0);
    const [text, ...more] = await textsTo(app, coordinator, 'opinions-given');
    expect(more).toEqual([]);
    expect(text).toContain('Favorables : 1');
    expect(text).toContain('Défavorables : 1');
    expect(text).not.toContain('Motif');
    expect(await textsTo(app, recused, 'opinions-given')).toEqual([]);
    for (const person of [delegate, dossier.editor]) expect(await textsTo(app, person, 'opinions-given')).toEqual([]);
  });
});

describe('dossiers filed', () => {
  test('in a day are one message, the morning after, to the project leaders of their communes, but for who is recused', async () => {
    app.clock.freeze('2027-02-09T10:00:00Z');
    const [first, second] = [await aFiledDossier(app), await aFiledDossier(app)];
    const [instructor, recused, elsewhere] = [
      await aPerson(app, { grants: [GRANTS.instructorOf('94041')] }),
      await aPerson(app, { grants: [GRANTS.instructorOf('94041')] }),
      await aPerson(app, { grants: [GRANTS.instructorOf('94003'), GRANTS.coordinator()] }),
    ];
    for (const { organisationId } of [first, second]) {
      await app.query(`INSERT INTO recusals (id, user_id, organisation_id, reason) VALUES (gen_random_uuid(), $1, $2, 'Bénévole')`, [
        ...[recused.id, organisationId],
      ]);
    }
    await app.query('UPDATE dossiers SET call_id = $1, submitted_at = $2', [
      (await app.query<{ id: string }>('SELECT call_id AS id FROM dossiers LIMIT 1'))[0]?.id,
      '2027-02-09T22:30:00Z',
    ]);
    expect(await morning('2027-02-10T02:00:00Z')).toBe(0);
    expect(await morning('2027-02-10T08:00:00Z')).toBe(1);
    expect(await morning('2027-02-10T12:00:00Z')).toBe(0);
    const [text, ...more] = await textsTo(app, instructor, 'dossiers-filed');
    expect(more).toEqual([]);
    for (const { number } of [first, second]) expect(text).toContain(number);
    expect(text).toContain('vous instruisez les dossiers de votre commune');
    for (const person of [recused, elsewhere, first.editor]) expect(await textsTo(app, person, 'dossiers-filed')).toEqual([]);
  });

  test('are not told of once they are withdrawn or dealt with', async () => {
    app.clock.freeze('2027-02-09T10:00:00Z');
    const [withdrawn, admissible] = [await aFiledDossier(app), await aFiledDossier(app)];
    const instructor = await aPerson(app, { grants: [GRANTS.instructorOf('94041')] });
    await app.query(`UPDATE dossiers SET state = 'withdrawn', withdrawal_reason = 'Abandon' WHERE id = $1`, [withdrawn.id]);
    await app.query(`UPDATE dossiers SET state = 'admissible', admissibility_at = now() WHERE id = $1`, [admissible.id]);
    await morning('2027-02-10T08:00:00Z');
    expect(await textsTo(app, instructor, 'dossiers-filed')).toEqual([]);
  });
});

test('an envelope nearly used is told once a crossing, to who keeps it', async () => {
  const prefecture = await aPrefecture(app);
  const elsewhere = await aPerson(app, { grants: [GRANTS.prefectureOf('91'), GRANTS.partnerOf('CD94'), GRANTS.coordinator()] });
  const envelopeId = await anEnvelope(app, { funder: 'P147-94', ceilingCents: 1_000_000 });
  const use = (cents: number) => app.query('UPDATE envelopes SET reserved_cents = $2 WHERE id = $1', [envelopeId, cents]);
  // What is used, and how many messages that has made so far.
  const ticks = [
    [899_999, 0],
    [900_000, 1],
    [950_000, 1],
    // On the edge, it is still the same crossing.
    [880_000, 1],
    [930_000, 1],
    [849_999, 1],
    [910_000, 2],
  ] as const;
  for (const [used, messages] of ticks) {
    await use(used);
    await Promise.all([1, 2].map(() => app.app.get(WatchEnvelopes).execute()));
    await settled(app);
    expect([used, (await textsTo(app, prefecture, 'envelope-nearly-used')).length]).toEqual([used, messages]);
  }
  const texts = await textsTo(app, prefecture, 'envelope-nearly-used');
  expect(texts).toHaveLength(2);
  expect(texts[0]).toContain('Utilisé : 9 000,00 € (90 %)');
  expect(texts[0]).toContain('Disponible : 1 000,00 €');
  expect(await textsTo(app, elsewhere, 'envelope-nearly-used')).toEqual([]);
});

describe('a call', () => {
  async function aTeam() {
    const [editor, administrator] = [await aPerson(app), await aPerson(app)];
    const { id } = await anOrganisation(app, {
      members: [
        { person: editor, roles: ['editor'] },
        { person: administrator, roles: ['administrator'] },
      ],
    });
    return { editor, administrator, id };
  }

  test('that is published is told to who filed in the years before; near its end, to those of them who began nothing', async () => {
    app.clock.freeze('2027-01-04T09:00:00Z');
    const [regular, begun, drafted, stranger] = [await aTeam(), await aTeam(), await aTeam(), await aTeam()];
    const callId = await aCallRow(app, {
      title: 'Appel 2027',
      opensAt: new Date('2027-01-10T08:00:00Z'),
      closesAt: new Date('2027-02-28T11:00:00Z'),
    });
    const past = await aCallRow(app, { title: 'Appel 2026' });
    await app.query('UPDATE calls SET year = CASE WHEN id = $1 THEN 2027 ELSE 2026 END WHERE id IN ($1, $2)', [callId, past]);
    for (const { id: organisationId, editor } of [regular, begun]) {
      await aDossierRow(app, { callId: past, organisationId }, { state: 'submitted', submittedBy: editor.id });
    }
    // A draft that was never filed is no habit.
    await aDossierRow(app, { callId: past, organisationId: drafted.id });
    await aDossierRow(app, { callId, organisationId: begun.id });

    const eventId = await tell(app, 'call.published.v1', { callId });
    await settled(app);
    expect((await toldOf(app, eventId)).map(({ email, kind }) => [email, kind])).toEqual(
      all([regular.editor, begun.editor], 'call-published'),
    );
    expect((await textsTo(app, regular.editor, 'call-published'))[0]).toContain('Ouverture : 10 janvier 2027 à 09 h 00');

    const run = (instant: string) => tick(RemindFollowers, instant);
    expect(await run('2027-02-13T10:59:00Z')).toBe(0);
    expect(await run('2027-02-13T11:00:00Z')).toBe(1);
    expect(await run('2027-02-14T11:00:00Z')).toBe(0);
    expect((await textsTo(app, regular.editor, 'call-closing'))[0]).toContain('28 février 2027 à 12 h 00');
    for (const person of [regular.administrator, begun.editor, drafted.editor, stranger.editor]) {
      expect(await textsTo(app, person, 'call-closing')).toEqual([]);
    }
  });

  test('that was published before the day of its opening is told again that morning, once; one that opened at once is not', async () => {
    app.clock.freeze('2027-01-04T09:00:00Z');
    const team = await aTeam();
    const past = await aCallRow(app, { title: 'Appel 2026' });
    const times = { closesAt: new Date('2027-02-28T11:00:00Z') };
    const later = await aCallRow(app, { title: 'Plus tard', opensAt: new Date('2027-01-10T02:00:00Z'), ...times });
    const atOnce = await aCallRow(app, { title: 'Tout de suite', opensAt: new Date('2027-01-04T08:00:00Z'), ...times });
    await app.query('UPDATE calls SET year = CASE WHEN id = $1 THEN 2026 ELSE 2027 END', [past]);
    await app.query('UPDATE calls SET published_at = $1', ['2027-01-04T07:00:00Z']);
    await aDossierRow(app, { callId: past, organisationId: team.id }, { state: 'submitted', submittedBy: team.editor.id });
    const run = (instant: string) => tick(TellOfOpenings, instant);
    expect(await run('2027-01-09T20:00:00Z')).toBe(0);
    // It opens at three in the morning.
    expect(await run('2027-01-10T02:10:00Z')).toBe(0);
    expect(await run('2027-01-10T06:10:00Z')).toBe(1);
    expect(await run('2027-01-10T09:00:00Z')).toBe(0);
    const [text, ...more] = await textsTo(app, team.editor, 'call-open');
    expect(more).toEqual([]);
    expect(text).toContain('« Plus tard »');
    expect(text).toContain('28 février 2027 à 12 h 00');
    expect(await toldOf(app, openingId(atOnce, new Date('2027-01-04T08:00:00Z')))).toEqual([]);
    expect(await toldOf(app, openingId(later, new Date('2027-01-10T02:00:00Z')))).toHaveLength(1);
  });

  test('is told by its publication, and never as a draft', async () => {
    const draft = await aDraftCall(app);
    expect(await eventsOf(app, 'call.published.v1', 'callId', draft.id)).toEqual([]);
    const published = await aCall(app);
    expect(await eventsOf(app, 'call.published.v1', 'callId', published.id)).toHaveLength(1);
  });
});
