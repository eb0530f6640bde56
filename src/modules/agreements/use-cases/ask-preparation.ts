import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { authorizeCreation, refuseRecused } from '../../../platform/auth/authorizer.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { Operations, type Operation } from '../../../platform/operations/operations.js';
import { Calls, UnknownCall } from '../../calls/index.js';
import { Funders, UnknownFunder } from '../../funding/index.js';
import { actScopes } from './act-rights.js';

export interface AskPreparationCommand {
  readonly callId: string;
  readonly funderId: string;
  /** Only the decisions on these; null for all. */
  readonly organisationIds: readonly string[] | null;
}

/** What the job finds of it. */
export interface PreparationParameters {
  readonly funderId: string;
  readonly organisationIds: readonly string[] | null;
  readonly exceptOrganisations: readonly string[];
}

/** Asks that the announced decisions of one funder in one call be put on paper. */
@Injectable()
export class AskPreparation {
  constructor(
    private readonly work: UnitOfWork,
    private readonly calls: Calls,
    private readonly funders: Funders,
    private readonly operations: Operations,
  ) {}

  /** @throws UnknownFunder, Forbidden, UnknownCall, Recused */
  execute({ callId, funderId, organisationIds }: AskPreparationCommand, actor: Actor): Promise<Operation> {
    return this.work.run(actor, async (tx) => {
      const [funder] = await this.funders.byIds(tx.query, [funderId]);
      if (!funder) throw new UnknownFunder();
      authorizeCreation(actor, 'act.prepare', actScopes(funder));
      const call = await this.calls.byId(tx.query, callId);
      if (!call || call.state === 'draft') throw new UnknownCall();
      for (const organisationId of organisationIds ?? []) refuseRecused(actor, organisationId);
      const parameters: PreparationParameters = { funderId, organisationIds, exceptOrganisations: [...actor.recusedFrom] };
      const operation = await this.operations.start(tx, actor, 'prepare-acts', callId, parameters);
      tx.audit('call.acts-preparation-asked', { type: 'call', id: callId }, null, { operationId: operation.id, funderId, organisationIds });
      tx.tell('acts.preparation-asked.v1', { operationId: operation.id });
      return operation;
    });
  }
}
