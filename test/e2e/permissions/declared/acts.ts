import type { Case } from '../case.js';
import { but, MEMBERS, STAFF, type Group } from '../personas.js';
import type { World } from '../world.js';

/** Who reads the acts of a funder: those who judge the dossier, other funders that it does not ask left out. */
const READERS_147: Group = but(STAFF, ['cd94']);
const READERS_CD94: Group = STAFF;

const BODIES: Readonly<Record<string, (w: World) => object>> = {
  sign: () => ({ signedOn: '2026-01-01', method: 'platform' }),
  notify: () => ({}),
  void: () => ({ reason: 'Une erreur' }),
  amendments: (w) => ({ lines: [{ lineId: w.lines.p147, amountCents: 1000 }], reason: 'Un motif' }),
};

/** The beneficiary knows of an act once it is notified; who is in conflict with it is told so. */
const handle = (on: string, act: (w: World) => string, allow: Group, readers: Group): Case[] =>
  Object.entries(BODIES).map(([verb, body]) => ({
    operation: `POST /v1/acts/{id}/${verb}`,
    on,
    at: (w) => [act(w)],
    body,
    allow,
    forbid: but([...readers, 'recused'], allow),
  }));

const prepare = (funder: keyof World['funders'], allow: Group): Case => ({
  operation: 'POST /v1/acts/prepare',
  on: funder,
  body: (w) => ({ callId: w.call.id, funderId: w.funders[funder] }),
  allow,
  others: 'forbid',
});

const read = (on: string, act: (w: World) => string, allow: Group): Case[] => [
  { operation: 'GET /v1/acts', on, row: act, allow, others: 'blind' },
  { operation: 'GET /v1/acts/{id}', on, at: (w) => [act(w)], allow },
  { operation: 'GET /v1/acts/{id}/document', on, at: (w) => [act(w)], allow },
];

/** Whoever signs somewhere: what became of each act of the batch says the rest. */
const SIGNERS: Group = ['prefecture94', 'prefecture91', 'cd94', 'caf94', 'instructorIvry', 'instructorArcueil', 'recused'];

const batch = (verb: 'sign' | 'notify'): Case => ({
  operation: `POST /v1/acts/${verb}-batch`,
  body: (w) => ({ items: [{ actId: w.acts.prepared, version: 9, ...BODIES[verb]?.(w) }] }),
  allow: SIGNERS,
  others: 'forbid',
});

const signedScan = (act: (w: World) => string, allow: Group): Case => ({
  operation: 'GET /v1/acts/{id}/signed-scan',
  on: 'signed on paper',
  at: (w) => [act(w)],
  allow,
});

export const ACTS: readonly Case[] = [
  ...read('of programme 147, prepared', (w) => w.acts.prepared, READERS_147),
  ...read('of programme 147, notified', (w) => w.acts.notified, [...READERS_147, ...MEMBERS]),
  ...read('of the Val-de-Marne, prepared', (w) => w.acts.ofCd94, READERS_CD94),
  signedScan((w) => w.acts.onPaper, READERS_147),
  prepare('P147-94', ['prefecture94']),
  prepare('P147-91', ['prefecture91']),
  prepare('CD94', ['cd94']),
  prepare('COMMUNE-ivry-sur-seine', ['instructorIvry', 'recused']),
  ...handle('of programme 147', (w) => w.acts.prepared, ['prefecture94'], READERS_147),
  ...handle('of programme 147, notified', (w) => w.acts.notified, ['prefecture94'], [...READERS_147, ...MEMBERS]),
  ...handle('of the Val-de-Marne', (w) => w.acts.ofCd94, ['cd94'], READERS_CD94),
  batch('sign'),
  batch('notify'),
  {
    operation: 'GET /v1/organisations/{id}/public-money',
    at: (w) => [w.a.id],
    query: (w) => ({ year: String(w.call.year) }),
    allow: [...MEMBERS, ...STAFF, 'recused'],
  },
];
