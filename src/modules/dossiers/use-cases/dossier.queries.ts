import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import type { FieldError } from '../../../kernel/errors.js';
import type { Page, PageRequest } from '../../../kernel/page.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { authorize, visibleScopes } from '../../../platform/auth/authorizer.js';
import type { Query } from '../../../platform/database/query.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { ContentRepository } from '../persistence/content.repository.js';
import { DossierListRepository, type DossierFilter, type DossierListed } from '../persistence/dossier-list.repository.js';
import { DossierRepository, type DossierWithTerms } from '../persistence/dossier.repository.js';
import { ContentReader } from './content.reader.js';
import { readingOf, type ActionView, type BudgetView, type Reading } from './content.views.js';
import { DossierFile, type FiledDossier } from './dossier-file.js';

export type { DossierFilter, DossierListed };

export interface DossierDetail {
  readonly dossier: DossierWithTerms;
  readonly actions: readonly ActionView[];
  /** Who attested it; null when nobody did, or when the reader gets no personal data. */
  readonly attester: { readonly name: string; readonly verified: boolean } | null;
}

@Injectable()
export class DossierQueries {
  constructor(
    private readonly work: UnitOfWork,
    private readonly file: DossierFile,
    private readonly dossiers: DossierRepository,
    private readonly content: ContentRepository,
    private readonly reader: ContentReader,
    private readonly lists: DossierListRepository,
  ) {}

  list(filter: DossierFilter, page: PageRequest, actor: Actor): Promise<Page<DossierListed>> {
    return this.lists.page(this.work.read, filter, visibleScopes(actor, 'dossier.read'), page);
  }

  /** The dossier is read before its content: were it edited meanwhile, the version given is the older one, and a later act is refused. @throws NotFound */
  get(id: string, actor: Actor): Promise<DossierDetail> {
    return this.work.reading(async (query) => {
      // In one round trip, in this order; who may not read it gets nothing of it.
      const [{ dossier, reading }, content, attester] = await Promise.all([
        this.seen(query, id, actor),
        this.reader.ofDossier(query, id),
        this.dossiers.attester(query, id),
      ]);
      const actions = this.reader.views(content, dossier, reading);
      if (reading !== 'council') return { dossier, actions, attester };
      return { dossier: { ...dossier, attestation: null }, actions: actions.filter(inQpvOf(actor)), attester: null };
    });
  }

  /** What is missing before submission. @throws NotFound */
  completeness(id: string, actor: Actor): Promise<{ complete: boolean; missing: readonly FieldError[] }> {
    return this.work.reading(async (query) => {
      const dossier = await this.file.read(query, id);
      authorize(actor, 'dossier.read-file', dossier.perimeter);
      const missing = await this.reader.missing(query, dossier, await this.content.actionsOf(query, id));
      return { complete: missing.length === 0, missing };
    });
  }

  /** @throws NotFound */
  action(id: string, actor: Actor): Promise<ActionView> {
    return this.work.reading(async (query) => {
      const action = await this.content.action(query, id);
      const { dossier, reading } = await this.seen(query, action.dossierId, actor);
      const view = await this.reader.ofAction(query, dossier, action, reading);
      if (reading === 'council' && !inQpvOf(actor)(view)) throw new NotFound();
      return view;
    });
  }

  /** @throws NotFound */
  async budget(actionId: string, year: number, actor: Actor): Promise<BudgetView> {
    const { budgets } = await this.action(actionId, actor);
    const budget = budgets.find((each) => each.year === year);
    if (!budget) throw new NotFound();
    return budget;
  }

  private async seen(query: Query, id: string, actor: Actor): Promise<{ dossier: FiledDossier; reading: Reading }> {
    const dossier = await this.file.read(query, id);
    const roles = authorize(actor, 'dossier.read', dossier.perimeter);
    return { dossier, reading: readingOf(actor, roles, dossier) };
  }
}

/** A council reads the actions of its own QPV. */
function inQpvOf(actor: Actor): (action: ActionView) => boolean {
  const own = new Set(actor.grants.flatMap(({ role, scope }) => (role === 'citizens-council' && scope.kind === 'qpv' ? [scope.code] : [])));
  return ({ qpv }) => qpv.some((slug) => own.has(slug));
}
