import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.js';
import { NotFound } from '../../../kernel/errors.js';
import type { Page, PageRequest } from '../../../kernel/page.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { may, visibleScopes } from '../../../platform/auth/authorizer.js';
import { CONTRACT } from '../../../platform/auth/perimeter.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { seenAt, type CallSeen } from '../domain/call-content.js';
import type { Extension } from '../domain/extension.js';
import { CallRepository, type CallFilter } from '../persistence/call.repository.js';
import { ExtensionRepository } from '../persistence/extension.repository.js';

@Injectable()
export class CallQueries {
  constructor(
    private readonly work: UnitOfWork,
    private readonly calls: CallRepository,
    private readonly extensions: ExtensionRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound when there is none, or a draft that the actor may not read */
  async get(id: string, actor: Actor): Promise<CallSeen> {
    const call = await this.calls.get(this.work.read, id);
    if (call.state === 'draft' && !readsDrafts(actor)) throw new NotFound();
    return seenAt(call, this.clock.now());
  }

  async list(filter: CallFilter, page: PageRequest, actor: Actor): Promise<Page<CallSeen>> {
    const now = this.clock.now();
    const found = await this.calls.page(this.work.read, filter, readsDrafts(actor), now, page);
    return { ...found, rows: found.rows.map((call) => seenAt(call, now)) };
  }

  /** All of them for the coordination; a member's own organisations' only. @throws NotFound as `get` */
  async extensionsOf(callId: string, page: PageRequest, actor: Actor): Promise<Page<Extension>> {
    const scopes = visibleScopes(actor, 'call.read-extensions');
    await this.get(callId, actor);
    const seesAll = scopes.some((scope) => scope.kind === CONTRACT.kind && scope.code === CONTRACT.code);
    const organisationIds = scopes.filter((scope) => scope.kind === 'organisation').map((scope) => scope.code);
    return this.extensions.page(this.work.read, callId, seesAll ? null : organisationIds, page);
  }
}

const readsDrafts = (actor: Actor): boolean => may(actor, 'call.read-draft', [CONTRACT]);
