import { Injectable } from '@nestjs/common';
import { assertVersion, type ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { publish } from '../domain/call.js';
import { seenAt, type Call, type CallSeen } from '../domain/call-content.js';
import { CallRepository } from '../persistence/call.repository.js';
import { authorizeWriting } from './authorize-writing.js';

export interface CallActCommand {
  readonly callId: string;
  readonly version: ExpectedVersion;
}

/** Shows the call to everyone; it opens by itself at its hour. */
@Injectable()
export class PublishCall {
  constructor(
    private readonly work: UnitOfWork,
    private readonly calls: CallRepository,
  ) {}

  /** @throws NotFound, Forbidden, StaleVersion, ActNotAllowed, CallCalendarInvalid, CallWithoutOrientation */
  execute({ callId, version }: CallActCommand, actor: Actor): Promise<CallSeen> {
    return this.work.run(actor, async (tx) => {
      const before = await this.calls.lock(tx.query, callId);
      authorizeWriting(actor, before);
      assertVersion(version, before.version);
      const after: Call = { ...publish(before), publishedAt: tx.at, version: before.version + 1 };
      await this.calls.save(tx.query, after);
      tx.audit('call.published', { type: 'call', id: callId }, before, after);
      tx.tell('call.published.v1', { callId });
      return seenAt(after, tx.at);
    });
  }
}
