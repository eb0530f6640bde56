/** The time as the application sees it. Tests replace it; no rule asks the machine's clock. */
export abstract class Clock {
  abstract now(): Date;
}

export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }
}
