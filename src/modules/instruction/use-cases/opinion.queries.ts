import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import type { Page, PageRequest } from '../../../kernel/page.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { authorize, hideFromRecused, may } from '../../../platform/auth/authorizer.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { DossierFile } from '../../dossiers/index.js';
import { seenFrom } from '../domain/opinion.js';
import { OpinionRepository, type InstructedLine, type Opinion } from '../persistence/opinion.repository.js';

/** Those who instruct together read each other; a citizens' council reads back what it said. */
@Injectable()
export class OpinionQueries {
  constructor(
    private readonly work: UnitOfWork,
    private readonly file: DossierFile,
    private readonly opinions: OpinionRepository,
  ) {}

  /** @throws NotFound */
  async ofLine(lineId: string, history: boolean, page: PageRequest, actor: Actor): Promise<Page<Opinion>> {
    const line = await this.opinions.instructedLine(this.work.read, lineId);
    const authorId = (await this.readsOthers(line, actor)) ? null : actor.id;
    return this.opinions.page(this.work.read, { lineId, history, authorId }, page);
  }

  /** @throws NotFound */
  async one(id: string, actor: Actor): Promise<Opinion> {
    const opinion = await this.opinions.get(this.work.read, id);
    const line = await this.opinions.instructedLine(this.work.read, opinion.lineId);
    if (!(await this.readsOthers(line, actor)) && opinion.authorId !== actor.id) throw new NotFound();
    return opinion;
  }

  /** @throws NotFound when the actor reads none */
  private async readsOthers(line: InstructedLine, actor: Actor): Promise<boolean> {
    const perimeter = seenFrom(await this.file.perimeterOf(this.work.read, line.dossierId), line);
    authorize(actor, 'opinion.read', perimeter);
    hideFromRecused(actor, line.organisationId);
    return may(actor, 'funding-line.read', perimeter);
  }
}
