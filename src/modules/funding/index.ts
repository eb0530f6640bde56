export { FundingModule } from './funding.module.js';
export { FundingLines } from './use-cases/funding-lines.js';
export type { FunderOfLine, FundingLine, LineInHand } from './domain/funding-line.js';
export type { FundingLineState } from './domain/funding-line.transitions.js';
export { LineInProgress, type WantedLine } from './domain/line-sync.js';
export { isDecisionPublic, publicLabel, publicStatus, type PublicLineStatus } from './domain/public-status.js';
