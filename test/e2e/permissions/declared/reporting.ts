import { EVERYONE, type Case } from '../case.js';
import { but, MEMBERS, SEERS, STAFF, STATE_94, WRITERS, type Group } from '../personas.js';
import type { World } from '../world.js';

const SIGNATORY: Group = ['signatoryA'];
/** Who reads what the organisation filed and what is asked of it: a council reads the actions of its QPV only. */
const FILE_READERS = but(SEERS, ['councilGagarine']);
/** Who decides for the funder of a line. Who is in conflict is told so, or would be for the city. */
const DECIDERS = { p147: STATE_94, cd94: ['cd94'], ivry: ['instructorIvry'] } as const satisfies Record<string, Group>;
const LINES = Object.keys(DECIDERS) as (keyof typeof DECIDERS)[];
const reason = () => ({ reason: 'Un motif' });

/** Acts on a line by the people of its funder; those who only see how the line stands are refused. */
const byFunder = (operation: string, body?: Case['body']): Case[] =>
  LINES.map((line): Case => ({
    operation,
    on: line,
    at: (w) => [w.grantLines[line]],
    ...(body ? { body } : {}),
    allow: DECIDERS[line],
    forbid: but([...STAFF, 'recused'], DECIDERS[line]),
  }));

/** The same, on what the organisation sees too. */
const onWhatIsSeen = (
  operation: string,
  at: (w: World, line: keyof typeof DECIDERS) => string,
  body: (w: World, line: keyof typeof DECIDERS) => object,
): Case[] =>
  LINES.map((line) => ({
    operation,
    on: line,
    at: (w) => [at(w, line)],
    body: (w) => body(w, line),
    allow: DECIDERS[line],
    forbid: but(FILE_READERS, DECIDERS[line]),
  }));

const anyFunder: Group = [...STATE_94, 'cd94', 'instructorIvry'];
const asked = () => ({ amountCents: 1000, reason: 'Non dépensé', dueOn: '2030-12-31' });
const dates = () => ({ startsOn: '2027-01-15', endsOn: '2028-01-31', reason: 'Travaux' });

export const REPORTING: readonly Case[] = [
  {
    operation: 'POST /v1/actions/{id}/reports',
    at: (w) => [w.grants.actionId],
    body: (w) => ({ year: w.grants.year, kind: 'final' }),
    allow: WRITERS,
    forbid: but(SEERS, WRITERS),
  },
  { operation: 'GET /v1/reports/{id}', at: (w) => [w.report], allow: FILE_READERS },
  { operation: 'GET /v1/reports/{id}', on: 'a draft', at: (w) => [w.draftReport], allow: MEMBERS },
  {
    operation: 'PATCH /v1/reports/{id}',
    at: (w) => [w.report],
    body: () => ({ carriedOut: 'x' }),
    allow: WRITERS,
    forbid: but(FILE_READERS, WRITERS),
  },
  {
    operation: 'PATCH /v1/reports/{id}',
    on: 'a draft',
    at: (w) => [w.draftReport],
    body: () => ({ carriedOut: 'x' }),
    allow: WRITERS,
    forbid: but(MEMBERS, WRITERS),
  },
  {
    operation: 'PUT /v1/reports/{id}/financial',
    at: (w) => [w.report],
    body: () => ({ charges: [], products: [] }),
    allow: WRITERS,
    forbid: but(FILE_READERS, WRITERS),
  },
  {
    operation: 'POST /v1/reports/{id}/submit',
    at: (w) => [w.report],
    body: () => ({ exactness: true }),
    allow: SIGNATORY,
    forbid: but(FILE_READERS, SIGNATORY),
  },
  {
    operation: 'POST /v1/reports/{id}/attachments',
    at: (w) => [w.report],
    body: (w) => ({ fileId: w.report, label: 'Photos' }),
    allow: WRITERS,
    forbid: but(FILE_READERS, WRITERS),
  },
  {
    operation: 'DELETE /v1/reports/{id}/attachments/{attachmentId}',
    at: (w) => [w.report, w.reportAttachment],
    allow: WRITERS,
    forbid: but(FILE_READERS, WRITERS),
  },
  {
    operation: 'GET /v1/reports/{id}/attachments/{attachmentId}/link',
    at: (w) => [w.report, w.reportAttachment],
    allow: FILE_READERS,
  },
  ...onWhatIsSeen(
    'POST /v1/reports/{id}/reviews',
    (w) => w.report,
    (w, line) => ({ fundingLineId: w.grantLines[line], decision: 'accept' }),
  ),
  // Its rows have no id: who sees which is in its own tests.
  { operation: 'GET /v1/reports/due', allow: EVERYONE },
  { operation: 'GET /v1/organisations/{id}/reports-due', at: (w) => [w.a.id], allow: MEMBERS },

  ...byFunder('POST /v1/funding-lines/{id}/close'),
  ...LINES.map((line): Case => {
    const allow: Group = [...SIGNATORY, ...DECIDERS[line]];
    return {
      operation: 'POST /v1/funding-lines/{id}/declare-not-carried-out',
      on: line,
      at: (w) => [w.grantLines[line]],
      body: reason,
      allow,
      forbid: but(FILE_READERS, allow),
    };
  }),
  ...byFunder('POST /v1/funding-lines/{id}/repayments', asked),
  { operation: 'GET /v1/repayments', row: (w) => w.repayments.p147, allow: FILE_READERS, others: 'blind' },
  { operation: 'GET /v1/repayments/{id}', at: (w) => [w.repayments.cd94], allow: FILE_READERS },
  ...onWhatIsSeen(
    'POST /v1/repayments/{id}/receipts',
    (w, line) => w.repayments[line],
    () => ({ amountCents: 1, receivedOn: '2026-01-01', reference: 'A' }),
  ),
  ...onWhatIsSeen('POST /v1/repayments/{id}/write-off', (w, line) => w.repayments[line], reason),

  {
    operation: 'POST /v1/actions/{id}/date-changes',
    at: (w) => [w.owing.actionId],
    body: dates,
    allow: WRITERS,
    forbid: but(SEERS, WRITERS),
  },
  { operation: 'GET /v1/actions/{id}/date-changes', at: (w) => [w.owing.actionId], row: (w) => w.dateChange, allow: FILE_READERS },
  {
    operation: 'POST /v1/date-changes/{id}/decide',
    at: (w) => [w.dateChange],
    body: () => ({ accepted: true }),
    allow: anyFunder,
    forbid: but(FILE_READERS, anyFunder),
  },
  {
    operation: 'POST /v1/organisation-blocks/{id}/lift',
    at: (w) => [w.block],
    body: reason,
    allow: anyFunder,
    forbid: but(FILE_READERS, anyFunder),
  },
];
