import { ACT_INVARIANTS, CPO_INVARIANTS, PAYMENT_INVARIANTS } from './modules/agreements/index.js';
import { FUNDING_INVARIANTS } from './modules/funding/index.js';
import { REPORT_INVARIANTS } from './modules/reporting/index.js';
import type { FaultSearch, Invariant } from './platform/database/invariants.js';

/** All that must hold of public money at any instant, every module's. */
export const MONEY_INVARIANTS: readonly (Invariant | FaultSearch)[] = [
  ...FUNDING_INVARIANTS,
  ...ACT_INVARIANTS,
  ...CPO_INVARIANTS,
  ...PAYMENT_INVARIANTS,
  ...REPORT_INVARIANTS,
];
