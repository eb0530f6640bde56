import { CpoLifeController } from './http/cpo-life.controller.js';
import { CposController } from './http/cpos.controller.js';
import { CpoTranchesController } from './http/cpo-tranches.controller.js';
import { EndedLinesJob } from './jobs/ended-lines.job.js';
import { KeepCposJob } from './jobs/keep-cpos.job.js';
import { CpoReaderRepository } from './persistence/cpo-reader.repository.js';
import { CpoRepository } from './persistence/cpo.repository.js';
import { InterimReportRepository } from './persistence/interim-report.repository.js';
import { AbandonCpo } from './use-cases/abandon-cpo.js';
import { AbandonEndedNegotiations } from './use-cases/abandon-ended-negotiations.js';
import { AmendCpo } from './use-cases/amend-cpo.js';
import { AnnounceTranche } from './use-cases/announce-tranche.js';
import { ChangeNegotiation } from './use-cases/change-negotiation.js';
import { ConfirmTranche } from './use-cases/confirm-tranche.js';
import { CpoAbandonment } from './use-cases/cpo-abandonment.js';
import { CpoDesk } from './use-cases/cpo-desk.js';
import { CpoOfAct } from './use-cases/cpo-of-act.js';
import { CpoEnding } from './use-cases/cpo-ending.js';
import { CpoQueries } from './use-cases/cpo.queries.js';
import { CpoSigning } from './use-cases/cpo-signing.js';
import { CpoViews } from './use-cases/cpo-views.js';
import { EndCpo } from './use-cases/end-cpo.js';
import { InterimReports } from './use-cases/interim-reports.js';
import { KeepCpos } from './use-cases/keep-cpos.js';
import { NegotiateCpo } from './use-cases/negotiate-cpo.js';
import { PrepareCpoAct } from './use-cases/prepare-cpo-act.js';
import { ReserveTranche } from './use-cases/reserve-tranche.js';
import { SignCpo } from './use-cases/sign-cpo.js';
import { TerminateCpo } from './use-cases/terminate-cpo.js';

const CPO_ACTS = [
  ...[
    NegotiateCpo,
    ChangeNegotiation,
    AbandonCpo,
    AbandonEndedNegotiations,
    CpoAbandonment,
    CpoSigning,
    CpoOfAct,
    PrepareCpoAct,
    SignCpo,
    ReserveTranche,
    ConfirmTranche,
    AnnounceTranche,
  ],
  ...[AmendCpo, TerminateCpo, EndCpo, KeepCpos, InterimReports],
];

/** The agreements over several years, and their tranches. */
export const CPOS = {
  controllers: [CposController, CpoLifeController, CpoTranchesController],
  providers: [
    ...[CpoRepository, CpoReaderRepository, InterimReportRepository, CpoDesk, CpoEnding, CpoViews, CpoQueries, KeepCposJob, EndedLinesJob],
    ...CPO_ACTS,
  ],
  exports: CPO_ACTS,
};
