import type { Case } from '../case.js';
import { but, MEMBERS, STAFF, STATE_91, STATE_94, type Group } from '../personas.js';
import type { World } from '../world.js';
import { SHARED_STAFF } from './shared.js';

/** The State's people of a département, and those who see everything. */
const RULE_READERS_94: Group = [...STATE_94, 'coordinator', 'auditor'];
const RULE_READERS_91: Group = [...STATE_91, 'coordinator', 'auditor'];
/** Who approves somewhere: what became of each line of the batch says the rest. */
const APPROVERS: Group = [...STATE_94, ...STATE_91];

const rule = () => ({ secondApproverAboveCents: 1_000_000 });
const decisions = () => 'numéro de dossier;action;montant accordé;référence;date\nD;;1;R;2026-01-01\n';
const CSV = 'text/csv';

const ruleOf = (on: keyof World['funders'], readers: Group, setters: Group): Case[] => [
  { operation: 'GET /v1/approval-rules/{funderId}', on, at: (w) => [w.funders[on]], allow: readers },
  {
    operation: 'PUT /v1/approval-rules/{funderId}',
    on,
    at: (w) => [w.funders[on]],
    body: rule,
    allow: setters,
    forbid: but(readers, setters),
  },
];

const historyOf = (on: string, line: (w: World) => string, allow: Group): Case => ({
  operation: 'GET /v1/funding-lines/{id}/history',
  on,
  at: (w) => [line(w)],
  allow,
});

const importsOf = (on: keyof World['funders'], allow: Group): Case => ({
  operation: 'POST /v1/decision-imports',
  on,
  query: (w) => ({ funderId: w.funders[on] }),
  type: CSV,
  body: decisions,
  allow,
  others: 'forbid',
});

export const APPROVAL: readonly Case[] = [
  ...ruleOf('P147-94', RULE_READERS_94, ['prefecture94']),
  ...ruleOf('P147-91', RULE_READERS_91, ['prefecture91']),
  ...ruleOf('CD94', [], []),
  {
    operation: 'POST /v1/funding-lines/approve-batch',
    body: (w) => ({ lines: [{ lineId: w.sharedLines.p14794, version: 9, amountCents: 1000 }] }),
    allow: APPROVERS,
    others: 'forbid',
  },
  {
    operation: 'POST /v1/signature-delegations/{id}/end',
    at: (w) => [w.delegation],
    body: () => ({ endsOn: '2027-01-01', reason: 'Mutation' }),
    allow: ['prefecture94'],
    forbid: but(RULE_READERS_94, ['prefecture94']),
  },

  historyOf('of programme 147', (w) => w.lines.p147, [...MEMBERS, ...STAFF, 'recused']),
  historyOf('of the Val-de-Marne', (w) => w.lines.cd94, [...MEMBERS, ...STAFF, 'recused']),
  historyOf('of a draft', (w) => w.draftLine, MEMBERS),
  historyOf('of a dossier of both départements', (w) => w.sharedLines.p14791, SHARED_STAFF),

  importsOf('CD94', ['cd94']),
  importsOf('COMMUNE-ivry-sur-seine', ['instructorIvry', 'recused']),
  importsOf('P147-94', []),
  { operation: 'GET /v1/decision-imports/{id}', at: (w) => [w.decisionImport], allow: ['cd94'] },
  { operation: 'POST /v1/decision-imports/{id}/apply', at: (w) => [w.decisionImport], allow: ['cd94'] },
];
