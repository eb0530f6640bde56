import { Injectable } from '@nestjs/common';
import { assertVersion, type ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { DossierFile } from '../../dossiers/index.js';
import { FundingLines } from '../../funding/index.js';
import { admissibilityOf } from '../domain/admissibility.js';
import { InstructedPlaces } from '../persistence/instructed-places.repository.js';
import { assertInstructs } from './instructing.js';
import { auditOf, standingOf, type DossierStanding } from './dossier-standing.js';

export interface DecideAdmissibilityCommand {
  readonly dossierId: string;
  readonly version: ExpectedVersion;
  readonly admissible: boolean;
  readonly reason: string | null;
}

/** Opens a dossier to proposals, or ends it there: its lines are then set aside. */
@Injectable()
export class DecideAdmissibility {
  constructor(
    private readonly work: UnitOfWork,
    private readonly file: DossierFile,
    private readonly lines: FundingLines,
    private readonly places: InstructedPlaces,
  ) {}

  /** @throws NotFound, Forbidden, Recused, VersionRequired, StaleVersion, ReasonRequired, ActNotAllowed, NotAttested */
  execute({ dossierId, version, admissible, reason }: DecideAdmissibilityCommand, actor: Actor): Promise<DossierStanding> {
    return this.work.run(actor, async (tx) => {
      const dossier = await this.file.lock(tx, dossierId);
      assertInstructs(actor, 'dossier.decide-admissibility', dossier, await this.places.of(tx.query, dossierId));
      assertVersion(version, dossier.version);
      const decision = admissibilityOf(admissible, reason);
      const after = await this.file.move(tx, dossier, decision.act, { admissibilityReason: decision.reason }, actor);
      const setAside = decision.act === 'declare-inadmissible' ? await this.lines.setAsideAll(tx, actor, dossierId, decision.reason) : [];
      const recorded = { ...auditOf(after), admissibilityReason: decision.reason, linesSetAside: setAside.map(({ id }) => id) };
      tx.audit('dossier.admissibility-decided', { type: 'dossier', id: dossierId }, auditOf(dossier), recorded);
      tx.tell('dossier.admissibility-decided.v1', { dossierId });
      return standingOf(after);
    });
  }
}
