import { parisDay } from '../../../src/kernel/paris-day.js';
import { PASSWORD } from '../../builders/accounts.js';
import { aCoordinator, aCall } from '../../builders/calls.js';
import { answerComplement, askComplement, standingOf } from '../../builders/complements.js';
import { actOn, aSubmittedDossier } from '../../builders/dossiers.js';
import { aDelegate, anEnvelope, aPrefecture, decide } from '../../builders/funding.js';
import { aSiret } from '../../builders/organisations.js';
import { aPerson, GRANTS, type Person } from '../../builders/people.js';
import { startApp, type TestApp } from '../../setup/app.js';
import { waitFor } from '../../setup/wait-for.js';
import { keptMails, plain, settled } from './mail-room.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ works: true });
});
afterAll(() => app.close());

/** What each person found in their box since `from`: address → subjects. */
async function boxes(people: readonly Person[]): Promise<Record<string, string[]>> {
  await settled(app);
  const kept = await keptMails(app);
  return Object.fromEntries(
    people.map(({ email }) => [email, kept.filter(({ to }) => to === email).map(({ subject }) => plain(subject).split(/[ :]/)[0] ?? '')]),
  );
}

async function codeSentTo(email: string, subject: RegExp): Promise<string> {
  await settled(app);
  const mail = (await keptMails(app)).find((one) => one.to === email && subject.test(one.subject));
  return /^Code à usage unique : (\S+)$/m.exec(plain(mail?.text ?? ''))?.[1] ?? '';
}

test('an account is opened, and recovered, with nothing but the mail', async () => {
  const email = 'nouvelle@exemple.test';
  await app.http.post('/v1/auth/register').send({ email, password: PASSWORD, name: 'Nour Velle' }).expect(202);
  const token = await codeSentTo(email, /Confirmez/);
  await app.http.post('/v1/auth/confirm-email').send({ token }).expect(204);
  await app.http.post('/v1/auth/login').send({ email, password: PASSWORD }).expect(200);
  await app.http.post('/v1/auth/forgot-password').send({ email }).expect(202);
  const again = await codeSentTo(email, /mot de passe/);
  await app.http.post('/v1/auth/reset-password').send({ token: again, password: 'une autre phrase de passe' }).expect(204);
  await app.http.post('/v1/auth/login').send({ email, password: 'une autre phrase de passe' }).expect(200);
  await waitFor('the work to be counted', async () =>
    /^bievre_jobs_total\{type="mail\.due\.v1",outcome="done"\} 2$/m.test((await app.http.get('/metrics')).text),
  );
});

test('joining an organisation is asked of the instructor of its commune, and answered', async () => {
  const [instructor, elsewhere] = [
    await aPerson(app, { grants: [GRANTS.instructorOf('94081')] }),
    await aPerson(app, { grants: [GRANTS.instructorOf('94016')] }),
  ];
  const person = await aPerson(app, { name: 'Nour Velle' });
  const body = {
    siret: aSiret(),
    name: 'Les Amis',
    legalForm: 'association',
    address: '1 rue Haute, 94400 Vitry-sur-Seine',
    email: 'amis@exemple.test',
  };
  const { id } = (await app.http.post('/v1/organisations').set(person.auth).send(body).expect(201)).body as { id: string };
  const kinds = async (): Promise<unknown[]> => {
    await settled(app);
    return app.query('SELECT user_id AS who, kind FROM deliveries WHERE organisation_id = $1 ORDER BY id', [id]);
  };
  expect(await kinds()).toEqual([{ who: instructor.id, kind: 'membership-requested' }]);
  const [asked] = await app.query<{ id: string; version: number }>('SELECT id, version FROM memberships WHERE organisation_id = $1', [id]);
  const path = `/v1/memberships/${asked?.id ?? ''}`;
  await app.http
    .post(`${path}/grant`)
    .set(instructor.auth)
    .set('If-Match', `"${asked?.version ?? 0}"`)
    .send({})
    .expect(200);
  expect((await kinds()).at(-1)).toEqual({ who: person.id, kind: 'membership-granted' });
  const end = { reason: 'Association dissoute' };
  await app.http
    .post(`${path}/end`)
    .set(instructor.auth)
    .set('If-Match', `"${(asked?.version ?? 0) + 1}"`)
    .send(end)
    .expect(200);
  expect((await kinds()).at(-1)).toEqual({ who: person.id, kind: 'membership-ended' });
  expect(await kinds()).toHaveLength(3);
  expect((await keptMails(app)).filter(({ to }) => to === elsewhere.email)).toEqual([]);
});

test('from the submission to the results, each is told what concerns them, once', async () => {
  const coordinator = await aCoordinator(app);
  const instructor = await aPerson(app, { name: 'Inès Instructrice', grants: [GRANTS.instructorOf('94041')] });
  const partner = await aPerson(app, { name: 'Paul Partenaire', grants: [GRANTS.partnerOf('CD94')] });
  const call = await aCall(app, { by: coordinator });
  const dossier = await aSubmittedDossier(app, { call, funders: [{ code: 'CD94', cents: 500_000 }] });
  const { editor, signatory } = dossier;
  const team = [editor, signatory];
  const everybody = [...team, coordinator, instructor, partner];
  const nothing = Object.fromEntries(everybody.map(({ email }) => [email, [] as string[]]));
  expect(await boxes(everybody)).toEqual({ ...nothing, [editor.email]: ['Dossier'], [signatory.email]: ['Dossier'] });

  const dueOn = parisDay(new Date(app.clock.now().getTime() + 10 * 86_400_000));
  await askComplement(app, instructor, dossier.id, dueOn);
  await settled(app);
  expect((await answerComplement(app, editor, dossier.id)).status).toBe(200);
  const asked = ['À', 'Dossier'];
  expect(await boxes(everybody)).toEqual({
    ...nothing,
    [editor.email]: asked,
    [signatory.email]: asked,
    [instructor.email]: ['Complément'],
  });

  const { version } = await standingOf(app, dossier.id);
  await actOn(app, { ...dossier, version }, 'admissibility', instructor, { admissible: true });
  const [line] = dossier.lines;
  const [stored] = await app.query<{ version: number }>('SELECT version FROM funding_lines WHERE id = $1', [line?.id]);
  await app.http
    .post(`/v1/funding-lines/${line?.id ?? ''}/record-decision`)
    .set(partner.auth)
    .set('If-Match', `"${stored?.version ?? 0}"`)
    .send({ amountCents: 450_000, decisionReference: 'CP 2027-12', decidedOn: parisDay(app.clock.now()) })
    .expect(200);
  const decided = [...['Dossier'], ...asked];
  expect(await boxes(everybody)).toEqual({
    ...nothing,
    [editor.email]: decided,
    [signatory.email]: decided,
    [instructor.email]: ['Complément'],
  });

  for (let time = 0; time < 2; time++) {
    const current = await app.http.get(`/v1/calls/${call.id}`).set(coordinator.auth).expect(200);
    await app.http
      .post(`/v1/calls/${call.id}/announce-results`)
      .set(coordinator.auth)
      .set('If-Match', String(current.headers['etag']))
      .send({})
      .expect(202);
    await settled(app);
  }
  const told = ['Résultats', ...decided];
  expect(await boxes(everybody)).toEqual({ ...nothing, [editor.email]: told, [signatory.email]: told, [instructor.email]: ['Complément'] });
  const results = (await keptMails(app)).find(({ to, subject }) => to === editor.email && subject.startsWith('Résultats'));
  expect(plain(results?.text ?? '')).toMatch(/accordé, 4 500,00 € \(demandé : 5 000,00 €\)/);
});

test('a withdrawn dossier is told to the instructors of its communes', async () => {
  const instructor = await aPerson(app, { grants: [GRANTS.instructorOf('94041')] });
  const dossier = await aSubmittedDossier(app);
  await actOn(app, dossier, 'withdraw', dossier.signatory, { reason: 'Projet abandonné' });
  await settled(app);
  const subjects = (await keptMails(app)).filter(({ to }) => to === instructor.email).map(({ subject }) => plain(subject));
  expect(subjects).toEqual([expect.stringContaining(`Dossier ${dossier.number} retiré`)]);
});

test('a withdrawal, once money was promised, is told to those who promised it and to the partners of the funders asked, once each', async () => {
  const dossier = await aSubmittedDossier(app, {
    funders: [
      { code: 'P147-94', cents: 500_000 },
      { code: 'CD94', cents: 200_000 },
    ],
  });
  await app.query(`UPDATE dossiers SET state = 'admissible', admissibility_at = now() WHERE id = $1`, [dossier.id]);
  const [delegate, gone, prefecture, uninvolved] = [
    await aDelegate(app),
    await aDelegate(app),
    await aPrefecture(app),
    await aPrefecture(app),
  ];
  const partner = await aPerson(app, { grants: [GRANTS.partnerOf('CD94')] });
  const colleague = await aPerson(app, { grants: [GRANTS.partnerOf('CD94')] });
  const elsewhere = await aPerson(app, { grants: [GRANTS.partnerOf('CAF94')] });
  const lines = await app.query<{ id: string; code: string }>(
    'SELECT l.id, f.code FROM funding_lines l JOIN funders f ON f.id = l.funder_id WHERE l.dossier_id = $1',
    [dossier.id],
  );
  const lineOf = (code: string): string => lines.find((line) => line.code === code)?.id ?? '';
  const envelopeId = await anEnvelope(app);
  for (const by of [gone, delegate]) await decide(app, by, lineOf('P147-94'), 'propose', { amountCents: 300_000, envelopeId });
  expect((await decide(app, prefecture, lineOf('P147-94'), 'approve', { amountCents: 300_000 })).status).toBe(200);
  const decidedOn = parisDay(app.clock.now());
  const recorded = { amountCents: 100_000, decisionReference: 'CP 2027-12', decidedOn };
  expect((await decide(app, partner, lineOf('CD94'), 'record-decision', recorded)).status).toBe(200);
  await app.query('UPDATE grants SET revoked_at = now() WHERE user_id = $1', [gone.id]);

  await actOn(app, dossier, 'withdraw', dossier.signatory, { reason: 'Projet abandonné' });
  const subject = `Dossier ${dossier.number} retiré`;
  await settled(app);
  const mails = (await keptMails(app)).filter((mail) => plain(mail.subject).startsWith(subject));
  const told = (person: Person): number => mails.filter(({ to }) => to === person.email).length;
  expect([delegate, prefecture, partner, colleague].map(told)).toEqual([1, 1, 1, 1]);
  expect([gone, uninvolved, elsewhere, dossier.editor].map(told)).toEqual([0, 0, 0, 0]);
});
