import { Injectable } from '@nestjs/common';
import type { Day } from '../../../kernel/day.js';
import { parisDay } from '../../../kernel/paris-day.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork, type Tx } from '../../../platform/database/unit-of-work.js';
import { notify as notifyLine } from '../../funding/index.js';
import { notify, type Act } from '../domain/act.js';
import { ActRepository } from '../persistence/act.repository.js';
import { ActLines } from './act-lines.js';
import { assertMayHandle, auditedAct, type ActCommand } from './act-rights.js';
import { CpoOfAct } from './cpo-of-act.js';

export interface NotifyActCommand extends ActCommand {
  /** The day it reached the beneficiary by another way; today, by the message that this sends, unless said. */
  readonly notifiedOn?: Day;
  readonly beneficiarySignedOn?: Day;
}

/** The signed act reaches the beneficiary, who reads it from now on: the clock of the payment starts. */
@Injectable()
export class NotifyAct {
  constructor(
    private readonly work: UnitOfWork,
    private readonly acts: ActRepository,
    private readonly lines: ActLines,
    private readonly cpoOfAct: CpoOfAct,
  ) {}

  /** @throws ActNotAllowed, DayInFuture, NotifiedBeforeSigned, BeneficiaryDoesNotSign, BeneficiarySignatureMissing */
  execute(command: NotifyActCommand, actor: Actor): Promise<Act> {
    return this.work.run(actor, (tx) => this.within(tx, command, actor));
  }

  /** One notification within a transaction, for who notifies one act and for who notifies many. @throws as `execute` */
  async within(tx: Tx, { actId, version, notifiedOn, beneficiarySignedOn }: NotifyActCommand, actor: Actor): Promise<Act> {
    const hand = await this.acts.lock(tx.query, actId);
    assertMayHandle(hand, actor, 'act.notify', version);
    const today = parisDay(tx.at);
    const day = notifiedOn ?? today;
    const notified = notify(hand.act, { notifiedOn: day, beneficiarySignedOn: beneficiarySignedOn ?? null, at: tx.at, today });
    await this.cpoOfAct.notified(tx, actor, notified);
    if (hand.purpose === 'grant') {
      // Of a day gone by only the date is known: noon is on it, in Paris as in UTC.
      const at = day === today ? tx.at : new Date(`${day}T12:00:00Z`);
      const lines = await this.lines.lockMoving(tx, hand, 'signed');
      this.lines.move(tx, actor, lines, 'notified', (line) => notifyLine(line, at));
    }
    this.acts.save(tx, notified);
    tx.audit('act.notified', { type: 'act', id: actId }, auditedAct(hand.act), auditedAct(notified));
    // A refusal was told with the results, its reason and its appeals.
    if (hand.purpose !== 'refusal') tx.tell('act.notified.v1', { actId, organisationId: hand.act.organisationId });
    return notified;
  }
}
