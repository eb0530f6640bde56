import { faultsOf, type Fault } from '../../../platform/database/invariants.js';
import type { Query } from '../../../platform/database/query.js';
import { FUNDING_INVARIANTS } from './ledger-invariants.js';

/** Something that the ledger promises and does not keep. Amounts in cents. */
export type LedgerFault = Fault;

/** Every promise of the ledger that is not kept to the cent; none, at any instant, unless something is broken. */
export function ledgerFaults(query: Query): Promise<LedgerFault[]> {
  return faultsOf(query, FUNDING_INVARIANTS);
}
