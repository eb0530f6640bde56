import type { Case } from '../case.js';
import { but, STATE_91, STATE_94, type Group } from '../personas.js';
import type { World } from '../world.js';

/** One envelope: who keeps it, and who reads it: the State's people of its département, its funder, and those who see everything. */
interface Kept {
  readonly of: string;
  readonly id: (w: World) => string;
  readonly funder: (w: World) => string;
  readonly keepers: Group;
  readonly readers: Group;
}

const ENVELOPES: readonly Kept[] = [
  {
    of: 'P147-94',
    id: (w) => w.envelopes.p14794,
    funder: (w) => w.funders['P147-94'],
    keepers: ['prefecture94'],
    readers: [...STATE_94, 'coordinator', 'auditor'],
  },
  {
    of: 'P147-91',
    id: (w) => w.envelopes.p14791,
    funder: (w) => w.funders['P147-91'],
    keepers: ['prefecture91'],
    readers: [...STATE_91, 'coordinator', 'auditor'],
  },
  {
    of: 'the Val-de-Marne',
    id: (w) => w.envelopes.cd94,
    funder: (w) => w.funders.CD94,
    keepers: ['cd94'],
    readers: ['cd94', ...STATE_94, 'coordinator', 'auditor'],
  },
  {
    of: 'Ivry',
    id: (w) => w.envelopes.ivry,
    funder: (w) => w.funders['COMMUNE-ivry-sur-seine'],
    keepers: ['instructorIvry', 'recused'],
    readers: ['instructorIvry', 'recused', ...STATE_94, 'coordinator', 'auditor'],
  },
];

const more = () => ({ aeCents: 1000, cpCents: 1000, reason: 'Une rallonge' });

export const MONEY: readonly Case[] = [
  ...ENVELOPES.flatMap(({ of, id, funder, keepers, readers }): Case[] => [
    {
      operation: 'POST /v1/envelopes',
      on: of,
      body: (w) => ({ funderId: funder(w), programme: 'Autre', year: w.call.year, ceilingAeCents: 1000, ceilingCpCents: 1000 }),
      allow: keepers,
      others: 'forbid',
    },
    { operation: 'GET /v1/envelopes', on: of, row: id, allow: readers, others: 'blind' },
    { operation: 'GET /v1/envelopes/{id}', on: of, at: (w) => [id(w)], allow: readers },
    {
      operation: 'POST /v1/envelopes/{id}/increase',
      on: of,
      at: (w) => [id(w)],
      body: more,
      allow: keepers,
      forbid: but(readers, keepers),
    },
    {
      operation: 'POST /v1/envelopes/{id}/decrease',
      on: of,
      at: (w) => [id(w)],
      body: more,
      allow: keepers,
      forbid: but(readers, keepers),
    },
  ]),
  {
    operation: 'GET /v1/envelopes/{id}/movements',
    at: (w) => [w.envelopes.p14794],
    row: (w) => w.movement,
    allow: [...STATE_94, 'coordinator', 'auditor'],
  },
];
