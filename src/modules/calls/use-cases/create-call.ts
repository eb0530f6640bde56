import { Injectable } from '@nestjs/common';
import { newId } from '../../../kernel/id.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { authorizeCreation } from '../../../platform/auth/authorizer.js';
import { CONTRACT } from '../../../platform/auth/perimeter.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { assertCalendar } from '../domain/call.js';
import { seenAt, type Call, type CallContent, type CallSeen } from '../domain/call-content.js';
import { CallRepository } from '../persistence/call.repository.js';
import { Orientations } from './orientations.js';

/** Writes a new call, as a draft that only the coordination sees. */
@Injectable()
export class CreateCall {
  constructor(
    private readonly work: UnitOfWork,
    private readonly calls: CallRepository,
    private readonly orientations: Orientations,
  ) {}

  /** @throws Forbidden, CallCalendarInvalid, UnknownOrientation */
  execute(content: CallContent, actor: Actor): Promise<CallSeen> {
    return this.work.run(actor, async (tx) => {
      authorizeCreation(actor, 'call.write', [CONTRACT]);
      assertCalendar(content.opensAt, content.closesAt);
      const orientationCodes = await this.orientations.inOrder(tx, content.orientationCodes);
      const call: Call = {
        ...content,
        orientationCodes,
        id: newId(tx.at.getTime()),
        version: 1,
        state: 'draft',
        stage: 'none',
        publishedAt: null,
        closedAt: null,
      };
      await this.calls.insert(tx.query, call, { contractCode: CONTRACT.code, createdBy: actor.id, at: tx.at });
      tx.audit('call.created', { type: 'call', id: call.id }, null, { ...content, orientationCodes });
      return seenAt(call, tx.at);
    });
  }
}
