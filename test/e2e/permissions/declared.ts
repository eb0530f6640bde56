import type { Case } from './case.js';
import { ACCOUNTS } from './declared/accounts.js';
import { ACTS } from './declared/acts.js';
import { APPROVAL } from './declared/approval.js';
import { CALLS } from './declared/calls.js';
import { CPOS } from './declared/cpos.js';
import { COMMITTEE_CASES } from './declared/committee.js';
import { DECISIONS } from './declared/decisions.js';
import { DOSSIERS } from './declared/dossiers.js';
import { MONEY } from './declared/envelopes.js';
import { DOCUMENTS } from './declared/documents.js';
import { FILES } from './declared/files.js';
import { HOOKS } from './declared/hooks.js';
import { INSTRUCTION_CASES } from './declared/instruction.js';
import { MESSAGES } from './declared/messages.js';
import { OPEN } from './declared/open.js';
import { REPORTING } from './declared/reporting.js';
import { ORGANISATIONS } from './declared/organisations.js';
import { SUB_ENVELOPES } from './declared/sub-envelopes.js';
import { PAYMENTS } from './declared/payments.js';

/**
 * Who may do what on what, written from the rules of the trade and from nothing in the code: where the two differ, one of them is wrong, and it is
 * not for this table to follow.
 */
export const DECLARED: readonly Case[] = [
  ...OPEN,
  ...ACCOUNTS,
  ...ORGANISATIONS,
  ...CALLS,
  ...DOSSIERS,
  ...INSTRUCTION_CASES,
  ...DECISIONS,
  ...MONEY,
  ...ACTS,
  ...REPORTING,
  ...SUB_ENVELOPES,
  ...CPOS,
  ...APPROVAL,
  ...COMMITTEE_CASES,
  ...FILES,
  ...PAYMENTS,
  ...HOOKS,
  ...MESSAGES,
  ...DOCUMENTS,
];
