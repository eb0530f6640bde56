import { parisDay } from '../../../src/kernel/paris-day.js';
import { newId } from '../../../src/kernel/id.js';
import { aCall, aDraftCall, type CallBody } from '../../builders/calls.js';
import { complementBody } from '../../builders/complements.js';
import {
  actionBody,
  actOn,
  aDossier,
  anApplicant,
  aSubmittedDossier,
  budgetBody,
  DECLARATIONS,
  funderId,
  type Applicant,
  type DossierFixture,
} from '../../builders/dossiers.js';
import { anEnvelope } from '../../builders/funding.js';
import { anOrganisation, type OrganisationFixture } from '../../builders/organisations.js';
import { aPerson, GRANTS, type Person } from '../../builders/people.js';
import type { TestApp } from '../../setup/app.js';
import { buildApproval } from './world-approval.js';
import { buildHooks, type HooksOfWorld } from './world-hooks.js';
import { buildFiles, type FilesOfWorld } from './world-files.js';
import { buildDocuments, type DocumentsOfWorld } from './world-documents.js';
import { buildMessages, type MessagesOfWorld } from './world-messages.js';
import { buildPayments, type PaymentsOfWorld } from './world-payments.js';
import { createPeople, type People } from './personas.js';
import { buildActs, type Acts } from './world-acts.js';
import { buildReporting, type ReportingWorld } from './world-reporting.js';
import { buildParts, type Parts } from './world-envelopes.js';
import { buildCommittees, type CommitteeWorld } from './world-committee.js';
import { buildCpos, type CpoWorld } from './world-cpo.js';

/** Everything that the lines of the table are about. Ids, unless said. */
export interface World
  extends ReportingWorld, CpoWorld, CommitteeWorld, FilesOfWorld, PaymentsOfWorld, HooksOfWorld, MessagesOfWorld, DocumentsOfWorld {
  readonly people: People;
  /** Of funders, by code. */
  readonly funders: Readonly<Record<'P147-94' | 'P147-91' | 'CD94' | 'COMMUNE-ivry-sur-seine', string>>;
  readonly call: CallBody;
  readonly draftCall: CallBody;
  readonly a: OrganisationFixture;
  readonly b: OrganisationFixture;
  /** Seated out of the territory: no commune's instructor answers for it. */
  readonly outside: OrganisationFixture;
  /** Nobody's, for whoever wants to join one. */
  readonly open: OrganisationFixture;
  /** Who signs for A, already verified. */
  readonly signatorysMembership: string;
  /** Someone asked to join A; the stranger asked to join `outside`. */
  readonly askedMembership: string;
  readonly strangersMembership: string;
  /** Of A, submitted and admissible, in Gagarine only; asks P147-94, CD94 and Ivry-sur-Seine. */
  readonly dossier: DossierFixture;
  readonly lines: { readonly p147: string; readonly cd94: string; readonly ivry: string };
  /** Of A, a draft that asks the same. */
  readonly draft: DossierFixture;
  readonly draftLine: string;
  /** Of A, submitted, asked to complete. */
  readonly incomplete: DossierFixture;
  readonly complement: string;
  /** Of nobody here, submitted; an action in Gagarine (94) asks P147-94 and Arcueil for money, another in Noyer Renard (91) asks P147-91. */
  readonly shared: DossierFixture & { readonly action91: string };
  readonly sharedLines: { readonly p14794: string; readonly p14791: string; readonly arcueil: string };
  readonly instructorsOpinion: string;
  readonly councilsOpinion: string;
  readonly envelopes: { readonly p14794: string; readonly p14791: string; readonly cd94: string; readonly ivry: string };
  readonly parts: Parts;
  /** Of the envelope of P147-94. */
  readonly movement: string;
  /** Of P147-94 to the delegate of the North-East. */
  readonly delegation: string;
  readonly acts: Acts;
  /** Of CD94, shown and not applied. */
  readonly decisionImport: string;
  readonly extension: string;
  /** Asked by the coordination. */
  readonly operation: string;
  readonly user: Person & { readonly grantId: string };
  /** The stranger's, about B. */
  readonly recusal: string;
  /** Sent to the editor of A. */
  readonly delivery: string;
  /** Events that were given up. */
  readonly deadLetter: string;
  readonly replayable: string;
  readonly discardable: string;
}

const FUNDERS = [
  { code: 'P147-94', cents: 500_000 },
  { code: 'CD94', cents: 200_000 },
  { code: 'COMMUNE-ivry-sur-seine', cents: 100_000 },
] as const;

/** @throws Error rather than make a line of the table about nothing */
function one<Row>([row]: readonly Row[]): Row {
  if (row === undefined) throw new Error('the world lacks something');
  return row;
}

type Create = (by: Person, path: string, body: object) => Promise<string>;
const creating =
  (app: TestApp): Create =>
  async (by, path, body) => {
    const answer = await app.http.post(path).set(by.auth).send(body).expect(201);
    return (answer.body as { id: string }).id;
  };

export async function buildWorld(app: TestApp): Promise<World> {
  const people = await createPeople(app);
  const create = creating(app);
  const organisations = await buildOrganisations(app, people, create);
  const { a } = organisations;
  const call = await aCall(app, { by: people.coordinator });
  const applicant: Applicant = { organisationId: a.id, organisationName: a.name, editor: people.editorA, signatory: people.signatoryA };
  const dossiers = await buildDossiers(app, people, create, { call, applicant });
  const funders = {
    'P147-94': await funderId(app, 'P147-94'),
    'P147-91': await funderId(app, 'P147-91'),
    CD94: await funderId(app, 'CD94'),
    'COMMUNE-ivry-sur-seine': await funderId(app, 'COMMUNE-ivry-sur-seine'),
  };
  const until = new Date(new Date(call.closesAt).getTime() + 86_400_000).toISOString();
  return {
    people,
    funders,
    call,
    draftCall: await aDraftCall(app, { by: people.coordinator }),
    ...organisations,
    ...dossiers,
    ...(await buildReporting(app, people, { call, applicant })),
    ...(await buildCpos(app, people, { call, applicant })),
    ...(await buildMoney(app, people, create, funders['P147-94'])),
    ...(await buildActs(app, people, { call, applicant })),
    parts: await buildParts(app, people),
    extension: await create(people.coordinator, `/v1/calls/${call.id}/extensions`, { organisationId: a.id, until, reason: 'Inondation' }),
    ...(await buildAccounts(app, people)),
    ...(await buildApproval(app, people, funders.CD94, dossiers.dossier.number)),
    ...(await buildCommittees(app, people.coordinator, call.id, dossiers.lines.p147)),
    ...(await buildFiles(app, people)),
    ...(await buildPayments(app, people)),
    ...(await buildHooks(app, people)),
    ...(await buildDocuments(app, people, organisations.a.id)),
    ...(await buildMessages(app, people, dossiers.dossier.id)),
  };
}

async function buildOrganisations(app: TestApp, people: People, create: Create) {
  const members = (editor: Person, signatory: Person, administrator: Person) => [
    { person: editor },
    { person: signatory, roles: ['signatory' as const] },
    { person: administrator, roles: ['administrator' as const] },
  ];
  const a = await anOrganisation(app, { name: 'A', members: members(people.editorA, people.signatoryA, people.administratorA) });
  const b = await anOrganisation(app, {
    name: 'B',
    inseeCode: '94003',
    members: members(people.editorB, people.signatoryB, people.administratorB),
  });
  const outside = await anOrganisation(app, { name: 'Ailleurs', inseeCode: null });
  await create(people.recused, '/v1/me/recusals', { organisationId: a.id, reason: 'Mon conjoint en est trésorier' });
  const asked = { roles: ['editor'] };
  return {
    a,
    b,
    outside,
    open: await anOrganisation(app, { name: 'Ouverte', inseeCode: '94073' }),
    signatorysMembership: one(a.membershipIds.slice(1)),
    askedMembership: await create(await aPerson(app), `/v1/organisations/${a.id}/memberships`, asked),
    strangersMembership: await create(people.stranger, `/v1/organisations/${outside.id}/memberships`, asked),
    recusal: await create(people.stranger, '/v1/me/recusals', { organisationId: b.id, reason: 'Ma sœur la préside' }),
  };
}

const lineOf = ({ lines }: DossierFixture, funder: string): string => one(lines.filter(({ funderCode }) => funderCode === funder)).id;

async function buildDossiers(app: TestApp, people: People, create: Create, of: { call: CallBody; applicant: Applicant }) {
  const asking = { ...of, qpv: ['gagarine'], funders: FUNDERS };
  const dossier = await aSubmittedDossier(app, asking);
  await app.query(`UPDATE dossiers SET state = 'admissible', admissibility_at = now() WHERE id = $1`, [dossier.id]);
  const lines = { p147: lineOf(dossier, 'P147-94'), cd94: lineOf(dossier, 'CD94'), ivry: lineOf(dossier, 'COMMUNE-ivry-sur-seine') };
  const opinions = `/v1/funding-lines/${lines.p147}/opinions`;
  const favourable = { opinion: 'favourable', reason: 'Utile au quartier' };
  const draft = await aDossier(app, asking);
  const incomplete = await aSubmittedDossier(app, asking);
  const dueOn = parisDay(new Date(app.clock.now().getTime() + 10 * 86_400_000));
  const { body: complement } = await app.http
    .post(`/v1/dossiers/${incomplete.id}/complement-requests`)
    .set(people.instructorIvry.auth)
    .send(complementBody(dueOn))
    .expect(201);
  return {
    dossier,
    lines,
    draft,
    draftLine: lineOf(draft, 'P147-94'),
    incomplete,
    complement: (complement as { id: string }).id,
    instructorsOpinion: await create(people.instructorIvry, opinions, favourable),
    councilsOpinion: await create(people.councilGagarine, opinions, favourable),
    ...(await aSharedDossier(app, of.call)),
  };
}

/** Of both départements, one action each. */
async function aSharedDossier(app: TestApp, call: CallBody) {
  const applicant = await anApplicant(app, { inseeCode: null });
  const { editor, signatory } = applicant;
  const funders94 = [
    { code: 'P147-94', cents: 500_000 },
    { code: 'COMMUNE-arcueil', cents: 100_000 },
  ];
  const begun = await aDossier(app, { call, applicant, qpv: ['gagarine'], funders: funders94 });
  const action = await actionBody(app, begun.year, { title: 'La même en Essonne', qpv: ['noyer-renard'] });
  const { body: added } = await app.http.post(`/v1/dossiers/${begun.id}/actions`).set(editor.auth).send(action).expect(201);
  const { id: action91 } = added as { id: string };
  const { body } = await app.http
    .put(`/v1/actions/${action91}/budgets/${begun.year}`)
    .set(editor.auth)
    .send(await budgetBody(app, [{ code: 'P147-91', cents: 300_000 }]))
    .expect(200);
  const { dossierVersion: version, fundingLines } = body as { dossierVersion: number; fundingLines: { id: string }[] };
  const submitted = await actOn(app, { ...begun, version }, 'submit', signatory, DECLARATIONS);
  const sharedLines = { p14794: lineOf(begun, 'P147-94'), arcueil: lineOf(begun, 'COMMUNE-arcueil'), p14791: one(fundingLines).id };
  return { shared: { ...submitted, action91 }, sharedLines };
}

async function buildMoney(app: TestApp, people: People, create: Create, p147: string) {
  const p14794 = await anEnvelope(app, { by: people.prefecture94, programme: 'P147-01' });
  const { id: movement } = one(await app.query<{ id: string }>('SELECT id FROM movements WHERE envelope_id = $1', [p14794]));
  const year = app.clock.now().getUTCFullYear() + 1;
  return {
    envelopes: {
      p14794,
      p14791: await anEnvelope(app, { by: people.prefecture91, funder: 'P147-91', programme: 'P147-01' }),
      cd94: await anEnvelope(app, { by: people.cd94, funder: 'CD94', programme: 'Politique de la ville' }),
      ivry: await anEnvelope(app, { by: people.instructorIvry, funder: 'COMMUNE-ivry-sur-seine', programme: 'Vie associative' }),
    },
    movement,
    delegation: await create(people.prefecture94, '/v1/signature-delegations', {
      userId: people.delegateNE.id,
      funderId: p147,
      sectorCode: 'NE',
      ceilingCents: 1_000_000,
      validFrom: `${year}-01-01`,
      validUntil: `${year}-12-31`,
      reference: 'Arrêté 1',
    }),
  };
}

async function buildAccounts(app: TestApp, people: People) {
  const user = await aPerson(app, { grants: [GRANTS.instructorOf('94081')] });
  const { id: grantId } = one(await app.query<{ id: string }>('SELECT id FROM grants WHERE user_id = $1', [user.id]));
  const [operation, delivery] = [newId(), newId()];
  await app.query(`INSERT INTO operations (id, kind, created_by) VALUES ($1, 'announce-results', $2)`, [operation, people.coordinator.id]);
  await app.query(
    `INSERT INTO deliveries (id, event_id, user_id, kind, object_type, object_id, refs, created_at)
     VALUES ($1, $2, $3, 'receipt', 'dossier', $2, '{}', now())`,
    [delivery, newId(), people.editorA.id],
  );
  const letters = [newId(), newId(), newId()];
  await app.query(
    `INSERT INTO outbox (id, type, payload, tries, last_error, dead_at) SELECT id, 'mail.due.v1', '{}', 1, 'Error: gone', now() FROM unnest($1::uuid[]) AS l (id)`,
    [letters],
  );
  return {
    user: { ...user, grantId },
    operation,
    delivery,
    deadLetter: one(letters),
    replayable: one(letters.slice(1)),
    discardable: one(letters.slice(2)),
  };
}
