export { OrganisationsModule } from './organisations.module.js';
export { OrganisationBlocks } from './use-cases/organisation-blocks.js';
export { DOCUMENT_RULES, EXPIRING_DAYS, type DocumentKind } from './domain/organisation-document.js';
export { ReportOverdue, type OrganisationBlock } from './domain/block.js';
