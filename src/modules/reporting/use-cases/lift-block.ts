import { Injectable } from '@nestjs/common';
import { assertVersion, type ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { authorize, authorizeCreation, refuseRecused } from '../../../platform/auth/authorizer.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { ActionFile, DossierFile } from '../../dossiers/index.js';
import { OrganisationBlocks, type OrganisationBlock } from '../../organisations/index.js';
import { ReasonMissing } from '../domain/report.errors.js';
import { deciderScopes } from './line-rights.js';
import { ReportFile } from './report-file.js';

export interface LiftBlockCommand {
  readonly blockId: string;
  readonly version: ExpectedVersion;
  readonly reason: string;
}

/** The people of one of the funders that wait for the report let the organisation ask again all the same. */
@Injectable()
export class LiftBlock {
  constructor(
    private readonly work: UnitOfWork,
    private readonly actions: ActionFile,
    private readonly dossiers: DossierFile,
    private readonly file: ReportFile,
    private readonly blocks: OrganisationBlocks,
  ) {}

  /** @throws NotFound, Forbidden, Recused, VersionRequired, StaleVersion, BlockLifted, ReasonMissing */
  execute({ blockId, version, reason }: LiftBlockCommand, actor: Actor): Promise<OrganisationBlock> {
    return this.work.run(actor, async (tx) => {
      const { actionId, year, organisationId } = await this.blocks.get(tx.query, blockId);
      const { dossierId } = await this.actions.get(tx.query, actionId);
      // In the order of those who put it and of those who submit the report: the lines, then the block.
      const hands = await this.file.lockLinesOf(tx, actionId, year);
      authorize(actor, 'report.read', await this.dossiers.perimeterOf(tx.query, dossierId));
      authorizeCreation(actor, 'organisation-block.lift', hands.flatMap(deciderScopes));
      refuseRecused(actor, organisationId);
      const block = await this.blocks.lock(tx, blockId);
      assertVersion(version, block.version);
      if (reason.trim() === '') throw new ReasonMissing();
      return this.blocks.lift(tx, block, actor, reason.trim());
    });
  }
}
