export { FundingModule } from './funding.module.js';
export { Funders } from './persistence/funder.repository.js';
export { isProgramme147, type Funder, type FunderKind } from './domain/funder.js';
export { FundingLines } from './use-cases/funding-lines.js';
export type { FunderOfLine, FundingLine, LineInHand } from './domain/funding-line.js';
export type { FundingLineState } from './domain/funding-line.transitions.js';
export { LineInProgress, type WantedLine } from './domain/line-sync.js';
export { isDecisionPublic, publicLabel, publicStatus, type PublicLineStatus } from './domain/public-status.js';
