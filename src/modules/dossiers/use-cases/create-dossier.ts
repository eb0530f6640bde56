import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { authorizeCreation } from '../../../platform/auth/authorizer.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { assertOpenFor, Calls } from '../../calls/index.js';
import { OrganisationBlocks } from '../../organisations/index.js';
import { UnknownCall, UnknownTrack } from '../domain/dossier.errors.js';
import { DossierRepository, type DossierWithTerms } from '../persistence/dossier.repository.js';
import { PerimeterRepository } from '../persistence/perimeter.repository.js';

export interface CreateDossierCommand {
  readonly callId: string;
  readonly organisationId: string;
  readonly title: string;
  readonly trackCode?: string | undefined;
}

/** An organisation starts a dossier, while the call is open for it. */
@Injectable()
export class CreateDossier {
  constructor(
    private readonly work: UnitOfWork,
    private readonly calls: Calls,
    private readonly dossiers: DossierRepository,
    private readonly perimeters: PerimeterRepository,
    private readonly blocks: OrganisationBlocks,
  ) {}

  /** @throws Forbidden, UnknownCall, CallNotOpen, CallClosed, UnknownTrack, ReportOverdue */
  execute(command: CreateDossierCommand, actor: Actor): Promise<DossierWithTerms> {
    const { callId, organisationId, title } = command;
    return this.work.run(actor, async (tx) => {
      authorizeCreation(actor, 'dossier.create', [{ kind: 'organisation', code: organisationId }]);
      const call = await this.calls.forDossier(tx.query, callId, organisationId);
      // A call that is not published is nobody's business yet.
      if (call === null || call.state === 'draft') throw new UnknownCall();
      assertOpenFor(call, { startedAt: null, extensionUntil: call.extensionUntil }, tx.at);
      const { trackCode = call.trackCodes[0] } = command;
      if (trackCode === undefined || !call.trackCodes.some((code) => code === trackCode)) throw new UnknownTrack();
      await this.blocks.assertNone(tx.query, organisationId);
      const created = await this.dossiers.create(tx.query, {
        callId,
        callYear: call.year,
        organisationId,
        trackCode,
        title,
        createdBy: actor.id,
        at: tx.at,
      });
      await this.perimeters.refresh(tx.query, created.id);
      tx.audit('dossier.created', { type: 'dossier', id: created.id }, null, {
        number: created.number,
        callId,
        organisationId,
        trackCode,
        title,
      });
      return this.dossiers.get(tx.query, created.id);
    });
  }
}
