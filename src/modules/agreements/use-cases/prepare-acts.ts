import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { Operations, type ResumedOperation } from '../../../platform/operations/operations.js';
import { ActFacts } from '../persistence/act-facts.repository.js';
import { ActDocuments } from './act-documents.js';
import { ActPreparation, type WaitingDecisions } from './act-preparation.js';
import type { PreparationParameters } from './ask-preparation.js';
import { PreparationSources } from './preparation-sources.js';

interface Step extends WaitingDecisions {
  readonly operationId: string;
  readonly askedBy: Actor;
  readonly done: number;
  readonly total: number;
}

/**
 * Prepares the acts of a call and funder, organisation by organisation, a transaction each, and draws their documents. Running it again, or two of
 * them at once, goes on where it stopped and prepares nothing twice.
 */
@Injectable()
export class PrepareActs {
  constructor(
    private readonly work: UnitOfWork,
    private readonly operations: Operations,
    private readonly preparation: ActPreparation,
    private readonly facts: ActFacts,
    private readonly documents: ActDocuments,
    private readonly sources: PreparationSources,
  ) {}

  async execute(operationId: string): Promise<void> {
    const operation = await this.work.transaction((query) => this.operations.resume(query, operationId));
    if (!operation) return;
    const { funderId, organisationIds, exceptOrganisations } = operation.parameters as PreparationParameters;
    const { subjectId: callId, done } = operation;
    const of = await this.sources.of(callId, funderId);
    await this.documents.catchUp(callId, funderId);
    const waiting = await this.facts.waiting(this.work.read, { callId, funderId, organisationIds, exceptOrganisations });
    const total = done + waiting.length;
    await this.work.transaction((query) => this.operations.progress(query, operationId, done, total));
    const askedBy = askerOf(operation);
    // The document of one organisation is drawn while the next one's act is written.
    let drawing = Promise.resolve();
    for (const [index, each] of waiting.entries()) {
      const prepared = await this.step({ ...each, ...of, callId, operationId, askedBy, done: done + index + 1, total });
      await drawing;
      if (prepared === null) return;
      drawing = this.draw(prepared);
      // Awaited at the next turn; until then a failure must not end the process.
      drawing.catch(() => undefined);
    }
    await drawing;
    const resultPath = `/v1/acts?callId=${callId}&funderId=${funderId}`;
    await this.work.run(askedBy, async (tx) => {
      await this.operations.finish(tx.query, operationId, { resultPath }, tx.at);
      if (total > 0) tx.tell('acts.prepared.v1', { callId, funderId });
    });
  }

  /** The ids of the acts; null when the operation was cancelled meanwhile. */
  private step({ operationId, askedBy, done, total, ...waiting }: Step): Promise<readonly string[] | null> {
    return this.work.run(askedBy, async (tx) => {
      // Holds the operation until the commit: a cancellation falls between two organisations.
      if (!(await this.operations.resume(tx.query, operationId))) return null;
      await this.operations.progress(tx.query, operationId, done, total);
      return (await this.preparation.prepare(tx, askedBy, waiting)).map(({ id }) => id);
    });
  }

  private async draw(actIds: readonly string[]): Promise<void> {
    for (const actId of actIds) await this.documents.of(actId);
  }
}

/** The acts are prepared in the name of who asked, with none of their rights: what they grant is decided already. */
function askerOf({ createdBy }: ResumedOperation): Actor {
  return { id: createdBy, kind: 'user', grants: [], recusedFrom: new Set() };
}
