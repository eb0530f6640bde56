import { Injectable } from '@nestjs/common';
import { assertVersion, type ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { authorize } from '../../../platform/auth/authorizer.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { FundingLines } from '../../funding/index.js';
import { afterWithdrawal, isPrivate } from '../domain/dossier.js';
import { DossierRepository, type DossierWithTerms } from '../persistence/dossier.repository.js';
import { DossierFile } from './dossier-file.js';

export interface WithdrawDossierCommand {
  readonly dossierId: string;
  readonly version: ExpectedVersion;
  readonly reason: string;
}

/** The organisation gives up: whoever writes a draft may drop it, a signatory alone takes back what was submitted. What its lines held goes back to the envelopes. */
@Injectable()
export class WithdrawDossier {
  constructor(
    private readonly work: UnitOfWork,
    private readonly file: DossierFile,
    private readonly dossiers: DossierRepository,
    private readonly lines: FundingLines,
  ) {}

  /** @throws NotFound, Forbidden, VersionRequired, StaleVersion, ActNotAllowed (also when an act is prepared for one of its lines) */
  execute({ dossierId, version, reason }: WithdrawDossierCommand, actor: Actor): Promise<DossierWithTerms> {
    return this.work.run(actor, async (tx) => {
      const dossier = await this.file.lock(tx, dossierId);
      authorize(actor, 'dossier.withdraw', dossier.perimeter, 'dossier.read');
      if (!isPrivate(dossier)) authorize(actor, 'dossier.withdraw-submitted', dossier.perimeter, 'dossier.read');
      assertVersion(version, dossier.version);
      const after = afterWithdrawal(dossier, reason, tx.at);
      await this.lines.withdrawAll(tx, actor, dossierId, reason);
      await this.dossiers.save(tx.query, after);
      tx.audit(
        'dossier.withdrawn',
        { type: 'dossier', id: dossierId },
        { state: dossier.state, version },
        { state: after.state, version: after.version, reason },
      );
      // Nobody but the organisation ever knew of a draft.
      if (!isPrivate(dossier)) tx.tell('dossier.withdrawn.v1', { dossierId });
      return after;
    });
  }
}
