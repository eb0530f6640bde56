import { Injectable } from '@nestjs/common';
import type { Query } from '../../../platform/database/query.js';
import { MAIL_KINDS } from '../domain/kinds.js';
import type { MailKind } from '../domain/mail-data.js';
import {
  defaultChoice,
  type Cadence,
  type Choice,
  type Habits,
  type InboxChoice,
  type Preferences,
  type QuietHours,
} from '../domain/preferences.js';

interface HabitsRow {
  readonly timeZone: string;
  readonly quietFrom: string | null;
  readonly quietTo: string | null;
}

/** What someone chose about one kind. */
export interface Chosen extends Habits, Choice {}

const HABITS = `coalesce(p.time_zone, 'Europe/Paris') AS "timeZone", to_char(p.quiet_from, 'HH24:MI') AS "quietFrom", to_char(p.quiet_to, 'HH24:MI') AS "quietTo"`;

@Injectable()
export class PreferencesRepository {
  async of(query: Query, userId: string): Promise<Preferences> {
    return this.read(query, userId, '');
  }

  /** Locks them until the transaction ends, those of someone who never chose too. */
  async lock(query: Query, userId: string): Promise<Preferences> {
    await query('INSERT INTO notification_preferences (user_id) VALUES ($1) ON CONFLICT DO NOTHING', [userId]);
    return this.read(query, userId, 'FOR UPDATE');
  }

  async save(query: Query, userId: string, { version, timeZone, quietHours, choices }: Preferences, at: Date): Promise<void> {
    await query(
      'UPDATE notification_preferences SET version = $2, time_zone = $3, quiet_from = $4, quiet_to = $5, updated_at = $6 WHERE user_id = $1',
      [userId, version, timeZone, quietHours?.from ?? null, quietHours?.to ?? null, at],
    );
    await query('DELETE FROM notification_choices WHERE user_id = $1', [userId]);
    const kept = [...choices].flatMap(([kind, { mail, inbox }]) => {
      const usual = defaultChoice(kind);
      return [
        ...(mail === usual.mail ? [] : [{ kind, channel: 'mail', cadence: mail }]),
        ...(inbox === usual.inbox ? [] : [{ kind, channel: 'inbox', cadence: inbox }]),
      ];
    });
    await query(
      'INSERT INTO notification_choices (user_id, kind, channel, cadence) SELECT $1, c.* FROM unnest($2::text[], $3::text[], $4::text[]) AS c',
      [userId, kept.map(({ kind }) => kind), kept.map(({ channel }) => channel), kept.map(({ cadence }) => cadence)],
    );
  }

  /** What each of those people chose about each kind, in their order. */
  async about<Each extends { readonly userId: string; readonly kind: MailKind }>(
    query: Query,
    told: readonly Each[],
  ): Promise<readonly (Each & Chosen)[]> {
    const rows = await query<HabitsRow & { position: number; mail: Cadence | null; inbox: InboxChoice | null }>(
      `SELECT t.position::int, ${HABITS}, mail.cadence AS mail, inbox.cadence AS inbox
       FROM unnest($1::uuid[], $2::text[]) WITH ORDINALITY AS t (user_id, kind, position)
       LEFT JOIN notification_preferences p ON p.user_id = t.user_id
       LEFT JOIN notification_choices mail ON mail.user_id = t.user_id AND mail.kind = t.kind AND mail.channel = 'mail'
       LEFT JOIN notification_choices inbox ON inbox.user_id = t.user_id AND inbox.kind = t.kind AND inbox.channel = 'inbox'
       ORDER BY t.position`,
      [told.map(({ userId }) => userId), told.map(({ kind }) => kind)],
    );
    return rows.flatMap(({ position, mail, inbox, ...row }) => {
      const each = told[position - 1];
      if (!each) return [];
      const usual = defaultChoice(each.kind);
      return [{ ...each, ...habitsOf(row), mail: mail ?? usual.mail, inbox: inbox ?? usual.inbox }];
    });
  }

  private async read(query: Query, userId: string, lock: string): Promise<Preferences> {
    const [row] = await query<HabitsRow & { version: number }>(
      `SELECT p.version, ${HABITS} FROM notification_preferences p WHERE p.user_id = $1 ${lock}`,
      [userId],
    );
    const kept = await query<{ kind: string; channel: keyof Choice; cadence: Cadence }>(
      'SELECT kind, channel, cadence FROM notification_choices WHERE user_id = $1',
      [userId],
    );
    const choices = new Map<MailKind, Choice>(
      MAIL_KINDS.map((kind) => {
        const own = Object.fromEntries(kept.filter((one) => one.kind === kind).map(({ channel, cadence }) => [channel, cadence]));
        return [kind, { ...defaultChoice(kind), ...own }];
      }),
    );
    const habits = habitsOf(row ?? { timeZone: 'Europe/Paris', quietFrom: null, quietTo: null });
    return { version: row?.version ?? 0, ...habits, choices };
  }
}

function habitsOf({ timeZone, quietFrom, quietTo }: HabitsRow): { timeZone: string; quietHours: QuietHours | null } {
  return { timeZone, quietHours: quietFrom === null || quietTo === null ? null : { from: quietFrom, to: quietTo } };
}
