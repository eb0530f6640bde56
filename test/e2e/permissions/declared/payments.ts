import { newId } from '../../../../src/kernel/id.js';
import type { Case } from '../case.js';
import { but, SEERS, STAFF, type Group } from '../personas.js';
import type { World } from '../world.js';
import { SHARED_STAFF } from './shared.js';

/** Who follows how a line of A is paid: those who judge it, and its organisation; who is in conflict reads what the organisation reads. */
const FOLLOWERS: Group = but(SEERS, ['councilGagarine']);

const PAYERS = [
  { on: 'of programme 147', line: 'p147', payers: ['prefecture94'] },
  { on: 'of the Val-de-Marne', line: 'cd94', payers: ['cd94'] },
  { on: 'of Ivry', line: 'ivry', payers: ['instructorIvry'] },
] as const;

const ACTS = [
  ['POST /v1/funding-lines/{id}/ej-number', () => ({ ejNumber: '2103456789' })],
  ['PUT /v1/funding-lines/{id}/payment-schedule', () => ({ installments: [{ label: 'Tout', amountCents: 1000, dueOn: '2027-06-01' }] })],
  ['POST /v1/funding-lines/{id}/payment-requests', () => ({ amountCents: 1000 })],
  ['POST /v1/funding-lines/{id}/payments', () => ({ amountCents: 1000, paidOn: '2026-01-01', reference: 'DP 1' })],
] as const;

const reason = () => ({ reason: 'Un motif' });
const onPaidLine = (operation: string, object: (w: World) => string): Case => ({
  operation,
  at: (w) => [object(w)],
  body: reason,
  allow: ['prefecture94'],
  forbid: but(SHARED_STAFF, ['prefecture94'], ['delegateS', 'prefecture91', 'instructorArcueil']),
});
const onImport = (path: string, body?: Case['body']): Case => ({
  operation: `${path.startsWith('GET ') ? '' : 'POST '}${path}`,
  at: (w) => [w.chorusImport, ...(path.includes('{rowId}') ? [w.chorusRow] : [])],
  ...(body ? { body } : {}),
  allow: ['prefecture94'],
});

export const PAYMENTS: readonly Case[] = [
  ...PAYERS.flatMap(({ on, line, payers }): Case[] => [
    { operation: 'GET /v1/funding-lines/{id}/payments', on, at: (w) => [w.lines[line]], allow: FOLLOWERS },
    ...ACTS.map(([operation, body]): Case => ({
      ...{ operation, on, at: (w) => [w.lines[line]], body },
      allow: payers,
      // Who is in conflict is told so; whoever else reads the line is refused.
      forbid: but([...STAFF, 'recused'], payers),
    })),
  ]),
  { operation: 'GET /v1/funding-lines/{id}/payments', on: 'of a draft', at: (w) => [w.draftLine], allow: [] },
  {
    operation: 'POST /v1/funding-lines/{id}/payments',
    on: 'of P147-91, on a dossier of both départements',
    at: (w) => [w.sharedLines.p14791],
    body: ACTS[3][1],
    allow: ['prefecture91'],
    forbid: but(SHARED_STAFF, ['prefecture91']),
  },
  onPaidLine('POST /v1/payments/{id}/reverse', (w) => w.payment),
  onPaidLine('POST /v1/payment-requests/{id}/cancel', (w) => w.paymentRequest),

  { operation: 'POST /v1/chorus-imports', body: () => ({ fileId: newId() }), allow: ['prefecture94', 'prefecture91'], others: 'forbid' },
  { operation: 'GET /v1/chorus-imports', row: (w) => w.chorusImport, allow: ['prefecture94'], others: 'blind' },
  onImport('GET /v1/chorus-imports/{id}'),
  { ...onImport('GET /v1/chorus-imports/{id}/rows'), row: (w) => w.chorusRow },
  onImport('/v1/chorus-imports/{id}/rows/{rowId}/resolve', () => ({ ignore: true })),
  onImport('/v1/chorus-imports/{id}/confirm'),
  onImport('/v1/chorus-imports/{id}/reverse', reason),
];
