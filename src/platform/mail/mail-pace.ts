/** How long a message may wait for others of its kind to the same person, in milliseconds; 0: nothing waits. */
export class MailPace {
  constructor(readonly settleMs: number) {}
}
