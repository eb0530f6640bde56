import { Injectable } from '@nestjs/common';
import { assertVersion, type ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork, type Tx } from '../../../platform/database/unit-of-work.js';
import { change, type CallChanges } from '../domain/call-change.js';
import { seenAt, type Call, type CallSeen } from '../domain/call-content.js';
import { CallRepository } from '../persistence/call.repository.js';
import { authorizeWriting } from './authorize-writing.js';
import { Orientations } from './orientations.js';

export interface ChangeCallCommand {
  readonly callId: string;
  readonly version: ExpectedVersion;
  readonly changes: CallChanges;
}

/** Anything of a draft; of a published call its notes, and more time. */
@Injectable()
export class ChangeCall {
  constructor(
    private readonly work: UnitOfWork,
    private readonly calls: CallRepository,
    private readonly orientations: Orientations,
  ) {}

  /** @throws NotFound, Forbidden, StaleVersion, UnknownOrientation, CallCalendarInvalid, CallFieldsFrozen, DeadlineAdvanced, ClosingPassed */
  execute({ callId, version, changes }: ChangeCallCommand, actor: Actor): Promise<CallSeen> {
    return this.work.run(actor, async (tx) => {
      const before = await this.calls.lock(tx.query, callId);
      authorizeWriting(actor, before);
      assertVersion(version, before.version);
      const changed = change(before, await this.known(tx, changes), tx.at);
      if (changed === before) return seenAt(before, tx.at);
      const after: Call = { ...changed, version: before.version + 1 };
      await this.calls.save(tx.query, after);
      tx.audit('call.changed', { type: 'call', id: callId }, before, after);
      return seenAt(after, tx.at);
    });
  }

  private async known(tx: Tx, changes: CallChanges): Promise<CallChanges> {
    if (changes.orientationCodes === undefined) return changes;
    return { ...changes, orientationCodes: await this.orientations.inOrder(tx, changes.orientationCodes) };
  }
}
