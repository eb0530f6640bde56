import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.js';
import { NotFound } from '../../../kernel/errors.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { Links } from '../../../platform/http/links.js';
import { eventOf, shownFrom } from '../domain/calendar.js';
import { icalendar } from '../domain/icalendar.js';
import { CalendarRepository } from '../persistence/calendar.repository.js';
import { tokenHash } from './calendar-feed.js';

export interface CalendarFile {
  readonly content: Buffer;
  /** Weak: the same deadlines, whenever they were written down. */
  readonly etag: string;
}

const NAME = 'Bièvre : mes échéances';
const NEVER = new Date(0);

/** Deadlines of whoever an address was made for, by the rights they hold when it is read. */
@Injectable()
export class CalendarQueries {
  constructor(
    private readonly work: UnitOfWork,
    private readonly calendar: CalendarRepository,
    private readonly links: Links,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound when the address is unknown or closed, or the account is */
  async read(token: string): Promise<CalendarFile> {
    const userId = await this.calendar.readerOf(this.work.read, tokenHash(token));
    if (userId === null) throw new NotFound();
    const now = this.clock.now();
    const host = new URL(this.links.to('')).hostname;
    const deadlines = await this.calendar.deadlinesOf(this.work.read, userId, shownFrom(now));
    const events = deadlines.map((deadline) => eventOf(deadline, host));
    return { content: Buffer.from(icalendar(NAME, events, now)), etag: etagOf(icalendar(NAME, events, NEVER)) };
  }
}

const etagOf = (content: string): string => `W/"${createHash('sha256').update(content).digest('base64url').slice(0, 27)}"`;
