export { InstructionModule } from './instruction.module.js';
export { AnswerComplement, type AnswerComplementCommand } from './use-cases/answer-complement.js';
export { DecideAdmissibility, type DecideAdmissibilityCommand } from './use-cases/decide-admissibility.js';
export { GiveOpinion, type GiveOpinionCommand } from './use-cases/give-opinion.js';
export { LapseComplements } from './use-cases/lapse-complements.js';
export { RequestComplement, type RequestComplementCommand } from './use-cases/request-complement.js';
export type { OpinionKind, OpinionRole } from './domain/opinion.js';
