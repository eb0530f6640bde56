import { Injectable } from '@nestjs/common';
import { assertVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { close } from '../domain/call.js';
import { seenAt, type Call, type CallSeen } from '../domain/call-content.js';
import { CallRepository } from '../persistence/call.repository.js';
import { authorizeWriting } from './authorize-writing.js';
import type { CallActCommand } from './publish-call.js';

/** Closes a call by hand, before its hour and without grace; extensions already granted stand. */
@Injectable()
export class CloseCall {
  constructor(
    private readonly work: UnitOfWork,
    private readonly calls: CallRepository,
  ) {}

  /** @throws NotFound, Forbidden, StaleVersion, ActNotAllowed */
  execute({ callId, version }: CallActCommand, actor: Actor): Promise<CallSeen> {
    return this.work.run(actor, async (tx) => {
      const before = await this.calls.lock(tx.query, callId);
      authorizeWriting(actor, before);
      assertVersion(version, before.version);
      const after: Call = { ...close(before, tx.at), version: before.version + 1 };
      await this.calls.save(tx.query, after);
      tx.audit('call.closed', { type: 'call', id: callId }, before, after);
      return seenAt(after, tx.at);
    });
  }
}
