/** Items that are committed one after the other become those committed together: while one commit is under way, the next ones gather. */
export class GroupCommit<Item> {
  private waiting: Item[] = [];
  private next: Promise<void> | undefined;
  private underWay: Promise<void> = Promise.resolve();

  constructor(private readonly commit: (items: readonly Item[]) => Promise<void>) {}

  /** Resolves once the item is committed. @throws what refused the commit that it was part of */
  add(item: Item): Promise<void> {
    this.waiting.push(item);
    this.next ??= this.underWay.then(
      () => this.commitWaiting(),
      () => this.commitWaiting(),
    );
    return this.next;
  }

  private commitWaiting(): Promise<void> {
    const items = this.waiting;
    this.waiting = [];
    this.next = undefined;
    this.underWay = this.commit(items);
    return this.underWay;
  }
}
