import { Injectable } from '@nestjs/common';
import { newId } from '../../../kernel/id.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { assertGrantable, type Extension } from '../domain/extension.js';
import { CallRepository } from '../persistence/call.repository.js';
import { ExtensionRepository } from '../persistence/extension.repository.js';
import { authorizeWriting } from './authorize-writing.js';

export interface GrantExtensionCommand {
  readonly callId: string;
  readonly organisationId: string;
  readonly until: Date;
  readonly reason: string;
}

/** Gives one organisation more time, with the reason why. */
@Injectable()
export class GrantExtension {
  constructor(
    private readonly work: UnitOfWork,
    private readonly calls: CallRepository,
    private readonly extensions: ExtensionRepository,
  ) {}

  /** @throws NotFound, Forbidden, CallNotPublished, ExtensionTooShort, ExtensionShortened, UnknownOrganisation */
  execute({ callId, organisationId, until, reason }: GrantExtensionCommand, actor: Actor): Promise<Extension> {
    return this.work.run(actor, async (tx) => {
      const call = await this.calls.lock(tx.query, callId);
      authorizeWriting(actor, call);
      const previous = await this.extensions.of(tx.query, callId, organisationId);
      assertGrantable(call, previous, until);
      const extension: Extension = { id: previous?.id ?? newId(tx.at.getTime()), organisationId, until, reason, grantedAt: tx.at };
      await this.extensions.save(tx.query, callId, extension, actor.id);
      tx.audit('call.extended', { type: 'call', id: callId }, previous, extension);
      return extension;
    });
  }
}
