export { AgreementsModule } from './agreements.module.js';
export { ACT_INVARIANTS } from './persistence/act-invariants.js';
export { AskPreparation } from './use-cases/ask-preparation.js';
export { CpoActs, type CpoOnPaper } from './use-cases/cpo-acts.js';
export { NotifyAct } from './use-cases/notify-act.js';
export { SignAct } from './use-cases/sign-act.js';
