import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import { newId } from '../../../kernel/id.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { authorize, authorizeCreation, refuseRecused } from '../../../platform/auth/authorizer.js';
import { UnitOfWork, type Tx } from '../../../platform/database/unit-of-work.js';
import { FundingLines, standingOf, TrancheLines, type LineInHand } from '../../funding/index.js';
import type { Cpo } from '../domain/cpo.js';
import { LineMissing } from '../domain/cpo.errors.js';
import { agreeOn, assertFree, assertYears, type TrancheAmount } from '../domain/tranche.js';
import { CpoRepository } from '../persistence/cpo.repository.js';
import { assertAdmissible } from './cpo-desk.js';
import { auditedCpo, cpoScopes } from './cpo-rights.js';
import { CpoViews, type CpoView } from './cpo-views.js';

export interface NegotiateCpoCommand {
  readonly actionId: string;
  readonly funderId: string;
  readonly scheme: string | null;
  readonly years: readonly number[];
  readonly tranches: readonly TrancheAmount[];
}

/** Opens the negotiation of a CPO on the lines that the action's yearly budgets ask of one funder. Its later years are decided by it alone. */
@Injectable()
export class NegotiateCpo {
  constructor(
    private readonly work: UnitOfWork,
    private readonly lines: FundingLines,
    private readonly trancheLines: TrancheLines,
    private readonly cpos: CpoRepository,
    private readonly views: CpoViews,
  ) {}

  /** @throws WrongCpoYears, WrongTranches, LineMissing, TrancheAboveRequest, LineNotFree, DossierNotAdmissible, CpoAlreadyLive */
  execute(command: NegotiateCpoCommand, actor: Actor): Promise<CpoView> {
    return this.work.run(actor, async (tx) => {
      const { actionId, funderId, scheme } = command;
      const hands = await this.handsOf(tx, actor, command);
      const years = assertYears(command.years);
      const lines = hands.map(({ line }) => line);
      const tranches = agreeOn(years, command.tranches, lines);
      const [first] = hands;
      if (!first) throw new LineMissing(years[0] ?? 0);
      assertAdmissible(first);
      for (const { year, rank, lineId } of tranches) {
        const line = lines.find(({ id }) => id === lineId);
        if (line) assertFree(year, rank, standingOf(line.state), line.heldByCpo ?? null);
      }
      const { dossierId, callId, organisationId } = first.line;
      const cpo: Cpo = {
        ...{ id: newId(), version: 1, state: 'negotiation', actionId, dossierId, callId, organisationId, funderId, scheme, tranches },
        ...{ firstYear: years[0] ?? 0, lastYear: years.at(-1) ?? 0, createdBy: actor.id },
        ...{ reference: null, signedOn: null, beneficiarySignedOn: null, signedBy: null, actId: null, reason: null, endedOn: null },
      };
      await this.cpos.insert(tx, cpo);
      this.cpos.keep(tx, cpo, null, actor.id);
      this.trancheLines.hold(
        tx,
        tranches.slice(1).map(({ lineId }) => lineId),
        cpo.id,
      );
      tx.audit('cpo.negotiated', { type: 'cpo', id: cpo.id }, null, auditedCpo(cpo));
      return this.views.ofDecider(tx.query, cpo.id);
    });
  }

  /** Locks the lines that the action asks of that funder for that scheme. @throws NotFound, Forbidden, Recused, LineMissing when it asks nothing */
  private async handsOf(tx: Tx, actor: Actor, { actionId, funderId, scheme, years }: NegotiateCpoCommand): Promise<readonly LineInHand[]> {
    const ofAction = await this.lines.ofAction(tx.query, actionId);
    const asked = ofAction.filter((line) => line.funderId === funderId && line.scheme === scheme && line.state !== 'withdrawn');
    const wanted = asked.length > 0 ? asked : ofAction.slice(0, 1);
    const hands = await this.lines.lockAllForInstruction(
      tx,
      wanted.map(({ id }) => id),
    );
    const [any] = hands;
    if (!any) throw new NotFound();
    authorize(actor, 'cpo.read', any.perimeter);
    authorizeCreation(actor, 'cpo.negotiate', asked.length > 0 ? cpoScopes(any) : any.perimeter);
    refuseRecused(actor, any.line.organisationId);
    if (asked.length === 0) throw new LineMissing(Math.min(...years));
    return hands;
  }
}
