import { Temporal } from 'temporal-polyfill';
import { playDemo } from '../../../src/demo/demo.js';
import { Hands, type Ask } from '../../../src/demo/hands.js';
import { parisDay } from '../../../src/kernel/paris-day.js';
import { isClock, JobRegistry } from '../../../src/platform/queue/index.js';
import type { TestApp } from '../../setup/app.js';

const PASSWORD = 'un mot de passe de démonstration';

/** Clocks that tell nobody anything: they prune, or call other systems. Every other one ticks. */
const SILENT: ReadonlySet<string> = new Set([
  'clock.prune-idempotency-keys',
  'clock.prune-outbox',
  'clock.prune-webhooks',
  'clock.purge-files',
  'clock.purge-identity',
  'clock.webhooks-due',
]);

const PARIS = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris', dateStyle: 'short', timeStyle: 'short' });

/** The instant at which clocks in Paris show that day and hour. */
export function inParis(day: string, hour: string): Date {
  return new Date(Temporal.PlainDateTime.from(`${day}T${hour}`).toZonedDateTime('Europe/Paris').epochMilliseconds);
}

/** The demo's people over months that pass in seconds: whatever is due at an instant is done at that instant, and nothing runs by itself. */
export class DemoYear {
  private constructor(
    private readonly app: TestApp,
    private now: Date,
  ) {}

  /** Loads the demo as a first start on that day would. */
  static async begin(app: TestApp, at: Date): Promise<DemoYear> {
    const year = new DemoYear(app, at);
    app.clock.freeze(at);
    await playDemo(app.app, year.hands(), PASSWORD);
    await year.settle();
    return year;
  }

  /** Signed in anew: a token does not last until the next act of the year. */
  hands(): Hands {
    return new Hands(overHttp(this.app), this.app.clock, PASSWORD);
  }

  /** Goes to that instant, ticking as the clocks do: every hour on days when the clocks of Paris change and on the leap day, else twice a day. */
  async until(instant: Date): Promise<void> {
    while (this.now < instant) {
      const next = this.nextTick();
      this.now = next < instant ? next : instant;
      this.app.clock.freeze(this.now);
      await this.tick();
    }
  }

  private nextTick(): Date {
    const hours = HOURLY.has(parisDay(this.now)) ? 1 : 12;
    const ms = hours * 3_600_000;
    return new Date((Math.floor(this.now.getTime() / ms) + 1) * ms);
  }

  private async tick(): Promise<void> {
    const registry = this.app.app.get(JobRegistry, { strict: false });
    for (const type of registry.typesOf('clocks').filter((clock) => !SILENT.has(clock))) {
      const route = registry.route(type);
      if (route === undefined || route === 'ignored') throw new Error(`${type} does not tick`);
      await route.handle([{ id: type, type, payload: {}, attempt: 1 }]);
    }
    await this.settle();
  }

  /** Deals with everything that was told, and with what that tells, in order. */
  async settle(): Promise<void> {
    const registry = this.app.app.get(JobRegistry, { strict: false });
    for (;;) {
      const events = await this.app.query<{ id: string; type: string; payload: unknown }>(
        'SELECT id, type, payload FROM outbox WHERE handled_at IS NULL ORDER BY id',
      );
      if (events.length === 0) return;
      for (const event of events) {
        const route = registry.route(event.type);
        if (route !== undefined && route !== 'ignored' && !isClock(event.type)) {
          const failures = await route.handle([{ ...event, attempt: 1 }]);
          if (failures.size > 0) throw failures.get(event.id);
        }
        await this.app.query('UPDATE outbox SET handled_at = now() WHERE id = $1 AND handled_at IS NULL', [event.id]);
      }
    }
  }

  /** Who was told what, by mail, from that instant on: `2027-10-10 09:00 association closing-reminder`, in order. */
  async told(since: Date): Promise<string[]> {
    const rows = await this.app.query<{ at: Date; email: string; kind: string; state: string }>(
      `SELECT d.created_at AS at, u.email::text AS email, d.kind, d.state FROM deliveries d JOIN users u ON u.id = d.user_id
       WHERE d.created_at >= $1 ORDER BY d.created_at, u.email, d.kind, d.state`,
      [since],
    );
    return rows.map(
      ({ at, email, kind, state }) =>
        `${PARIS.format(at)} ${email.replace('@demo.test', '')} ${kind}${state === 'sent' ? '' : ` (${state})`}`,
    );
  }
}

/** Clocks go back, clocks go forward, and the day that three years out of four lack. */
const HOURLY = new Set(['2027-10-31', '2028-02-29', '2028-03-26', '2028-10-29', '2029-03-25']);

function overHttp(app: TestApp): Ask {
  return async ({ method, url, headers, payload }) => {
    const answer = await fetch(`${await app.app.getUrl()}${url}`, {
      method,
      headers: { ...headers, ...(payload === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(payload === undefined ? {} : { body: JSON.stringify(payload) }),
    });
    return { statusCode: answer.status, body: await answer.text() };
  };
}
