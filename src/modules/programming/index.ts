export { ProgrammingModule } from './programming.module.js';
export { audited, funderScopes, stateScopes } from './use-cases/line-rights.js';
export { ApproveLine } from './use-cases/approve-line.js';
export { AskAnnouncement } from './use-cases/ask-announcement.js';
export { GrantSignatureDelegation } from './use-cases/grant-signature-delegation.js';
export { ProposeLine } from './use-cases/propose-line.js';
export { RecordDecision } from './use-cases/record-decision.js';
export { RefuseLine } from './use-cases/refuse-line.js';
export { ReleaseLine } from './use-cases/release-line.js';
