import { Module, type OnModuleInit } from '@nestjs/common';
import { JobRegistry } from '../../platform/queue/index.js';
import { AccountsController } from './http/accounts.controller.js';
import { PasswordSignIn } from './http/password-sign-in.js';
import { SessionsController } from './http/sessions.controller.js';
import { RetentionRulesController } from './http/retention-rules.controller.js';
import { UsersController } from './http/users.controller.js';
import { IDENTITY_EVENTS } from './identity.events.js';
import { PurgeIdentityJob } from './jobs/purge-identity.job.js';
import { RetentionJob } from './jobs/retention.job.js';
import { AccountDirectory } from './persistence/account.directory.js';
import { AccountRepository } from './persistence/account.repository.js';
import { GrantRepository } from './persistence/grant.repository.js';
import { RetentionRepository } from './persistence/retention.repository.js';
import { RetentionTerms } from './persistence/retention.terms.js';
import { SessionRepository } from './persistence/session.repository.js';
import { SignInFailureRepository } from './persistence/sign-in-failure.repository.js';
import { TokenRepository } from './persistence/token.repository.js';
import { AcceptInvitation } from './use-cases/accept-invitation.js';
import { AccountLinks } from './use-cases/account-links.js';
import { ApplyRetention } from './use-cases/apply-retention.js';
import { ChangeAccountState } from './use-cases/change-account-state.js';
import { ConfirmEmail } from './use-cases/confirm-email.js';
import { CreateAdministrator } from './use-cases/create-administrator.js';
import { EndRole } from './use-cases/end-role.js';
import { ForgotPassword } from './use-cases/forgot-password.js';
import { GiveRole } from './use-cases/give-role.js';
import { InviteUser } from './use-cases/invite-user.js';
import { LogOut } from './use-cases/log-out.js';
import { OpenSession } from './use-cases/open-session.js';
import { Passwords } from './use-cases/passwords.js';
import { PurgeIdentity } from './use-cases/purge-identity.js';
import { RefreshSession } from './use-cases/refresh-session.js';
import { Register } from './use-cases/register.js';
import { RenameAccount } from './use-cases/rename-account.js';
import { ResetPassword } from './use-cases/reset-password.js';
import { RetentionRules } from './use-cases/retention-rules.js';
import { SessionTokenMaker } from './use-cases/session-tokens.js';
import { UsersQueries } from './use-cases/users.queries.js';
import { VerifyCredentials } from './use-cases/verify-credentials.js';

const REPOSITORIES = [AccountRepository, AccountDirectory, GrantRepository, SessionRepository, SignInFailureRepository, TokenRepository];
const RETENTION = [RetentionRepository, RetentionTerms, RetentionRules, ApplyRetention, RetentionJob];
const SIGN_IN = [PasswordSignIn, VerifyCredentials, OpenSession, RefreshSession, LogOut, SessionTokenMaker, Passwords];
const ACCOUNTS = [Register, ConfirmEmail, ForgotPassword, ResetPassword, AcceptInvitation, RenameAccount, AccountLinks];
const ADMINISTRATION = [InviteUser, GiveRole, EndRole, ChangeAccountState, UsersQueries, CreateAdministrator];

@Module({
  controllers: [SessionsController, AccountsController, UsersController, RetentionRulesController],
  providers: [...REPOSITORIES, ...SIGN_IN, ...ACCOUNTS, ...ADMINISTRATION, ...RETENTION, PurgeIdentity, PurgeIdentityJob],
  exports: [AccountDirectory, RetentionTerms, RenameAccount, CreateAdministrator],
})
export class IdentityModule implements OnModuleInit {
  constructor(private readonly registry: JobRegistry) {}

  onModuleInit(): void {
    this.registry.declare(...IDENTITY_EVENTS);
  }
}
