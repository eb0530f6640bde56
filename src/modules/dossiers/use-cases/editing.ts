import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { authorize } from '../../../platform/auth/authorizer.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { afterEdit, type Dossier } from '../domain/dossier.js';
import { nextDossierState } from '../domain/dossier.transitions.js';
import { DossierRepository } from '../persistence/dossier.repository.js';
import { PerimeterRepository } from '../persistence/perimeter.repository.js';
import { assertInTime } from './call-window.js';
import { DossierFile, type FiledDossier } from './dossier-file.js';

/** What every edit of a dossier's content shares: the lock, the right, the moment, and what it does to the dossier. */
@Injectable()
export class DossierEditing {
  constructor(
    private readonly file: DossierFile,
    private readonly dossiers: DossierRepository,
    private readonly perimeters: PerimeterRepository,
  ) {}

  /** Locks the dossier, so that edits queue up. @throws NotFound, Forbidden */
  async begin(tx: Tx, actor: Actor, dossierId: string): Promise<FiledDossier> {
    const dossier = await this.file.lock(tx, dossierId);
    authorize(actor, 'dossier.edit', dossier.perimeter, 'dossier.read');
    return dossier;
  }

  /** Asked once the version is known to be the one the caller read. @throws ActNotAllowed, CallClosed */
  assertEditable(tx: Tx, dossier: FiledDossier): void {
    nextDossierState(dossier.state, 'edit');
    assertInTime(dossier, tx.at);
  }

  /** Its content changed: the version moves, the attestation is void, and so is the request for it. */
  async finish(tx: Tx, before: FiledDossier, change: Partial<Pick<Dossier, 'title' | 'trackCode'>> = {}): Promise<FiledDossier> {
    const after = { ...afterEdit(before, tx.at), ...change };
    await this.dossiers.save(tx.query, after);
    if (before.attestation !== null || before.state !== after.state) {
      const was = { state: before.state, attestedBy: before.attestation?.by ?? null, attestedHash: before.attestation?.hash ?? null };
      tx.audit('dossier.attestation-voided', { type: 'dossier', id: before.id }, was, { state: after.state });
    }
    return after;
  }

  /** After a change of places or funders: who sees the dossier follows in the same transaction. */
  async refreshPerimeter(tx: Tx, dossierId: string): Promise<void> {
    await this.perimeters.refresh(tx.query, dossierId);
  }
}
