import { Injectable } from '@nestjs/common';
import type { Day } from '../../../kernel/day.js';
import type { Money } from '../../../kernel/money.js';
import { parisDay } from '../../../kernel/paris-day.js';
import type { Actor } from '../../../platform/auth/actor.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { Calls } from '../../calls/index.js';
import { earliestDecision, recordDecision, type Decision, type FundingLine } from '../../funding/index.js';

/** What a funder decided elsewhere. */
export interface DecidedElsewhere {
  /** 0 for a refusal. */
  readonly amountCents: Money;
  readonly decisionReference: string;
  readonly decidedOn: Day;
  readonly reason?: string | null;
  readonly envelopeId?: string;
}

/** The rule by which a funder's decision is written down, one by one or from a file. */
export type RecordingRule = (line: FundingLine, decided: DecidedElsewhere) => Decision<FundingLine>;

@Injectable()
export class RecordedDecisions {
  constructor(private readonly calls: Calls) {}

  /** The rule for these lines: when their calls opened is read once. It throws as `recordDecision`. */
  async ruleFor(tx: Tx, actor: Actor, lines: readonly FundingLine[]): Promise<RecordingRule> {
    const earliest = new Map<string, Day>();
    for (const callId of new Set(lines.map((line) => line.callId))) {
      const call = await this.calls.byId(tx.query, callId);
      if (!call) throw new Error('a funding line is of a call');
      earliest.set(callId, earliestDecision(parisDay(call.opensAt)));
    }
    const today = parisDay(tx.at);
    return (line, decided) => {
      const first = earliest.get(line.callId);
      if (first === undefined) throw new Error('the rule was not made for this line');
      return recordDecision(line, { ...decided, recorderId: actor.id, today, earliest: first });
    };
  }
}
