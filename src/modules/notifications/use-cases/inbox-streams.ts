import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.js';
import { RuleRefused } from '../../../kernel/errors.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { Notices } from '../../../platform/database/notices.js';
import { INBOX_CHANNEL, type InboxMessage } from '../domain/inbox.js';
import { InboxRepository } from '../persistence/inbox.repository.js';

/** How many streams one person may hold open in one process: a few screens. */
export const MOST_STREAMS = 5;
const BEAT_EVERY_MS = 25_000;
const PAGE = 100;
const RETRY_MS = 1_000;

export class TooManyStreams extends RuleRefused {
  constructor() {
    super('TOO_MANY_STREAMS', `Vous avez déjà ${MOST_STREAMS} flux ouverts. Fermez-en un, ou relisez vos messages de temps en temps.`);
  }
}

export type EndReason = 'signed-out' | 'shutdown';

/** What a screen is shown as it happens. */
export interface InboxScreen {
  message(message: InboxMessage): void;
  unread(count: number): void;
  beat(): void;
  end(reason: EndReason): void;
}

export interface StreamTerms {
  readonly userId: string;
  /** The last rank seen; null: only what comes from now on. */
  readonly after: bigint | null;
  /** When the sign-in that opened it ends. */
  readonly until: Date;
}

interface OpenStream {
  readonly screen: InboxScreen;
  /** Null until it is known from where to begin. */
  shown: bigint | null;
  unread: number | null;
}

/**
 * Shows inboxes as they change. Whatever the reason to look (someone said that this person's inbox changed, a screen opened, the connection that hears
 * came back), one thing is done: read what comes after the last rank shown. So a notice that is lost costs time and no message, and a person's
 * screens cost one read together, when something happens.
 */
@Injectable()
export class InboxStreams implements BeforeApplicationShutdown {
  private readonly streams = new Map<string, Set<OpenStream>>();
  private readonly looking = new Map<string, 'once' | 'again'>();
  private beats: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    private readonly work: UnitOfWork,
    private readonly inbox: InboxRepository,
    private readonly notices: Notices,
    private readonly clock: Clock,
  ) {
    notices.hear(INBOX_CHANNEL, {
      heard: (userId) => {
        this.look(userId);
      },
      connected: () => {
        for (const userId of this.streams.keys()) this.look(userId);
      },
    });
  }

  /** Shows what comes on `screen`. Gives how to stop. @throws TooManyStreams */
  async open({ userId, after, until }: StreamTerms, screen: InboxScreen): Promise<() => void> {
    const own = this.streams.get(userId) ?? new Set();
    if (own.size >= MOST_STREAMS) throw new TooManyStreams();
    const stream: OpenStream = { screen, shown: null, unread: null };
    this.streams.set(userId, own.add(stream));
    const close = () => {
      clearTimeout(ending);
      own.delete(stream);
      if (own.size === 0 && this.streams.get(userId) === own) this.streams.delete(userId);
    };
    const ending = setTimeout(
      () => {
        close();
        screen.end('signed-out');
      },
      Math.max(0, until.getTime() - this.clock.now().getTime()),
    );
    try {
      const last = await this.inbox.lastRank(this.work.read, userId);
      stream.shown = after === null || after > last ? last : after;
    } catch (error) {
      close();
      throw error;
    }
    if (this.stopped) screen.end('shutdown');
    this.notices.start();
    this.beats ??= setInterval(() => {
      this.beat();
    }, BEAT_EVERY_MS).unref();
    this.look(userId);
    return close;
  }

  beat(): void {
    for (const { screen } of this.all()) screen.beat();
  }

  beforeApplicationShutdown(): void {
    this.stopped = true;
    clearInterval(this.beats);
    for (const { screen } of this.all()) screen.end('shutdown');
  }

  private all(): OpenStream[] {
    return [...this.streams.values()].flatMap((own) => [...own]);
  }

  /** One look at a time a person; asked during one, another follows. */
  private look(userId: string): void {
    if (this.looking.has(userId)) {
      this.looking.set(userId, 'again');
      return;
    }
    if (!this.streams.has(userId) || this.stopped) return;
    this.looking.set(userId, 'once');
    void this.show(userId).then(
      () => {
        const again = this.looking.get(userId) === 'again';
        this.looking.delete(userId);
        if (again) this.look(userId);
      },
      // The database is away: screens wait with it.
      () => {
        this.looking.delete(userId);
        setTimeout(() => {
          this.look(userId);
        }, RETRY_MS).unref();
      },
    );
  }

  private async show(userId: string): Promise<void> {
    const ready = () =>
      [...(this.streams.get(userId) ?? [])].filter((stream) => stream.shown !== null) as (OpenStream & { shown: bigint })[];
    for (let more = true; more;) {
      const streams = ready();
      if (streams.length === 0) return;
      const from = streams.map(({ shown }) => shown).reduce((least, shown) => (shown < least ? shown : least));
      const messages = await this.inbox.after(this.work.read, userId, from, PAGE);
      for (const message of messages) for (const stream of streams) showOn(stream, message);
      more = messages.length === PAGE;
    }
    const count = await this.inbox.unreadCount(this.work.read, userId);
    for (const stream of ready()) {
      if (stream.unread !== count) stream.screen.unread(count);
      stream.unread = count;
    }
  }
}

function showOn(stream: OpenStream & { shown: bigint }, message: InboxMessage): void {
  if (message.rank <= stream.shown) return;
  stream.screen.message(message);
  stream.shown = message.rank;
}
