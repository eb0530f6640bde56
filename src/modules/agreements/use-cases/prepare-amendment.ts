import { Injectable } from '@nestjs/common';
import { add, subtract, ZERO, type Money } from '../../../kernel/money.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork, type Tx } from '../../../platform/database/unit-of-work.js';
import { amendGrant } from '../../funding/index.js';
import { isBilateral, needsAgreement } from '../domain/act-kind.js';
import { AmendmentPending, LineNotInAct, NotAmendable, NothingAmended } from '../domain/act.errors.js';
import type { Act } from '../domain/act.js';
import { ActDocumentRepository } from '../persistence/act-document.repository.js';
import { ActFacts } from '../persistence/act-facts.repository.js';
import { ActRepository, type ActInHand } from '../persistence/act.repository.js';
import { ActLines } from './act-lines.js';
import { assertMayHandle, type ActCommand } from './act-rights.js';
import { ActWriter, type DraftLine } from './act-writer.js';

export interface PrepareAmendmentCommand extends ActCommand {
  readonly lines: readonly { readonly lineId: string; readonly amountCents: Money }[];
  readonly reason: string;
}

/** Prepares an avenant to a notified act. The amounts change when it is signed. */
@Injectable()
export class PrepareAmendment {
  constructor(
    private readonly work: UnitOfWork,
    private readonly acts: ActRepository,
    private readonly documents: ActDocumentRepository,
    private readonly facts: ActFacts,
    private readonly lines: ActLines,
    private readonly writer: ActWriter,
  ) {}

  /**
   * @throws NotAmendable, AmendmentPending, LineNotInAct, NothingAmended, ActNotAllowed, AmountNotPositive, AmountAboveRequest, AmendmentBelowPaid
   */
  execute({ actId, version, lines: asked, reason }: PrepareAmendmentCommand, actor: Actor): Promise<Act> {
    return this.work.run(actor, async (tx) => {
      const hand = await this.acts.lock(tx.query, actId);
      assertMayHandle(hand, actor, 'act.amend', version);
      const { act } = hand;
      if (act.state !== 'notified' || act.signedOn === null || hand.purpose !== 'grant') throw new NotAmendable(act.number);
      await this.acts.lockBeneficiary(tx.query, act);
      const amended = await this.amended(tx, hand, asked, reason);
      const { content } = await this.documents.facts(tx.query, act.id);
      const party = await this.facts.party(tx.query, act.organisationId);
      const thresholds = await this.facts.thresholds(tx.query, act.year);
      const alreadyCents = await this.facts.granted(tx.query, act);
      const newCents = add(...amended.map(({ line, amountCents }) => subtract(amountCents, line.grantedCents ?? ZERO)));
      const due = needsAgreement({ legalForm: party.legalForm, alreadyCents, newCents, ...thresholds });
      tx.tell('acts.prepared.v1', { callId: act.callId, funderId: act.funderId });
      return this.writer.write(tx, actor, {
        ...{ kind: 'amendment', isBilateral: isBilateral('amendment', act.kind, due), callId: act.callId, callTitle: content.callTitle },
        ...{ organisationId: act.organisationId, funderId: act.funderId, year: act.year, funder: { ...content.funder, id: act.funderId } },
        ...{ party, lines: amended, thresholds, yearTotalCents: add(alreadyCents, newCents), reason },
        amends: { id: act.id, number: act.number, kind: act.kind, signedOn: act.signedOn },
      });
    });
  }

  /** The lines to change, locked, in the order of ids: each must be of the act, and may become what is asked. */
  private async amended(tx: Tx, hand: ActInHand, asked: PrepareAmendmentCommand['lines'], reason: string): Promise<readonly DraftLine[]> {
    const stranger = asked.findIndex(({ lineId }) => !hand.lines.some((line) => line.lineId === lineId));
    if (stranger >= 0) throw new LineNotInAct(stranger);
    const lineIds = asked.map(({ lineId }) => lineId);
    const lines = await this.lines.lock(tx, lineIds);
    const pending = await this.acts.pendingAmendment(tx.query, lineIds);
    if (pending !== null) throw new AmendmentPending(pending);
    return lines.map((line) => {
      const rank = lineIds.indexOf(line.id);
      const amountCents = asked[rank]?.amountCents ?? ZERO;
      amendGrant(line, amountCents, reason);
      if (amountCents === line.grantedCents) throw new NothingAmended(rank);
      return { line, amountCents };
    });
  }
}
