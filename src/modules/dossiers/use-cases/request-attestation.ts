import { Injectable } from '@nestjs/common';
import { assertVersion, type ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { authorize } from '../../../platform/auth/authorizer.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { afterAct } from '../domain/dossier.js';
import { DossierRepository, type DossierWithTerms } from '../persistence/dossier.repository.js';
import { Attesting } from './attesting.js';
import { assertInTime } from './call-window.js';
import { DossierFile } from './dossier-file.js';

/** An editor hands the finished dossier to the signatories. */
@Injectable()
export class RequestAttestation {
  constructor(
    private readonly work: UnitOfWork,
    private readonly file: DossierFile,
    private readonly dossiers: DossierRepository,
    private readonly attesting: Attesting,
  ) {}

  /** @throws NotFound, Forbidden, VersionRequired, StaleVersion, ActNotAllowed, CallClosed, DossierIncomplete */
  execute({ dossierId, version }: { dossierId: string; version: ExpectedVersion }, actor: Actor): Promise<DossierWithTerms> {
    return this.work.run(actor, async (tx) => {
      const dossier = await this.file.lock(tx, dossierId);
      authorize(actor, 'dossier.request-attestation', dossier.perimeter, 'dossier.read');
      assertVersion(version, dossier.version);
      const after = afterAct(dossier, 'request-attestation', tx.at);
      assertInTime(dossier, tx.at);
      await this.attesting.assertComplete(tx, dossier);
      await this.dossiers.save(tx.query, after);
      const was = { state: dossier.state, version: dossier.version };
      tx.audit('dossier.attestation-requested', { type: 'dossier', id: dossierId }, was, { state: after.state, version: after.version });
      tx.tell('dossier.attestation-requested.v1', { dossierId });
      return after;
    });
  }
}
