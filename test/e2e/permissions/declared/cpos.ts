import { negotiation } from '../../../builders/cpos.js';
import type { Case } from '../case.js';
import { but, MEMBERS, STAFF, STATE_94, type Group } from '../personas.js';
import type { World } from '../world.js';

/** On a dossier that asks the State for money and no other funder. */
const STAFF_147: Group = but(STAFF, ['cd94']);
/** Signed, it is the organisation's too; who declared a conflict reads it as the organisation does. */
const READERS: Group = [...STAFF_147, ...MEMBERS, 'recused'];
const SIGNERS: Group = ['prefecture94'];
const reason = () => ({ reason: 'Un motif' });
const amounts = (w: World) => ({ tranches: negotiation(w.multiYear).tranches });
const signed = () => ({ signedOn: '2026-01-01', beneficiarySignedOn: '2026-01-01', reference: 'CPO 1' });
const amended = (w: World) => ({ ...amounts(w), ...reason() });
const terminated = () => ({ ...reason(), effectiveOn: '2027-12-31' });

/** An act on a CPO that nobody signed: who reads how the dossier is judged is refused, its organisation knows of nothing. */
const unsigned = (operation: string, body: Case['body'], allow: Group): Case[] => [
  { operation, on: 'negotiated', at: (w) => [w.cpos.negotiated], body, allow, forbid: but([...STAFF_147, 'recused'], allow) },
];
const ofCd94 = (operation: string, body: Case['body']): Case => ({
  operation,
  on: 'of the Val-de-Marne',
  at: (w) => [w.cpos.ofCd94],
  body,
  allow: ['cd94'],
  forbid: but([...STAFF, 'recused'], ['cd94']),
});
const onSigned = (operation: string, body: Case['body'], allow: Group, year?: 'year'): Case => ({
  operation,
  on: 'signed',
  at: (w) => (year ? [w.cpos.signed, w.cpoYear + 1] : [w.cpos.signed]),
  body,
  allow,
  forbid: but(READERS, allow),
});

export const CPOS: readonly Case[] = [
  {
    operation: 'POST /v1/cpos',
    on: 'of programme 147',
    body: (w) => negotiation(w.multiYear, [0, 0, 0]),
    allow: STATE_94,
    forbid: but([...STAFF_147, 'recused'], STATE_94),
  },
  {
    operation: 'POST /v1/cpos',
    on: 'of the Val-de-Marne',
    body: (w) => negotiation(w.multiYearOfCd94, [0, 0, 0]),
    allow: ['cd94'],
    forbid: but([...STAFF, 'recused'], ['cd94']),
  },
  { operation: 'GET /v1/cpos', on: 'negotiated', row: (w) => w.cpos.negotiated, allow: STAFF_147, others: 'blind' },
  { operation: 'GET /v1/cpos', on: 'signed', row: (w) => w.cpos.signed, allow: READERS, others: 'blind' },
  { operation: 'GET /v1/cpos/{id}', on: 'negotiated', at: (w) => [w.cpos.negotiated], allow: STAFF_147 },
  { operation: 'GET /v1/cpos/{id}', on: 'signed', at: (w) => [w.cpos.signed], allow: READERS },
  { operation: 'GET /v1/cpos/{id}/versions', on: 'negotiated', at: (w) => [w.cpos.negotiated], allow: STAFF_147 },
  { operation: 'GET /v1/cpos/{id}/versions', on: 'signed', at: (w) => [w.cpos.signed], allow: STAFF_147 },
  { operation: 'GET /v1/cpos/{id}/renewal', on: 'negotiated', at: (w) => [w.cpos.negotiated], allow: STAFF_147 },
  { operation: 'GET /v1/cpos/{id}/renewal', on: 'signed', at: (w) => [w.cpos.signed], allow: READERS },
  {
    operation: 'GET /v1/cpos/share',
    on: 'of the contract',
    query: () => ({ year: '2027' }),
    allow: ['coordinator', 'auditor'],
    others: 'forbid',
  },
  {
    operation: 'GET /v1/cpos/share',
    on: 'of the Val-de-Marne',
    query: () => ({ year: '2027', department: '94' }),
    allow: [...STATE_94, 'coordinator', 'auditor'],
    others: 'forbid',
  },
  ...unsigned('PUT /v1/cpos/{id}', amounts, STATE_94),
  ...unsigned('POST /v1/cpos/{id}/abandon', reason, STATE_94),
  ...unsigned('POST /v1/cpos/{id}/sign', signed, SIGNERS),
  ...unsigned('POST /v1/cpos/{id}/prepare-act', undefined, SIGNERS),
  ofCd94('PUT /v1/cpos/{id}', amounts),
  ofCd94('POST /v1/cpos/{id}/prepare-act', undefined),
  ofCd94('POST /v1/cpos/{id}/sign', signed),
  onSigned('POST /v1/cpos/{id}/amend', amended, SIGNERS),
  onSigned('POST /v1/cpos/{id}/terminate', terminated, SIGNERS),
  onSigned('POST /v1/cpos/{id}/end', undefined, SIGNERS),
  onSigned('POST /v1/cpos/{id}/tranches/{year}/reserve', () => ({}), STATE_94, 'year'),
  onSigned('POST /v1/cpos/{id}/tranches/{year}/confirm', undefined, STATE_94, 'year'),
  onSigned('POST /v1/cpos/{id}/tranches/{year}/announce', undefined, [...STATE_94, 'coordinator'], 'year'),
];
