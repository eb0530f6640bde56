export { OrganisationsModule } from './organisations.module.js';
export { OrganisationBlocks } from './use-cases/organisation-blocks.js';
export { ReportOverdue, type OrganisationBlock } from './domain/block.js';
