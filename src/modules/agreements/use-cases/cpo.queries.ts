import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.js';
import { type Day, plusMonths } from '../../../kernel/day.js';
import { NotFound } from '../../../kernel/errors.js';
import type { Page, PageRequest } from '../../../kernel/page.js';
import { parisDay } from '../../../kernel/paris-day.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { authorize, authorizeCreation, hideFromRecused, may, visibleScopes } from '../../../platform/auth/authorizer.js';
import { CONTRACT } from '../../../platform/auth/perimeter.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import type { CpoFilter, CpoVersion, FoundCpo } from '../domain/cpo-listed.js';
import { renewalOf, type Renewal } from '../domain/cpo-renewal.js';
import { shareOf, type CpoShare } from '../domain/cpo-share.js';
import { CpoReaderRepository, type RenewableAction } from '../persistence/cpo-reader.repository.js';
import { CpoViews, type CpoReading, type CpoView } from './cpo-views.js';

/** What a new CPO would be, and the action that it would carry on. */
export interface RenewalView extends Renewal {
  readonly organisationId: string;
  readonly funderId: string;
  readonly scheme: string | null;
  readonly action: RenewableAction & { readonly startsOn: Day; readonly endsOn: Day };
}

@Injectable()
export class CpoQueries {
  constructor(
    private readonly work: UnitOfWork,
    private readonly reader: CpoReaderRepository,
    private readonly views: CpoViews,
    private readonly clock: Clock,
  ) {}

  async list(filter: CpoFilter, page: PageRequest, actor: Actor): Promise<Page<CpoView['cpo']>> {
    const sight = {
      all: visibleScopes(actor, 'cpo.read'),
      signed: visibleScopes(actor, 'cpo.read-signed'),
      exceptUnsignedOf: [...actor.recusedFrom],
    };
    const found = await this.reader.page(this.work.read, filter, sight, page);
    return { ...found, rows: found.rows.map((cpo) => (actor.recusedFrom.has(cpo.organisationId) ? { ...cpo, version: null } : cpo)) };
  }

  /** @throws NotFound */
  async get(id: string, actor: Actor): Promise<CpoView> {
    const { found, reading } = await this.seen(id, actor);
    return this.views.of(this.work.read, found, reading);
  }

  /** What was agreed on, the oldest first: for who decides, since a negotiation is nobody else's. @throws NotFound */
  async versions(id: string, actor: Actor): Promise<readonly CpoVersion[]> {
    const { cpo, perimeter } = await this.reader.find(this.work.read, id);
    authorize(actor, 'cpo.read', perimeter);
    hideFromRecused(actor, cpo.organisationId);
    return this.reader.versions(this.work.read, id);
  }

  /** @throws NotFound, NoRenewal */
  async renewal(id: string, actor: Actor): Promise<RenewalView> {
    const { found } = await this.seen(id, actor);
    const { cpo } = found;
    const tranches = await this.reader.tranches(this.work.read, id);
    const renewal = renewalOf({ ...cpo, tranches }, parisDay(this.clock.now()));
    const action = await this.reader.renewableAction(this.work.read, cpo.actionId);
    const months = 12 * renewal.years.length;
    return {
      ...renewal,
      ...{ organisationId: cpo.organisationId, funderId: cpo.funderId, scheme: cpo.scheme },
      action: { ...action, startsOn: plusMonths(action.startsOn, months), endsOn: plusMonths(action.endsOn, months) },
    };
  }

  /** Of one département, for its people; of the whole contract, for who sees it whole. @throws Forbidden */
  async share(year: number, department: string | null, actor: Actor): Promise<CpoShare> {
    const scopes = department === null ? [] : await this.reader.departmentScopes(this.work.read, department);
    authorizeCreation(actor, 'cpo.read-share', [CONTRACT, ...scopes]);
    return shareOf(await this.reader.granted(this.work.read, year, department));
  }

  /** Nobody but who decides knows of a CPO before it is signed. @throws NotFound */
  private async seen(id: string, actor: Actor): Promise<{ found: FoundCpo; reading: CpoReading }> {
    const found = await this.reader.find(this.work.read, id);
    const { cpo, perimeter } = found;
    authorize(actor, 'cpo.read-signed', perimeter);
    const decides = may(actor, 'cpo.read', perimeter) && !actor.recusedFrom.has(cpo.organisationId);
    if (cpo.signedOn === null && !decides) throw new NotFound();
    return { found, reading: decides ? 'staff' : 'member' };
  }
}
