export { AgreementsModule } from './agreements.module.js';
export { CPO_INVARIANTS, type CpoInvariant } from './persistence/cpo-invariants.js';
export { CpoSigning, type SignatureTerms } from './use-cases/cpo-signing.js';
export { InterimReports, type AcceptedReport } from './use-cases/interim-reports.js';
export { KeepCpos } from './use-cases/keep-cpos.js';
export { NegotiateCpo } from './use-cases/negotiate-cpo.js';
export { ReserveTranche } from './use-cases/reserve-tranche.js';
export { ConfirmTranche } from './use-cases/confirm-tranche.js';
export { SignCpo } from './use-cases/sign-cpo.js';
