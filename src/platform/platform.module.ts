import { join } from 'node:path';
import { Global, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR, DiscoveryModule, ModuleRef } from '@nestjs/core';
import { DataSource } from 'typeorm';
import type { Environment } from '../config/environment.js';
import { Clock } from '../kernel/clock.js';
import { AccessTokens } from './auth/access-tokens.js';
import { SealedSecrets } from './auth/sealed-secrets.js';
import { SignInGuard } from './auth/sign-in.guard.js';
import { IdempotencyPruning } from './database/idempotency-pruning.js';
import { Notices } from './database/notices.js';
import { UnitOfWork } from './database/unit-of-work.js';
import { Health } from './health/health.js';
import { HealthController } from './health/health.controller.js';
import { Links } from './http/links.js';
import { Cursors } from './http/paging.js';
import { Pipeline } from './http/pipeline.js';
import { DevMailboxController } from './mail/dev-mailbox.controller.js';
import { FolderMailer } from './mail/folder-mailer.js';
import { MailPace } from './mail/mail-pace.js';
import { Mailer } from './mail/mailer.js';
import { SmtpMailer } from './mail/smtp-mailer.js';
import { LOGGER, type Logger } from './observability/logger.js';
import { Metrics } from './observability/metrics.js';
import { OneTimeTokens } from './auth/one-time-tokens.js';
import { OperationsController } from './operations/operations.controller.js';
import { Operations } from './operations/operations.js';
import { HostResolver, OutboundHttp } from './outbound/index.js';
import { Complaints } from './queue/log.js';

export interface PlatformParts {
  readonly environment: Environment;
  readonly source: DataSource;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly databaseUrl: string;
}

/** The outside world, made once and given to every module. */
@Global()
@Module({})
export class PlatformModule implements OnApplicationShutdown {
  constructor(private readonly modules: ModuleRef) {}

  static with({ environment, source, clock, logger, databaseUrl }: PlatformParts): DynamicModule {
    const mailer = mailerOf(environment, clock);
    // Nothing of the sort in production or beside a real mail server: whoever reads the box signs in as anybody.
    const mailbox = mailer instanceof FolderMailer && environment.embedded && !environment.production ? mailer : null;
    return {
      module: PlatformModule,
      imports: [DiscoveryModule],
      controllers: [HealthController, OperationsController, ...(mailbox ? [DevMailboxController] : [])],
      providers: [
        { provide: DataSource, useValue: source },
        { provide: Clock, useValue: clock },
        { provide: LOGGER, useValue: logger },
        { provide: UnitOfWork, useFactory: () => new UnitOfWork(source, clock) },
        {
          provide: Notices,
          useFactory: () => {
            const complaints = new Complaints(logger);
            return new Notices(databaseUrl, (error) => {
              complaints.about('notices of PostgreSQL go unheard for now', error);
            });
          },
        },
        { provide: Cursors, useFactory: () => new Cursors(environment.secretFor('cursor')) },
        { provide: AccessTokens, useFactory: () => new AccessTokens(environment.secretFor('access-token')) },
        { provide: OneTimeTokens, useFactory: () => new OneTimeTokens(environment.secretFor('one-time-token')) },
        { provide: SealedSecrets, useFactory: () => new SealedSecrets(environment.secretFor('sealed-secrets')) },
        HostResolver,
        {
          provide: OutboundHttp,
          inject: [HostResolver],
          useFactory: (resolver: HostResolver) => new OutboundHttp(resolver, environment.webhooks),
        },
        { provide: Links, useFactory: () => new Links(environment.publicUrl) },
        { provide: Metrics, useFactory: () => new Metrics() },
        { provide: Mailer, useValue: mailer },
        { provide: MailPace, useValue: new MailPace(environment.mailGroupingSeconds * 1000) },
        ...(mailbox ? [{ provide: FolderMailer, useValue: mailbox }] : []),
        Operations,
        Health,
        IdempotencyPruning,
        { provide: APP_GUARD, useClass: SignInGuard },
        { provide: APP_INTERCEPTOR, useClass: Pipeline },
      ],
      exports: [
        DataSource,
        Clock,
        LOGGER,
        UnitOfWork,
        Notices,
        Cursors,
        AccessTokens,
        OneTimeTokens,
        SealedSecrets,
        Links,
        Metrics,
        Mailer,
        MailPace,
        Operations,
        ...[HostResolver, OutboundHttp],
      ],
    };
  }

  /** Last to close: jobs and requests are done by now. */
  async onApplicationShutdown(): Promise<void> {
    await this.modules.get(Mailer, { strict: false }).close();
    await this.modules.get(Notices, { strict: false }).close();
    const source = this.modules.get(DataSource, { strict: false });
    if (source.isInitialized) await source.destroy();
  }
}

/** Mail leaves by SMTP when a server is named; else it is kept under the data folder. */
function mailerOf({ smtpUrl, mailFrom: from, mailBounceAddress: bounces, dataDir }: Environment, clock: Clock): Mailer {
  return smtpUrl === undefined
    ? new FolderMailer({ folder: join(dataDir, 'mail'), from }, clock)
    : new SmtpMailer({ url: smtpUrl, from, bounces });
}
