import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { FundingLines, type Decision, type FundingLine, type FundingLineState } from '../../funding/index.js';
import type { ActInHand } from '../persistence/act.repository.js';

/** What happens to the lines of an act, as the audit of each calls it. */
export type LineVerb = 'act-generated' | 'act-voided' | 'signed' | 'notified' | 'amended';

/** Moves the lines of an act together, all or none, each with its audit row. */
@Injectable()
export class ActLines {
  constructor(private readonly lines: FundingLines) {}

  /** Locked, in the order of ids. */
  async lock(tx: Tx, lineIds: readonly string[]): Promise<readonly FundingLine[]> {
    return (await this.lines.lockAllForInstruction(tx, lineIds)).map(({ line }) => line);
  }

  /** Those of the act that move with it: all, but of a CPO, whose later tranches have each its confirmation, only the one in that state. */
  async lockMoving(tx: Tx, { act, lines }: ActInHand, from: FundingLineState): Promise<readonly FundingLine[]> {
    const locked = await this.lock(
      tx,
      lines.map(({ lineId }) => lineId),
    );
    return act.kind === 'cpo' ? locked.filter(({ state }) => state === from) : locked;
  }

  move(tx: Tx, actor: Actor, lines: readonly FundingLine[], verb: LineVerb, decide: (line: FundingLine) => Decision<FundingLine>): void {
    const after = this.lines.carryOutTogether(
      tx,
      actor,
      lines.map((line) => ({ line, decision: decide(line) })),
    );
    for (const [index, line] of after.entries()) {
      const before = lines[index];
      tx.audit(`funding-line.${verb}`, { type: 'funding-line', id: line.id }, before ? auditedLine(before) : null, auditedLine(line));
    }
  }
}

function auditedLine(line: FundingLine): object {
  const { state, version, proposedCents, proposerId, grantedCents, deciderId, decidedOn, decisionReference, reason } = line;
  const { envelopeId, reservedCents, committedCents, paidCents, notifiedAt } = line;
  return {
    ...{ state, version, proposedCents, proposerId, grantedCents, deciderId, decidedOn, decisionReference, reason },
    ...{ envelopeId, reservedCents, committedCents, paidCents, notifiedAt },
  };
}
