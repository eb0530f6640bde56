export { IdentityModule } from './identity.module.js';
export { AccountDirectory, type PersonCard } from './persistence/account.directory.js';
export { RetentionTerms } from './persistence/retention.terms.js';
export { CreateAdministrator, type AdministratorCreated } from './use-cases/create-administrator.js';
export { RenameAccount } from './use-cases/rename-account.js';
