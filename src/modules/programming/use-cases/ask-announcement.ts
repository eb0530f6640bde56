import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import { ActNotAllowed } from '../../../kernel/transitions.js';
import { assertVersion, type ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { authorizeCreation, may } from '../../../platform/auth/authorizer.js';
import { CONTRACT } from '../../../platform/auth/perimeter.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { Operations, type Operation } from '../../../platform/operations/operations.js';
import { Calls, CallStages } from '../../calls/index.js';

export interface AskAnnouncementCommand {
  readonly callId: string;
  readonly version: ExpectedVersion;
  /** Only the decisions of these funders; null for all. */
  readonly funderIds: readonly string[] | null;
}

/** Asks that the decisions taken so far be told to the organisations; undecided lines wait for a later announcement. */
@Injectable()
export class AskAnnouncement {
  constructor(
    private readonly work: UnitOfWork,
    private readonly calls: Calls,
    private readonly stages: CallStages,
    private readonly operations: Operations,
  ) {}

  /** @throws NotFound, Forbidden, StaleVersion, ActNotAllowed */
  execute({ callId, version, funderIds }: AskAnnouncementCommand, actor: Actor): Promise<Operation> {
    return this.work.run(actor, async (tx) => {
      const call = await this.calls.byId(tx.query, callId);
      if (!call || (call.state === 'draft' && !may(actor, 'call.read-draft', [CONTRACT]))) throw new NotFound();
      authorizeCreation(actor, 'call.announce-results', [CONTRACT]);
      assertVersion(version, call.version);
      if (call.state === 'draft') throw new ActNotAllowed('annoncer les résultats', 'brouillon');
      await this.stages.advance(tx, callId, 'announce-results');
      const operation = await this.operations.start(tx, actor, 'announce-results', callId, { funderIds });
      tx.audit('call.announcement-asked', { type: 'call', id: callId }, null, { operationId: operation.id, funderIds });
      tx.tell('results.announcement-asked.v1', { operationId: operation.id });
      return operation;
    });
  }
}
