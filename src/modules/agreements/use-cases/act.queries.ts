import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import type { Page, PageRequest } from '../../../kernel/page.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { authorize, hideFromRecused, visibleScopes } from '../../../platform/auth/authorizer.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { Files, type FileLink } from '../../../platform/files/index.js';
import type { ActFilter, ActView, PublicMoney } from '../domain/act-reading.js';
import { ActFacts } from '../persistence/act-facts.repository.js';
import { ActReadings } from '../persistence/act-reading.repository.js';
import { ActDocuments } from './act-documents.js';
import { assertSees } from './act-rights.js';

@Injectable()
export class ActQueries {
  constructor(
    private readonly work: UnitOfWork,
    private readonly readings: ActReadings,
    private readonly facts: ActFacts,
    private readonly documents: ActDocuments,
    private readonly files: Files,
  ) {}

  list(filter: ActFilter, page: PageRequest, actor: Actor): Promise<Page<ActView>> {
    const own = visibleScopes(actor, 'act.read').filter(({ kind }) => kind === 'organisation');
    const sight = {
      staff: visibleScopes(actor, 'act.read-prepared'),
      exceptOrganisations: [...actor.recusedFrom],
      ownOrganisations: own.map(({ code }) => code),
    };
    return this.readings.page(this.work.read, filter, sight, page);
  }

  /** @throws NotFound */
  async get(id: string, actor: Actor): Promise<ActView> {
    const { act, perimeter } = await this.readings.get(this.work.read, id);
    const { asBeneficiary } = assertSees(actor, act, perimeter);
    if (!asBeneficiary) hideFromRecused(actor, act.organisationId);
    return act;
  }

  /** @throws NotFound */
  async document(id: string, actor: Actor): Promise<{ name: string; pdf: Buffer }> {
    const { number } = await this.get(id, actor);
    const { pdf } = await this.documents.of(id);
    return { name: `acte-${number}.pdf`, pdf };
  }

  /** A link to the signed copy. @throws NotFound without one */
  async signedScan(id: string, actor: Actor): Promise<FileLink> {
    const { signedFileId } = await this.get(id, actor);
    if (signedFileId === null) throw new NotFound();
    return this.files.link(signedFileId);
  }

  /** Once announced: no decision shows here before its beneficiary knows of it. @throws NotFound */
  async publicMoney(organisationId: string, year: number, actor: Actor): Promise<PublicMoney> {
    authorize(actor, 'public-money.read', await this.readings.organisationPerimeter(this.work.read, organisationId));
    return this.facts.publicMoney(this.work.read, organisationId, year);
  }
}
