import { Injectable } from '@nestjs/common';
import { RemindOfPayments } from './remind-of-payments.js';
import { RemindOfSilence } from './remind-of-silence.js';
import { each } from './reminders.js';
import { TellOfSilence } from './tell-of-silence.js';

/** What the law has people told by a day. */
@Injectable()
export class DeadlineReminders {
  constructor(
    private readonly silence: RemindOfSilence,
    private readonly rejections: TellOfSilence,
    private readonly payments: RemindOfPayments,
  ) {}

  ofTheHour(): Promise<void> {
    return each(this.silence, this.rejections, this.payments);
  }
}
