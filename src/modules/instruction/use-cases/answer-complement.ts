import { Injectable } from '@nestjs/common';
import { assertVersion, type ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { authorize } from '../../../platform/auth/authorizer.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { DossierFile } from '../../dossiers/index.js';
import { answered, isLive } from '../domain/complement.js';
import { NoComplementExpected } from '../domain/complement.errors.js';
import { ComplementRepository } from '../persistence/complement.repository.js';
import { auditOf, rejectionDay, standingOf } from './dossier-standing.js';
import type { ComplementOutcome } from './request-complement.js';

export interface AnswerComplementCommand {
  readonly dossierId: string;
  readonly version: ExpectedVersion;
  readonly answer: string;
}

/** Hands the completed dossier back to those who instruct it; if its content changed, a signatory attested it again before. */
@Injectable()
export class AnswerComplement {
  constructor(
    private readonly work: UnitOfWork,
    private readonly file: DossierFile,
    private readonly requests: ComplementRepository,
  ) {}

  /** @throws NotFound, Forbidden, VersionRequired, StaleVersion, NoComplementExpected, ComplementTooLate, ActNotAllowed, NotAttested */
  execute({ dossierId, version, answer }: AnswerComplementCommand, actor: Actor): Promise<ComplementOutcome> {
    return this.work.run(actor, async (tx) => {
      const dossier = await this.file.lock(tx, dossierId);
      authorize(actor, 'complement.answer', dossier.perimeter, 'dossier.read');
      assertVersion(version, dossier.version);
      const all = await this.requests.ofDossier(tx.query, dossierId);
      const awaited = all.find(isLive);
      if (!awaited) throw new NoComplementExpected();
      const request = answered(awaited, answer, actor.id, tx.at);
      const settled = all.map((one) => (one.id === request.id ? request : one));
      const after = await this.file.move(tx, dossier, 'complete', rejectionDay(dossier, settled), actor);
      await this.requests.saveAnswer(tx.query, request);
      tx.audit('complement.answered', { type: 'dossier', id: dossierId }, auditOf(dossier), {
        ...auditOf(after),
        complementRequestId: request.id,
      });
      tx.tell('complement.answered.v1', { dossierId, complementRequestId: request.id });
      return { request: await this.requests.get(tx.query, request.id), dossier: standingOf(after) };
    });
  }
}
