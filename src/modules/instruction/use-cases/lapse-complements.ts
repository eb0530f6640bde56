import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.js';
import { parisDay } from '../../../kernel/paris-day.js';
import { SYSTEM } from '../../../platform/auth/system-actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { DossierFile } from '../../dossiers/index.js';
import { isLive, isOverdue } from '../domain/complement.js';
import { ComplementRepository } from '../persistence/complement.repository.js';
import { auditOf } from './dossier-standing.js';

/** Gives back to the instruction the dossiers whose complement did not come in time. Running it again changes nothing. */
@Injectable()
export class LapseComplements {
  constructor(
    private readonly work: UnitOfWork,
    private readonly file: DossierFile,
    private readonly requests: ComplementRepository,
    private readonly clock: Clock,
  ) {}

  /** How many requests lapsed. One transaction each, so that one which fails holds back no other. @throws AggregateError of those that failed */
  async execute(): Promise<number> {
    const failures: unknown[] = [];
    let lapsed = 0;
    for (const dossierId of await this.requests.overdue(this.work.read, parisDay(this.clock.now()))) {
      try {
        if (await this.lapse(dossierId)) lapsed++;
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, `${failures.length} complement requests could not lapse`);
    return lapsed;
  }

  /** False when someone answered, withdrew or lapsed it meanwhile. The implicit rejection already counts on the due day: it stays. */
  private lapse(dossierId: string): Promise<boolean> {
    return this.work.run(SYSTEM, async (tx) => {
      const dossier = await this.file.lock(tx, dossierId);
      const request = (await this.requests.ofDossier(tx.query, dossierId)).find(isLive);
      if (!request || dossier.state !== 'to-complete' || !isOverdue(request, tx.at)) return false;
      const after = await this.file.move(tx, dossier, 'lapse-complement', {}, SYSTEM);
      await this.requests.markLapsed(tx.query, request.id, tx.at);
      tx.audit('complement.lapsed', { type: 'dossier', id: dossierId }, auditOf(dossier), {
        ...auditOf(after),
        complementRequestId: request.id,
      });
      tx.tell('complement.lapsed.v1', { dossierId, complementRequestId: request.id });
      return true;
    });
  }
}
