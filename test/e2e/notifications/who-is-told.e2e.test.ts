import { OneTimeTokens } from '../../../src/platform/auth/one-time-tokens.js';
import { anOrganisation, type Member } from '../../builders/organisations.js';
import { aPerson, GRANTS, type Person } from '../../builders/people.js';
import { aCallRow, aComplementRow, aDossierRow, aTokenRow } from '../../builders/rows.js';
import { startApp, type TestApp } from '../../setup/app.js';
import { keptMails, keptOf, offerAgain, plain, settled, tell, toldOf } from './mail-room.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ works: true });
});
afterAll(() => app.close());

const IVRY = '94041';

async function unconfirmed(): Promise<Person> {
  const person = await aPerson(app);
  await app.query('UPDATE users SET email_confirmed_at = NULL WHERE id = $1', [person.id]);
  return person;
}

async function disabled(person: Person): Promise<Person> {
  await app.query('UPDATE users SET disabled_at = now() WHERE id = $1', [person.id]);
  return person;
}

/** What each got: address and kind, once each, sent and kept. */
async function told(eventId: string): Promise<Record<string, string>> {
  await settled(app);
  const deliveries = await toldOf(app, eventId);
  const kept = await keptOf(app, eventId);
  expect(deliveries.map(({ state }) => state)).toEqual(deliveries.map(() => 'sent'));
  expect(kept.map(({ to }) => to).sort()).toEqual(deliveries.map(({ email }) => email));
  return Object.fromEntries(deliveries.map(({ email, kind }) => [email, kind]));
}

const all = (people: readonly Person[], kind: string): Record<string, string> =>
  Object.fromEntries(people.map(({ email }) => [email, kind]));

/** It was queued for those people, then cancelled: nothing was left to say. */
async function cancelledFor(eventId: string, people: readonly Person[]): Promise<void> {
  await settled(app);
  expect((await toldOf(app, eventId)).map(({ email, state }) => ({ email, state }))).toEqual(
    people.map(({ email }) => ({ email, state: 'cancelled' })),
  );
  expect(await keptOf(app, eventId)).toEqual([]);
}

/** An organisation of Ivry with one member of each sort, one who left and one whose account is closed. */
async function aTeam() {
  const [editor, signatory, administrator, gone] = await Promise.all([aPerson(app), aPerson(app), aPerson(app), aPerson(app)]);
  const closed = await disabled(await aPerson(app));
  const members: Member[] = [
    { person: editor, roles: ['editor'] },
    { person: signatory, roles: ['signatory'] },
    { person: administrator, roles: ['administrator'] },
    { person: gone, roles: ['editor', 'signatory'] },
    { person: closed, roles: ['editor', 'signatory', 'administrator'] },
  ];
  const organisation = await anOrganisation(app, { members });
  await app.query(`UPDATE memberships SET state = 'ended', ended_at = now() WHERE user_id = $1`, [gone.id]);
  const callId = await aCallRow(app);
  return { editor, signatory, administrator, gone, organisation, of: { callId, organisationId: organisation.id } };
}

describe('account messages', () => {
  test.each([
    ['account.registered.v1', 'confirm-email', 'account-confirmation', '/v1/auth/confirm-email'],
    ['account.invited.v1', 'invitation', 'invitation', '/v1/auth/accept-invitation'],
    ['account.password-reset-asked.v1', 'reset-password', 'password-reset', '/v1/auth/reset-password'],
  ] as const)('%s: the code goes to the holder, confirmed or not', async (type, purpose, kind, path) => {
    const person = await unconfirmed();
    const tokenId = await aTokenRow(app, person.id, purpose);
    const eventId = await tell(app, type, { userId: person.id, tokenId });
    expect(await told(eventId)).toEqual({ [person.email]: kind });
    const [mail] = await keptOf(app, eventId);
    expect(mail?.text).toContain(app.app.get(OneTimeTokens).tokenOf(tokenId));
    expect(mail?.text).toContain(`POST http://bievre.test${path}`);
  });

  test('an invitation says who invites and to do what', async () => {
    const administrator = await aPerson(app, { name: 'Ada Administratrice', grants: [GRANTS.administrator()] });
    const person = await aPerson(app, { grants: [GRANTS.instructorOf(IVRY)] });
    await app.query('UPDATE grants SET granted_by = $2 WHERE user_id = $1', [person.id, administrator.id]);
    const eventId = await tell(app, 'account.invited.v1', { userId: person.id, tokenId: await aTokenRow(app, person.id, 'invitation') });
    await settled(app);
    const [mail] = await keptOf(app, eventId);
    expect(mail?.subject).toContain('Ada Administratrice vous invite');
    expect(mail?.text).toContain('instruire les dossiers (Ivry-sur-Seine)');
  });

  test.each([{ used: true }, { expired: true }])('a link that opens nothing any more (%j) is not sent', async (over) => {
    const person = await unconfirmed();
    const tokenId = await aTokenRow(app, person.id, 'confirm-email', over);
    const eventId = await tell(app, 'account.registered.v1', { userId: person.id, tokenId });
    await settled(app);
    expect(await toldOf(app, eventId)).toMatchObject([{ email: person.email, state: 'cancelled' }]);
    expect(await keptOf(app, eventId)).toEqual([]);
  });

  test('nothing goes to a closed account', async () => {
    const person = await disabled(await aPerson(app));
    const eventId = await tell(app, 'account.password-reset-asked.v1', {
      userId: person.id,
      tokenId: await aTokenRow(app, person.id, 'reset-password'),
    });
    expect(await told(eventId)).toEqual({});
  });
});

describe('joining an organisation', () => {
  async function aRequest(organisationId: string, person: Person): Promise<string> {
    const [row] = await app.query<{ id: string }>(
      `INSERT INTO memberships (id, organisation_id, user_id, state, is_editor) VALUES (gen_random_uuid(), $1, $2, 'requested', true) RETURNING id`,
      [organisationId, person.id],
    );
    return row?.id ?? '';
  }

  test('its administrators are asked, and nobody else', async () => {
    const { administrator, organisation } = await aTeam();
    await aPerson(app, { grants: [GRANTS.instructorOf(IVRY)] });
    const requester = await aPerson(app, { name: 'Rémi Requérant' });
    const eventId = await tell(app, 'membership.requested.v1', { membershipId: await aRequest(organisation.id, requester) });
    expect(await told(eventId)).toEqual({ [administrator.email]: 'membership-requested' });
    const [mail] = await keptOf(app, eventId);
    expect(mail?.text).toContain('Rémi Requérant');
    expect(mail?.text).toContain(requester.email);
  });

  test('without an administrator, the instructors of its commune are, but for the one who asks', async () => {
    const [instructor, elsewhere] = [
      await aPerson(app, { grants: [GRANTS.instructorOf('94081')] }),
      await aPerson(app, { grants: [GRANTS.instructorOf('94002')] }),
    ];
    const requester = await aPerson(app, { grants: [GRANTS.instructorOf('94081')] });
    const organisation = await anOrganisation(app, { inseeCode: '94081' });
    const eventId = await tell(app, 'membership.requested.v1', { membershipId: await aRequest(organisation.id, requester) });
    const mails = await told(eventId);
    expect(mails).toEqual({ [instructor.email]: 'membership-requested' });
    expect(mails).not.toHaveProperty([elsewhere.email]);
  });

  test('out of the territory, the coordination is', async () => {
    const coordinator = await aPerson(app, { grants: [GRANTS.coordinator()] });
    const organisation = await anOrganisation(app, { inseeCode: null });
    const eventId = await tell(app, 'membership.requested.v1', { membershipId: await aRequest(organisation.id, await aPerson(app)) });
    expect(await told(eventId)).toMatchObject({ [coordinator.email]: 'membership-requested' });
  });

  test.each(['active', 'refused', 'ended'])('nobody is asked about a request that is %s already', async (state) => {
    const { administrator, organisation } = await aTeam();
    const membershipId = await aRequest(organisation.id, await aPerson(app));
    await app.query(
      `UPDATE memberships SET state = $2, decided_by = $3, decided_at = now(), decision_reason = CASE WHEN $2 = 'refused' THEN 'Inconnu' END,
              ended_at = CASE WHEN $2 = 'ended' THEN now() END
       WHERE id = $1`,
      [membershipId, state, administrator.id],
    );
    await cancelledFor(await tell(app, 'membership.requested.v1', { membershipId }), [administrator]);
  });

  test.each([
    ['active', 'membership-granted', 'rédaction des dossiers'],
    ['refused', 'membership-refused', 'Inconnu de nous'],
    ['ended', 'membership-ended', 'Mandat terminé'],
  ])('the person learns that they are %s', async (state, kind, words) => {
    const { organisation, administrator } = await aTeam();
    const person = await aPerson(app);
    const membershipId = await aRequest(organisation.id, person);
    const ended = state === 'ended' ? 'Mandat terminé' : null;
    await app.query(
      `UPDATE memberships SET state = $2, decided_by = $3, decided_at = now(), decision_reason = $4,
              ended_at = CASE WHEN $5::text IS NOT NULL THEN now() END, end_reason = $5
       WHERE id = $1`,
      [membershipId, state, administrator.id, state === 'refused' ? 'Inconnu de nous' : null, ended],
    );
    const eventId = await tell(app, 'membership.decided.v1', { membershipId });
    expect(await told(eventId)).toEqual({ [person.email]: kind });
    expect((await keptOf(app, eventId))[0]?.text).toContain(words);
  });
});

describe('the life of a dossier', () => {
  test('an attestation is asked of the signatories', async () => {
    const { signatory, of } = await aTeam();
    const dossier = await aDossierRow(app, of, { state: 'awaiting-attestation' });
    const eventId = await tell(app, 'dossier.attestation-requested.v1', { dossierId: dossier.id });
    expect(await told(eventId)).toEqual(all([signatory], 'attestation-requested'));
    expect((await keptOf(app, eventId))[0]?.text).toContain(`http://bievre.test/v1/dossiers/${dossier.id}`);
  });

  test.each([
    ['went back to its authors', 'draft', false],
    ['was filed', 'submitted', false],
    ['was withdrawn', 'withdrawn', false],
    ['was attested, and is not filed yet', 'awaiting-attestation', true],
  ])('an attestation is no longer asked for once the dossier %s', async (_what, state, attested) => {
    const { editor, signatory, of } = await aTeam();
    const dossier = await aDossierRow(app, of, { state, ...(state === 'submitted' ? { submittedBy: editor.id } : {}) });
    if (attested) {
      await app.query(`UPDATE dossiers SET attested_hash = '\\x00', attested_by = $2, attested_at = now() WHERE id = $1`, [
        dossier.id,
        signatory.id,
      ]);
    }
    await cancelledFor(await tell(app, 'dossier.attestation-requested.v1', { dossierId: dossier.id }), [signatory]);
  });

  test('the receipt goes to editors and signatories, and once to who submitted', async () => {
    const { editor, signatory, of } = await aTeam();
    const dossier = await aDossierRow(app, of, { state: 'submitted', submittedBy: signatory.id });
    const eventId = await tell(app, 'dossier.submitted.v1', { dossierId: dossier.id });
    expect(await told(eventId)).toEqual(all([editor, signatory], 'receipt'));
    const [mail] = await keptOf(app, eventId);
    expect(mail?.subject).toContain(dossier.number);
    expect(mail?.text).toContain(`R-${dossier.number}`);
    expect(plain(mail?.text ?? '')).toContain('Sans décision le 15 mars 2027');
    expect(mail?.text).toContain(`/v1/dossiers/${dossier.id}/receipt`);
  });

  test('a complement asked goes to them too, with what is asked', async () => {
    const { editor, signatory, of } = await aTeam();
    const instructor = await aPerson(app, { grants: [GRANTS.instructorOf(IVRY)] });
    const { id: dossierId } = await aDossierRow(app, of, { state: 'to-complete', submittedBy: signatory.id, communes: [IVRY] });
    const complementRequestId = await aComplementRow(app, dossierId, instructor.id);
    const eventId = await tell(app, 'complement.requested.v1', { dossierId, complementRequestId });
    expect(await told(eventId)).toEqual(all([editor, signatory], 'complement-asked'));
    const text = plain((await keptOf(app, eventId))[0]?.text ?? '');
    expect(text).toContain('Il manque le budget détaillé.');
    expect(text).toContain('- Action 1, budget : Détaillez le compte 64');
    expect(text).toContain(`Opération : POST http://bievre.test/v1/dossiers/${dossierId}/complements`);
    expect(text).toContain('15 février 2027 au plus tard');
  });

  test('its answer goes to who asked; to the instructors of its communes when they left', async () => {
    const { signatory, of } = await aTeam();
    const asker = await aPerson(app, { grants: [GRANTS.delegateOfDepartment('94')] });
    const instructor = await aPerson(app, { grants: [GRANTS.instructorOf('94022')] });
    const { id: dossierId } = await aDossierRow(app, of, { state: 'submitted', submittedBy: signatory.id, communes: ['94022'] });
    const complementRequestId = await aComplementRow(app, dossierId, asker.id, true);
    const first = await tell(app, 'complement.answered.v1', { dossierId, complementRequestId });
    expect(await told(first)).toEqual({ [asker.email]: 'complement-answered' });
    await disabled(asker);
    const second = await tell(app, 'complement.answered.v1', { dossierId, complementRequestId });
    expect(await told(second)).toEqual({ [instructor.email]: 'complement-answered' });
  });

  test.each([
    ['94016', 'has no role there any more', 'UPDATE grants SET revoked_at = now() WHERE user_id = $1', (asker: Person) => [asker.id]],
    [
      '94037',
      'has declared a conflict since',
      `INSERT INTO recusals (id, user_id, organisation_id, reason) VALUES (gen_random_uuid(), $1, $2, 'Bénévole')`,
      (asker: Person, organisationId: string) => [asker.id, organisationId],
    ],
  ])('its answer, in %s, is not told to an asker who %s, but to the instructors', async (commune, _why, sql, of) => {
    const { signatory, of: owned } = await aTeam();
    const asker = await aPerson(app, { grants: [GRANTS.instructorOf(commune)] });
    const instructor = await aPerson(app, { grants: [GRANTS.instructorOf(commune)] });
    const { id: dossierId } = await aDossierRow(app, owned, { state: 'submitted', submittedBy: signatory.id, communes: [commune] });
    const complementRequestId = await aComplementRow(app, dossierId, asker.id, true);
    await app.query(sql, of(asker, owned.organisationId));
    const eventId = await tell(app, 'complement.answered.v1', { dossierId, complementRequestId });
    expect(await told(eventId)).toEqual({ [instructor.email]: 'complement-answered' });
  });

  test('who submitted it and left the organisation is told nothing more', async () => {
    const { editor, signatory, gone, of } = await aTeam();
    const dossier = await aDossierRow(app, of, { state: 'admissible', submittedBy: gone.id });
    const eventId = await tell(app, 'dossier.admissibility-decided.v1', { dossierId: dossier.id });
    expect(await told(eventId)).toEqual(all([editor, signatory], 'admissible'));
  });

  test.each([
    ['admissible', 'Votre dossier est complet et recevable'],
    ['inadmissible', 'Hors du calendrier de l’appel'],
  ])('its team learns that it is %s', async (state, words) => {
    const { editor, signatory, of } = await aTeam();
    const dossier = await aDossierRow(app, of, { state, submittedBy: editor.id, admissibilityReason: 'Hors du calendrier de l’appel' });
    const eventId = await tell(app, 'dossier.admissibility-decided.v1', { dossierId: dossier.id });
    expect(await told(eventId)).toEqual(all([editor, signatory], state));
    expect((await keptOf(app, eventId))[0]?.text).toContain(words);
  });

  test('a withdrawal is told to the instructors of its communes, and never for a draft', async () => {
    const { editor, of } = await aTeam();
    const instructor = await aPerson(app, { grants: [GRANTS.instructorOf('94054')] });
    await aPerson(app, { grants: [GRANTS.delegateOfDepartment('94'), GRANTS.prefectureOf('94')] });
    const formerInstructor = await aPerson(app, { grants: [GRANTS.instructorOf('94054')] });
    await app.query('UPDATE grants SET revoked_at = now() WHERE user_id = $1', [formerInstructor.id]);
    const withdrawn = { state: 'withdrawn', withdrawalReason: 'Projet abandonné', communes: ['94054', '94038'] };
    const submitted = await aDossierRow(app, of, { ...withdrawn, submittedBy: editor.id });
    const draft = await aDossierRow(app, of, withdrawn);
    const eventId = await tell(app, 'dossier.withdrawn.v1', { dossierId: submitted.id });
    expect(await told(eventId)).toEqual({ [instructor.email]: 'dossier-withdrawn' });
    expect((await keptOf(app, eventId))[0]?.text).toContain('Projet abandonné');
    expect(await told(await tell(app, 'dossier.withdrawn.v1', { dossierId: draft.id }))).toEqual({});
  });
});

test('an event delivered again, however often, sends nothing more', async () => {
  const { editor, signatory, of } = await aTeam();
  const dossier = await aDossierRow(app, of, { state: 'submitted', submittedBy: editor.id });
  const eventId = await tell(app, 'dossier.submitted.v1', { dossierId: dossier.id });
  expect(await told(eventId)).toEqual(all([editor, signatory], 'receipt'));
  const before = (await keptMails(app)).length;
  for (let time = 0; time < 3; time++) {
    await app.query(
      'UPDATE outbox SET handled_at = NULL WHERE id = $1 OR payload->>$2 IN (SELECT id::text FROM deliveries WHERE event_id = $1)',
      [eventId, 'deliveryId'],
    );
    await offerAgain(app);
    await settled(app);
  }
  expect(await toldOf(app, eventId)).toHaveLength(2);
  expect(await keptMails(app)).toHaveLength(before);
});
