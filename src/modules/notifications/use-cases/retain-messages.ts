import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.js';
import { parisDay } from '../../../kernel/paris-day.js';
import type { Query } from '../../../platform/database/query.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { RetentionTerms } from '../../identity/index.js';
import { overOn } from '../domain/message-retention.js';
import { MessageRetentionRepository, PART } from '../persistence/message-retention.repository.js';

/** How many messages lost their words with someone's account, lost them with time, and are gone. */
export interface MessagesRetained {
  readonly forgotten: number;
  readonly blanked: number;
  readonly removed: number;
}

/**
 * The end of messages, as their rule has it: the words go first, then what shows that they were sent. Those to someone whose account was erased, or
 * that name them, lose their words at once. What has not left is left alone. May run as often as one likes, on any replica.
 */
@Injectable()
export class RetainMessages {
  constructor(
    private readonly work: UnitOfWork,
    private readonly terms: RetentionTerms,
    private readonly messages: MessageRetentionRepository,
    private readonly clock: Clock,
  ) {}

  /** The oldest of them, in parts: after a long stop, or when the rule is made shorter, they go over hours. */
  async execute(): Promise<MessagesRetained> {
    const at = this.clock.now();
    const forgotten = await this.forget(at);
    const over = overOn(parisDay(at), await this.terms.of(this.work.read, 'message'));
    return {
      forgotten,
      blanked: await this.part((query) => this.messages.blankSentBy(query, over.words, at)),
      removed: await this.part((query) => this.messages.removeSentBy(query, over.proof)),
    };
  }

  /** Not over hours: an erased account is erased. */
  private async forget(at: Date): Promise<number> {
    for (let forgotten = 0; ;) {
      const rows = await this.part((query) => this.messages.blankOfErased(query, at));
      forgotten += rows;
      if (rows < PART) return forgotten;
    }
  }

  private part(step: (query: Query) => Promise<number>): Promise<number> {
    return this.work.transaction(async (query) => {
      await this.messages.queueUp(query);
      return step(query);
    });
  }
}
