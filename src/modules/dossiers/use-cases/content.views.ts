import type { Money } from '../../../kernel/money.js';
import type { Actor, Role } from '../../../platform/auth/actor.js';
import { isDecisionPublic, publicStatus, type FundingLine, type FundingLineState, type PublicLineStatus } from '../../funding/index.js';
import type { Action } from '../domain/action.js';
import type { BudgetCheck } from '../domain/budget-check.js';
import type { StoredBudget } from '../domain/content.js';
import { isPrivate, type Dossier } from '../domain/dossier.js';

export interface LineView {
  readonly id: string;
  readonly funderId: string;
  readonly scheme: string | null;
  readonly year: number;
  readonly requestedCents: Money;
  /** null as long as the reader may not know. */
  readonly grantedCents: Money | null;
  readonly status: FundingLineState | PublicLineStatus;
  /** Why it was decided so, and when that was told; null as long as the reader may not know. */
  readonly decisionReason: string | null;
  readonly announcedAt: Date | null;
}

export interface BudgetView extends StoredBudget {
  readonly check: BudgetCheck;
  readonly fundingLines: readonly LineView[];
  readonly dossierVersion: number;
}

export interface ActionView extends Action {
  readonly budgets: readonly BudgetView[];
  readonly dossierVersion: number;
}

/**
 * How funding lines are read: by those who instruct and decide, as they stand; by everyone else, by what was announced of them.
 * A council reads the actions of its own QPV, without personal data.
 */
export type Reading = 'staff' | 'applicant' | 'council';

const STAFF: readonly Role[] = ['instructor', 'delegate', 'prefecture', 'coordinator', 'partner', 'auditor'];
const MEMBERS: readonly Role[] = ['applicant', 'signatory', 'organisation-administrator'];

/** Who belongs to the organisation, or declared a conflict with it, reads as an applicant does, whatever else they are. */
export function readingOf(actor: Actor, roles: ReadonlySet<Role>, dossier: Dossier): Reading {
  const member = MEMBERS.some((role) => roles.has(role)) || actor.recusedFrom.has(dossier.organisationId);
  if (!member && STAFF.some((role) => roles.has(role))) return 'staff';
  return roles.has('citizens-council') && !MEMBERS.some((role) => roles.has(role)) ? 'council' : 'applicant';
}

const UNTOLD = { grantedCents: null, decisionReason: null, announcedAt: null } as const;

export function lineView(line: FundingLine, dossier: Dossier, reading: Reading): LineView {
  const { id, funderId, scheme, year, requestedCents, state } = line;
  const decision = { grantedCents: line.grantedCents, decisionReason: line.reason, announcedAt: line.announcedAt };
  const common = { id, funderId, scheme, year, requestedCents };
  if (reading === 'staff') return { ...common, ...decision, status: state };
  return { ...common, ...(isDecisionPublic(state) ? decision : UNTOLD), status: publicStatus(state, !isPrivate(dossier)) };
}
