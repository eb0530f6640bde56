import { Injectable } from '@nestjs/common';
import { ProposeRenewals } from './propose-renewals.js';
import { RemindFollowers } from './remind-followers.js';
import { RemindOfClosing } from './remind-of-closing.js';
import { RemindOfReports } from './remind-of-reports.js';
import { TellOfOpenings } from './tell-of-openings.js';
import { TellOfTheDay } from './tell-of-the-day.js';
import { WatchEnvelopes } from './watch-envelopes.js';

/** What the clock has people told. */
@Injectable()
export class Reminders {
  constructor(
    private readonly openings: TellOfOpenings,
    private readonly closing: RemindOfClosing,
    private readonly followers: RemindFollowers,
    private readonly reports: RemindOfReports,
    private readonly ofTheDay: TellOfTheDay,
    private readonly renewals: ProposeRenewals,
    private readonly envelopes: WatchEnvelopes,
  ) {}

  ofCalls(): Promise<void> {
    return each(this.openings, this.closing, this.followers);
  }

  ofTheHour(): Promise<void> {
    return each(this.reports, this.ofTheDay, this.renewals, this.envelopes);
  }
}

/** One that fails holds back no other. @throws AggregateError of those that failed */
export async function each(...reminders: readonly { execute(): Promise<number> }[]): Promise<void> {
  const failures: unknown[] = [];
  for (const reminder of reminders) {
    try {
      await reminder.execute();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} sorts of reminders failed`);
}
