import type { RoleGrant } from '../../../src/platform/auth/actor.js';
import { aPerson, GRANTS, type Person } from '../../builders/people.js';
import type { TestApp } from '../../setup/app.js';

const councilOf = (slug: string): RoleGrant => ({ role: 'citizens-council', scope: { kind: 'qpv', code: slug } });

/**
 * One of each role of the trade over the dossier of organisation A (Ivry-sur-Seine, QPV Gagarine), and one of each that is foreign to it: another
 * organisation, commune, sector, département, funder, QPV. Members have no grant: `buildWorld` makes their memberships.
 */
const GRANTED = {
  stranger: [],
  editorA: [],
  signatoryA: [],
  administratorA: [],
  editorB: [],
  signatoryB: [],
  administratorB: [],
  instructorIvry: [GRANTS.instructorOf('94041')],
  instructorArcueil: [GRANTS.instructorOf('94003')],
  /** Instructs in Ivry too, and declared a conflict of interest with A. */
  recused: [GRANTS.instructorOf('94041')],
  delegateNE: [GRANTS.delegateOfSector('NE')],
  delegateS: [GRANTS.delegateOfSector('S')],
  delegate94: [GRANTS.delegateOfDepartment('94')],
  prefecture94: [GRANTS.prefectureOf('94')],
  prefecture91: [GRANTS.prefectureOf('91')],
  coordinator: [GRANTS.coordinator()],
  cd94: [GRANTS.partnerOf('CD94')],
  caf94: [GRANTS.partnerOf('CAF94')],
  councilGagarine: [councilOf('gagarine')],
  councilNoyerRenard: [councilOf('noyer-renard')],
  landlord: [{ role: 'landlord', scope: { kind: 'funder', code: 'LANDLORD-VALOPHIS-HABITAT' } }],
  auditor: [GRANTS.auditor()],
  administrator: [GRANTS.administrator()],
} as const satisfies Record<string, readonly RoleGrant[]>;

export type SignedIn = keyof typeof GRANTED;
export type Persona = 'anonymous' | SignedIn;
export type Group = readonly SignedIn[];
export type People = Readonly<Record<SignedIn, Person>>;

export const SIGNED_IN = Object.keys(GRANTED) as SignedIn[];
export const PERSONAS: readonly Persona[] = ['anonymous', ...SIGNED_IN];

export async function createPeople(app: TestApp): Promise<People> {
  const people: Partial<Record<SignedIn, Person>> = {};
  for (const name of SIGNED_IN) people[name] = await aPerson(app, { name, grants: GRANTED[name] });
  return people as People;
}

/** Everyone of `group` who is in none of the others. */
export const but = (group: Group, ...others: readonly Group[]): Group =>
  group.filter((one) => !others.some((other) => other.includes(one)));

// Who is who around A and its dossiers, from the role table of the trade.
export const MEMBERS: Group = ['editorA', 'signatoryA', 'administratorA'];
/** Who writes and answers. The legal representative may do what those who write for them do; who only manages the people may not. */
export const WRITERS: Group = ['editorA', 'signatoryA'];
/** The State's people in whose perimeter the dossier lies. */
export const STATE_94: Group = ['delegateNE', 'delegate94', 'prefecture94'];
export const STATE_91: Group = ['delegateS', 'prefecture91'];
/** Who reads how a dossier is judged: the instruction, the funders it asks, and those who see everything. */
export const STAFF: Group = ['instructorIvry', ...STATE_94, 'coordinator', 'cd94', 'auditor'];
/** Who knows that the dossier exists. Who declared a conflict reads it as its applicant does. */
export const SEERS: Group = [...MEMBERS, ...STAFF, 'recused', 'councilGagarine'];
