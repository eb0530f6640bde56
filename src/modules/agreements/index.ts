export { AgreementsModule } from './agreements.module.js';
export { PAYMENT_INVARIANTS, type Invariant } from './persistence/payment-invariants.js';
