import { Injectable } from '@nestjs/common';
import { assertVersion, type ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { checkHabits, chosen, type AskedChoice, type Habits, type Preferences } from '../domain/preferences.js';
import { BounceRepository } from '../persistence/bounce.repository.js';
import { PreferencesRepository } from '../persistence/preferences.repository.js';
import { RescheduleMail } from './reschedule-mail.js';

export interface ChooseCommand extends Habits {
  /** None is due the first time. */
  readonly version: ExpectedVersion;
  readonly kinds: readonly AskedChoice[];
}

/** Preferences as their owner reads them. */
export interface OwnPreferences extends Preferences {
  /** Several mails came back from their address. */
  readonly addressFlagged: boolean;
}

/** How a person wants to be told: their own choice, within what the law leaves them. */
@Injectable()
export class ChooseNotifications {
  constructor(
    private readonly work: UnitOfWork,
    private readonly preferences: PreferencesRepository,
    private readonly bounces: BounceRepository,
    private readonly reschedule: RescheduleMail,
  ) {}

  async read(actor: Actor): Promise<OwnPreferences> {
    const own = await this.preferences.of(this.work.read, actor.id);
    return { ...own, addressFlagged: await this.bounces.isFlagged(this.work.read, actor.id) };
  }

  /** @throws VersionRequired, StaleVersion, LegalMessage, TooLateInDigest, NotInInbox, KindGivenTwice, UnknownTimeZone, EmptyQuietHours */
  replace({ version, kinds, timeZone, quietHours }: ChooseCommand, actor: Actor): Promise<OwnPreferences> {
    return this.work.run(actor, async (tx) => {
      const before = await this.preferences.lock(tx.query, actor.id);
      if (before.version > 0 || version !== null) assertVersion(version, before.version);
      checkHabits({ timeZone, quietHours });
      const after = { version: before.version + 1, timeZone, quietHours, choices: chosen(kinds) };
      await this.preferences.save(tx.query, actor.id, after, tx.at);
      await this.reschedule.execute(tx, actor.id, after);
      tx.audit('notification-preferences.replaced', { type: 'user', id: actor.id }, audited(before), audited(after));
      return { ...after, addressFlagged: await this.bounces.isFlagged(tx.query, actor.id) };
    });
  }
}

function audited({ choices, ...habits }: Preferences): object {
  return { ...habits, choices: Object.fromEntries(choices) };
}
