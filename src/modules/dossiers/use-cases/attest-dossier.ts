import { Injectable } from '@nestjs/common';
import { assertVersion, type ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { authorize } from '../../../platform/auth/authorizer.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import type { DeclarationsGiven } from '../domain/attestation.js';
import { nextDossierState } from '../domain/dossier.transitions.js';
import type { DossierWithTerms } from '../persistence/dossier.repository.js';
import { Attesting } from './attesting.js';
import { assertInTime } from './call-window.js';
import { DossierFile } from './dossier-file.js';

export interface AttestDossierCommand {
  readonly dossierId: string;
  readonly version: ExpectedVersion;
  readonly declarations: DeclarationsGiven;
}

/** The signatory attests the content as it stands: any later edit voids it. */
@Injectable()
export class AttestDossier {
  constructor(
    private readonly work: UnitOfWork,
    private readonly file: DossierFile,
    private readonly attesting: Attesting,
  ) {}

  /** @throws NotFound, Forbidden, VersionRequired, StaleVersion, ActNotAllowed, CallClosed, AttestationIncomplete, DossierIncomplete */
  execute({ dossierId, version, declarations }: AttestDossierCommand, actor: Actor): Promise<DossierWithTerms> {
    return this.work.run(actor, async (tx) => {
      const dossier = await this.file.lock(tx, dossierId);
      authorize(actor, 'dossier.attest', dossier.perimeter, 'dossier.read');
      assertVersion(version, dossier.version);
      nextDossierState(dossier.state, 'attest');
      assertInTime(dossier, tx.at);
      return this.attesting.attest(tx, dossier, declarations, actor);
    });
  }
}
