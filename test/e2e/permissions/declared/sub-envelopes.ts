import type { Case } from '../case.js';
import { but, SIGNED_IN, type Group } from '../personas.js';
import type { World } from '../world.js';

/** Those who read everything of the State's money in the Val-de-Marne, wherever it is. */
const ABOVE: Group = ['delegate94', 'prefecture94', 'coordinator', 'auditor'];

/** One part of an envelope: who keeps it, and who reads it. A sector's is not the other sectors', a commune's is its city's too. */
const PARTS: readonly { of: string; id: (w: World) => string; keepers: Group; readers: Group }[] = [
  { of: 'the North-East', id: (w) => w.parts.northEast, keepers: ['prefecture94'], readers: [...ABOVE, 'delegateNE'] },
  { of: 'the Centre', id: (w) => w.parts.centre, keepers: ['prefecture94'], readers: ABOVE },
  {
    of: 'Ivry',
    id: (w) => w.parts.ivry,
    keepers: ['prefecture94'],
    readers: [...ABOVE, 'delegateNE', 'instructorIvry', 'recused'],
  },
  {
    of: 'Ivry, from the Val-de-Marne',
    id: (w) => w.parts.cd94,
    keepers: ['cd94'],
    readers: [...ABOVE, 'delegateNE', 'instructorIvry', 'recused', 'cd94'],
  },
];

const acts = (id: (w: World) => string): readonly Pick<Case, 'operation' | 'at' | 'body'>[] => [
  { operation: 'POST /v1/envelopes/{id}/delegate', at: (w) => [id(w)], body: () => ({ amountCents: 1000 }) },
  { operation: 'POST /v1/envelopes/{id}/take-back', at: (w) => [id(w)], body: () => ({ amountCents: 1000, reason: 'Sous-consommation' }) },
  { operation: 'POST /v1/envelopes/{id}/close', at: (w) => [id(w)], body: () => ({ reason: 'Fin de gestion' }) },
];

export const SUB_ENVELOPES: readonly Case[] = [
  {
    operation: 'POST /v1/envelopes/{id}/sub-envelopes',
    at: (w) => [w.envelopes.p14794],
    body: () => ({ sectorCode: 'NE', amountCents: 1000 }),
    allow: ['prefecture94'],
    forbid: ['delegateNE', 'delegate94', 'coordinator', 'auditor'],
  },
  ...PARTS.flatMap(({ of, id, keepers, readers }): Case[] => [
    { operation: 'GET /v1/envelopes/{id}', on: `the part of ${of}`, at: (w) => [id(w)], allow: readers },
    {
      operation: 'GET /v1/envelopes',
      on: `the part of ${of}`,
      row: id,
      allow: readers,
      others: 'blind',
    },
    ...acts(id).map((act): Case => ({ ...act, on: `the part of ${of}`, allow: keepers, forbid: but(readers, keepers) })),
  ]),
  {
    operation: 'PUT /v1/pocket-limits/{department}/{year}',
    at: (w) => ['94', w.call.year],
    body: () => ({ baseCents: 100_000_000, source: 'Notification' }),
    allow: ['prefecture94'],
    others: 'forbid',
  },
  {
    operation: 'GET /v1/pocket-limits',
    row: (w) => w.parts.pocketLimit94,
    allow: [...ABOVE, 'delegateNE'],
    blind: but(SIGNED_IN, ABOVE, ['delegateNE']),
  },
];
