import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { newId } from '../../../kernel/id.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork, type Tx } from '../../../platform/database/unit-of-work.js';
import { Links } from '../../../platform/http/links.js';
import { CalendarRepository } from '../persistence/calendar.repository.js';

const TOKEN_BYTES = 32;

/** What is kept of the secret in the address: it has all its entropy, and needs no slow hash. */
export const tokenHash = (token: string): Buffer => createHash('sha256').update(token).digest();

/** The address of one's own calendar: made, replaced, closed. */
@Injectable()
export class CalendarFeeds {
  constructor(
    private readonly work: UnitOfWork,
    private readonly feeds: CalendarRepository,
    private readonly links: Links,
  ) {}

  /** A new address, shown this once; the former one, if any, is closed. */
  open(actor: Actor): Promise<{ url: string; createdAt: Date }> {
    return this.work.run(actor, async (tx) => {
      await this.close(tx, actor);
      const token = randomBytes(TOKEN_BYTES).toString('base64url');
      const feed = { id: newId(), createdAt: tx.at };
      await this.feeds.insert(tx.query, feed, actor.id, tokenHash(token));
      tx.audit('calendar-feed.opened', { type: 'calendar-feed', id: feed.id }, null, {});
      return { url: this.links.to(`/v1/calendar/${token}.ics`), createdAt: feed.createdAt };
    });
  }

  /** Nobody reads it any more. Nothing happens when there is none. */
  revoke(actor: Actor): Promise<void> {
    return this.work.run(actor, (tx) => this.close(tx, actor));
  }

  /** Since when there is one; null when there is none. */
  async openedAt(actor: Actor): Promise<Date | null> {
    return (await this.feeds.live(this.work.read, actor.id))?.createdAt ?? null;
  }

  private async close(tx: Tx, actor: Actor): Promise<void> {
    const live = await this.feeds.lockLive(tx.query, actor.id);
    if (!live) return;
    await this.feeds.revoke(tx.query, live.id, tx.at);
    tx.audit('calendar-feed.revoked', { type: 'calendar-feed', id: live.id }, {}, null);
  }
}
