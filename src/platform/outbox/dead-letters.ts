import { Injectable } from '@nestjs/common';
import type { Page, PageRequest } from '../../kernel/page.js';
import type { Actor } from '../auth/actor.js';
import { authorize, authorizeCreation } from '../auth/authorizer.js';
import { INSTANCE } from '../auth/perimeter.js';
import { UnitOfWork, type Tx } from '../database/unit-of-work.js';
import { abandonOperation } from '../operations/operations.js';
import { JobRegistry, type QueueName } from '../queue/index.js';
import { discard, listDead, lockDead, revive, type DeadLetter } from './dead-letter.store.js';

/** An event that was given up, and the queue that it goes to; null for a type that this build does not know. */
export interface QueuedDeadLetter extends DeadLetter {
  readonly queue: QueueName | null;
}

export interface DeadLetterFilter {
  readonly type?: string | undefined;
  readonly queue?: QueueName | undefined;
}

/** Events that were tried too often, or can't be handled: an administrator has them offered again, or puts them aside. */
@Injectable()
export class DeadLetters {
  constructor(
    private readonly work: UnitOfWork,
    private readonly registry: JobRegistry,
  ) {}

  /** @throws Forbidden */
  async list({ type, queue }: DeadLetterFilter, page: PageRequest, actor: Actor): Promise<Page<QueuedDeadLetter>> {
    authorizeCreation(actor, 'dead-letter.manage', [INSTANCE]);
    const types = queue === undefined ? null : this.registry.typesOf(queue);
    const wanted = type === undefined ? types : [type].filter((one) => types?.includes(one) ?? true);
    const { rows, ...rest } = await listDead(this.work.read, wanted, page);
    return { rows: rows.map((letter) => this.queued(letter)), ...rest };
  }

  /** @throws NotFound */
  replay(id: string, actor: Actor): Promise<QueuedDeadLetter> {
    return this.act(id, actor, async (tx, letter) => {
      await revive(tx.query, id);
      tx.audit('dead-letter.replayed', { type: 'outbox-event', id }, audited(letter), null);
    });
  }

  /** What the event should have done is not done, and who waits for it is told so. @throws NotFound */
  discard(id: string, reason: string, actor: Actor): Promise<QueuedDeadLetter> {
    return this.act(id, actor, async (tx, letter) => {
      await discard(tx.query, id, tx.at);
      await abandonOperation(tx.query, letter.payload, tx.at);
      await this.registry.discarding(letter.type)?.(tx.query, letter.payload as never, tx.at);
      tx.audit('dead-letter.discarded', { type: 'outbox-event', id }, audited(letter), { reason });
    });
  }

  private act(id: string, actor: Actor, act: (tx: Tx, letter: DeadLetter) => Promise<void>): Promise<QueuedDeadLetter> {
    return this.work.run(actor, async (tx) => {
      authorize(actor, 'dead-letter.manage', [INSTANCE]);
      const letter = await lockDead(tx.query, id);
      await act(tx, letter);
      return this.queued(letter);
    });
  }

  private queued(letter: DeadLetter): QueuedDeadLetter {
    const route = this.registry.route(letter.type);
    return { ...letter, queue: route === undefined || route === 'ignored' ? null : route.queue };
  }
}

const audited = ({ type, tries, cause }: DeadLetter) => ({ type, tries, cause });
