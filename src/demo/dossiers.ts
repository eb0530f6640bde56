import { membersOf } from './people.js';
import type { Hands } from './hands.js';
import type { DemoDossier, Step } from './year.js';

interface Versioned {
  readonly id: string;
  readonly version: number;
}
interface Line extends Versioned {
  readonly funder: { readonly code: string };
  readonly requestedCents: number;
}
export interface DemoGround {
  readonly callId: string;
  readonly year: number;
  readonly funders: ReadonlyMap<string, string>;
  /** Envelopes by funder code. */
  readonly envelopes: ReadonlyMap<string, string>;
}

const SUBMITTED: readonly Step[] = [
  'submitted',
  'opinions',
  'to-complete',
  'withdrawn',
  'admissible',
  'inadmissible',
  'proposed',
  'approved',
];
const INSTRUCTED: readonly Step[] = ['opinions', 'proposed', 'approved'];
const ADMISSIBLE: readonly Step[] = ['admissible', 'proposed', 'approved'];

const ATTESTATION = { exactness: true, upToDate: true, republicanCommitment: true, publicAidOver500k: false, bankDetailsInItsName: true };

/** Takes one dossier as far as it is to go, each act by who does it. */
export async function loadDossier(hands: Hands, ground: DemoGround, organisationId: string, dossier: DemoDossier): Promise<void> {
  const { editor, signatory } = membersOf(dossier.organisation);
  const { step } = dossier;
  const { id } = await hands.post<Versioned>(editor, '/v1/dossiers', { callId: ground.callId, organisationId, title: dossier.title });
  await writeContent(hands, ground, editor, id, dossier);
  if (step === 'draft') return;
  const path = `/v1/dossiers/${id}`;
  const version = async () => (await hands.get<Versioned>(editor, path)).version;
  await hands.post(editor, `${path}/request-attestation`, {}, await version());
  if (!SUBMITTED.includes(step)) return;
  await hands.post(signatory, `${path}/attest`, ATTESTATION, await version());
  await hands.post(signatory, `${path}/submit`, {}, await version());
  if (step === 'withdrawn') await hands.post(signatory, `${path}/withdraw`, { reason: 'Le projet est reporté d’un an.' }, await version());
  await instruct(hands, ground, path, id, dossier, version);
}

async function writeContent(hands: Hands, ground: DemoGround, editor: string, dossierId: string, dossier: DemoDossier): Promise<void> {
  const { year } = ground;
  const action = await hands.post<Versioned>(editor, `/v1/dossiers/${dossierId}/actions`, {
    title: dossier.title,
    objectives: 'Répondre à un besoin exprimé par les habitants et lever les freins à la participation.',
    description: dossier.description,
    orientationCode: dossier.orientation,
    objectiveCodes: [dossier.objective],
    crossCuttingTags: ['gender-equality'],
    qpv: dossier.qpv,
    startsOn: `${year}-01-15`,
    endsOn: `${year}-12-15`,
    multiYear: false,
    beneficiaries: { ...dossier.people, byAge: {} },
    indicators: [{ label: 'Personnes accueillies', type: 'count', target: dossier.people.total }],
  });
  const euros = (amount: number) => amount * 100;
  const asked = Object.values(dossier.asks).reduce((total, amount) => total + amount, 0);
  await hands.put(editor, `/v1/actions/${action.id}/budgets/${year}`, {
    charges: [
      { account: '60', amountCents: euros(dossier.cost / 4) },
      { account: '64', amountCents: euros((dossier.cost * 3) / 4) },
    ],
    products: [
      ...Object.entries(dossier.asks).map(([code, amount]) => ({
        account: '74',
        amountCents: euros(amount),
        funderId: ground.funders.get(code),
      })),
      { account: '756', amountCents: euros(dossier.cost - asked) },
    ],
  });
}

async function instruct(
  hands: Hands,
  ground: DemoGround,
  path: string,
  id: string,
  dossier: DemoDossier,
  version: () => Promise<number>,
): Promise<void> {
  const { step } = dossier;
  const instructor = dossier.instructors[0] ?? '';
  if (step === 'to-complete') {
    const items = [{ pointer: '/actions/0/description', text: 'Précisez le nombre de séances et leurs lieux.' }];
    await hands.post(instructor, `${path}/complement-requests`, {
      reason: 'Le déroulé manque de précision.',
      dueOn: hands.inDays(15),
      items,
    });
  }
  if (step === 'inadmissible') {
    const reason = 'L’action est ponctuelle et relève du droit commun sportif de la ville.';
    await hands.post(instructor, `${path}/admissibility`, { admissible: false, reason }, await version());
  }
  if (ADMISSIBLE.includes(step)) await hands.post(instructor, `${path}/admissibility`, { admissible: true }, await version());
  if (!INSTRUCTED.includes(step)) return;
  const state = (await linesOf(hands, instructor, id)).find(({ funder }) => funder.code.startsWith('P147-'));
  if (!state) return;
  for (const city of dossier.instructors)
    await hands.post(city, `/v1/funding-lines/${state.id}/opinions`, { opinion: 'favourable', reason: 'Action attendue par le quartier.' });
  if (dossier.delegate === undefined) return;
  await hands.post(dossier.delegate, `/v1/funding-lines/${state.id}/opinions`, {
    opinion: 'reserved',
    reason: 'Utile, mais le montant demandé est élevé.',
  });
  await decide(hands, ground, id, state.id, dossier, dossier.delegate);
}

async function decide(
  hands: Hands,
  ground: DemoGround,
  dossierId: string,
  lineId: string,
  dossier: DemoDossier,
  delegate: string,
): Promise<void> {
  const { step, prefecture } = dossier;
  if (prefecture === undefined || (step !== 'proposed' && step !== 'approved')) return;
  const lineNow = async () => {
    const line = (await linesOf(hands, delegate, dossierId)).find(({ id }) => id === lineId);
    if (!line) throw new Error('a line that is decided on is there');
    return line;
  };
  const line = await lineNow();
  const amountCents = Math.round(line.requestedCents / 200_000) * 100_000;
  await hands.post(
    delegate,
    `/v1/funding-lines/${lineId}/propose`,
    { amountCents, envelopeId: ground.envelopes.get(line.funder.code) },
    line.version,
  );
  if (step === 'approved') await hands.post(prefecture, `/v1/funding-lines/${lineId}/approve`, { amountCents }, (await lineNow()).version);
}

async function linesOf(hands: Hands, email: string, dossierId: string): Promise<readonly Line[]> {
  const { data } = await hands.get<{ data: Line[] }>(email, `/v1/funding-lines?dossierId=${dossierId}`);
  return data;
}
