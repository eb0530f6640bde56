import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { FundingLines, type Decision, type FundingLine, type FundingLineState } from '../../funding/index.js';
import { audited } from '../../programming/index.js';
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
      tx.audit(`funding-line.${verb}`, { type: 'funding-line', id: line.id }, before ? auditedGrant(before) : null, auditedGrant(line));
    }
  }
}

/** What the audit keeps of a line that an act moves: besides its decision, when it was notified and what of it is paid. */
function auditedGrant(line: FundingLine): object {
  const { paidCents, notifiedAt } = line;
  return { ...audited(line), paidCents, notifiedAt };
}
