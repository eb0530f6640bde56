import { Module, type OnModuleInit } from '@nestjs/common';
import { JobRegistry } from '../../platform/queue/index.js';
import { DossiersModule } from '../dossiers/index.js';
import { FundingModule } from '../funding/index.js';
import { ComplementsController } from './http/complements.controller.js';
import { MessagesController } from './http/messages.controller.js';
import { OpinionsController } from './http/opinions.controller.js';
import { INSTRUCTION_EVENTS } from './instruction.events.js';
import { LapseComplementsJob } from './jobs/lapse-complements.job.js';
import { ComplementRepository } from './persistence/complement.repository.js';
import { DossierMessageRepository } from './persistence/dossier-message.repository.js';
import { InstructedPlaces } from './persistence/instructed-places.repository.js';
import { OpinionRepository } from './persistence/opinion.repository.js';
import { AnswerComplement } from './use-cases/answer-complement.js';
import { ComplementQueries } from './use-cases/complement.queries.js';
import { DecideAdmissibility } from './use-cases/decide-admissibility.js';
import { GiveOpinion } from './use-cases/give-opinion.js';
import { LapseComplements } from './use-cases/lapse-complements.js';
import { DossierMessageQueries } from './use-cases/dossier-message.queries.js';
import { OpinionQueries } from './use-cases/opinion.queries.js';
import { PostMessage } from './use-cases/post-message.js';
import { RequestComplement } from './use-cases/request-complement.js';

const ACTS = [RequestComplement, AnswerComplement, LapseComplements, DecideAdmissibility, GiveOpinion, PostMessage];
const READS = [ComplementQueries, OpinionQueries, DossierMessageQueries];
const REPOSITORIES = [ComplementRepository, InstructedPlaces, OpinionRepository, DossierMessageRepository];

@Module({
  imports: [DossiersModule, FundingModule],
  controllers: [ComplementsController, OpinionsController, MessagesController],
  providers: [...ACTS, ...READS, ...REPOSITORIES, LapseComplementsJob],
  exports: ACTS,
})
export class InstructionModule implements OnModuleInit {
  constructor(private readonly registry: JobRegistry) {}

  onModuleInit(): void {
    this.registry.declare(...INSTRUCTION_EVENTS);
  }
}
