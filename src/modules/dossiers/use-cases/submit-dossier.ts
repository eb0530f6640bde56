import { Injectable } from '@nestjs/common';
import { parisDay } from '../../../kernel/paris-day.js';
import { assertVersion, type ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { authorize } from '../../../platform/auth/authorizer.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { declaresSomething, type DeclarationsGiven } from '../domain/attestation.js';
import { afterAct } from '../domain/dossier.js';
import { nextDossierState } from '../domain/dossier.transitions.js';
import { implicitRejectionOn } from '../domain/implicit-rejection.js';
import { BlockReader } from '../persistence/block.reader.js';
import { DossierRepository, type DossierWithTerms } from '../persistence/dossier.repository.js';
import { ReportOverdue } from '../../organisations/index.js';
import { Attesting } from './attesting.js';
import { assertInTime } from './call-window.js';
import { DossierFile } from './dossier-file.js';

export interface SubmitDossierCommand {
  readonly dossierId: string;
  readonly version: ExpectedVersion;
  /** To attest and submit in one go; not looked at when the content is already attested. */
  readonly declarations: DeclarationsGiven;
}

/**
 * The organisation files its dossier. An attested one costs three round trips: the lock, the stamp, and what is recorded and told. Nothing is
 * checked again of the content: the attestation is void as soon as it changes.
 */
@Injectable()
export class SubmitDossier {
  constructor(
    private readonly work: UnitOfWork,
    private readonly file: DossierFile,
    private readonly dossiers: DossierRepository,
    private readonly attesting: Attesting,
    private readonly blocks: BlockReader,
  ) {}

  /** @throws NotFound, Forbidden, VersionRequired, StaleVersion, ActNotAllowed, CallClosed, ReportOverdue, NotAttested, AttestationIncomplete, DossierIncomplete */
  execute({ dossierId, version, declarations }: SubmitDossierCommand, actor: Actor): Promise<DossierWithTerms> {
    return this.work.run(actor, async (tx) => {
      // In the packet of the lock.
      const [dossier, block] = await Promise.all([this.file.lock(tx, dossierId), this.blocks.ofDossier(tx.query, dossierId)]);
      authorize(actor, 'dossier.submit', dossier.perimeter, 'dossier.read');
      assertVersion(version, dossier.version);
      nextDossierState(dossier.state, 'submit');
      assertInTime(dossier, tx.at);
      if (block !== null) throw new ReportOverdue(block);
      const attestsNow = dossier.attestation === null && declaresSomething(declarations);
      const ready = attestsNow ? await this.attesting.attest(tx, dossier, declarations, actor) : dossier;
      const { callYear, implicitRejectionMonths } = dossier.terms;
      const after = {
        ...afterAct(ready, 'submit', tx.at),
        implicitRejectionOn: implicitRejectionOn(parisDay(tx.at), [], implicitRejectionMonths),
      };
      const saved = await this.dossiers.saveSubmission(tx.query, after, callYear, actor.id);
      const { state, version: newVersion, receiptNumber } = saved;
      tx.audit(
        'dossier.submitted',
        { type: 'dossier', id: dossierId },
        { state: dossier.state, version },
        { state, version: newVersion, receiptNumber },
      );
      tx.tell('dossier.submitted.v1', { dossierId });
      return { ...saved, terms: dossier.terms };
    });
  }
}
