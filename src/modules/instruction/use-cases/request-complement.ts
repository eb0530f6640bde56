import { Injectable } from '@nestjs/common';
import type { Day } from '../../../kernel/day.js';
import { newId } from '../../../kernel/id.js';
import { parisDay } from '../../../kernel/paris-day.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { DossierFile } from '../../dossiers/index.js';
import { assertDueOn, type ComplementItem, type ComplementRequest } from '../domain/complement.js';
import { ComplementRepository, type ComplementRow } from '../persistence/complement.repository.js';
import { InstructedPlaces } from '../persistence/instructed-places.repository.js';
import { assertInstructs } from './instructing.js';
import { auditOf, rejectionDay, standingOf, type DossierStanding } from './dossier-standing.js';

export interface RequestComplementCommand {
  readonly dossierId: string;
  readonly reason: string;
  readonly dueOn: Day;
  readonly items: readonly ComplementItem[];
}

export interface ComplementOutcome {
  readonly request: ComplementRow;
  readonly dossier: DossierStanding;
}

/** Gives a submitted dossier back to its authors until a day; the delay of silence stops meanwhile. */
@Injectable()
export class RequestComplement {
  constructor(
    private readonly work: UnitOfWork,
    private readonly file: DossierFile,
    private readonly requests: ComplementRepository,
    private readonly places: InstructedPlaces,
  ) {}

  /** @throws NotFound, Forbidden, Recused, DueDateNotAhead, DueDateTooFar, ActNotAllowed */
  execute({ dossierId, reason, dueOn, items }: RequestComplementCommand, actor: Actor): Promise<ComplementOutcome> {
    return this.work.run(actor, async (tx) => {
      const dossier = await this.file.lock(tx, dossierId);
      assertInstructs(actor, 'complement.request', dossier, await this.places.of(tx.query, dossierId));
      assertDueOn(dueOn, parisDay(tx.at));
      const asked = { id: newId(), dossierId, reason, items, dueOn, requestedBy: actor.id, requestedAt: tx.at };
      const request: ComplementRequest = { ...asked, answeredAt: null, answeredBy: null, answer: null, lapsedAt: null };
      const all = [...(await this.requests.ofDossier(tx.query, dossierId)), request];
      const after = await this.file.move(tx, dossier, 'request-complement', rejectionDay(dossier, all), actor);
      await this.requests.add(tx.query, request);
      const object = { type: 'dossier', id: dossierId };
      tx.audit('complement.requested', object, auditOf(dossier), { ...auditOf(after), complementRequestId: request.id, dueOn });
      tx.tell('complement.requested.v1', { dossierId, complementRequestId: request.id });
      return { request: await this.requests.get(tx.query, request.id), dossier: standingOf(after) };
    });
  }
}
