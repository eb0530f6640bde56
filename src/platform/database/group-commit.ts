interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (reason: unknown) => void;
}

export interface Gathering {
  /** Whether others are about to come, which the first may wait for. */
  readonly othersComing: () => boolean;
  /** How long it waits for them at most, in milliseconds. */
  readonly patienceMs: number;
  /** So many are committed without waiting for more. */
  readonly enough: number;
}

/** Items that are committed one after the other become those committed together: those that come while one commit is under way, or about to. */
export class GroupCommit<Item, Result> {
  private readonly waiting: Waiting<Item, Result>[] = [];
  private isUnderWay = false;
  private patience: NodeJS.Timeout | undefined;

  /** `commit` gives a result for each item, in their order. It has what it needs of whoever adds from the items alone. */
  constructor(
    private readonly commit: (items: readonly Item[]) => Promise<readonly Result[]>,
    private readonly gathering: Gathering = { othersComing: () => false, patienceMs: 0, enough: 1 },
  ) {}

  /** Resolves once the item is committed. When several are refused together, each is tried alone. @throws what refused its commit */
  add(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      this.begin();
    });
  }

  private begin(): void {
    if (this.isUnderWay || this.waiting.length === 0) return;
    const { othersComing, patienceMs, enough } = this.gathering;
    if (this.waiting.length < enough && othersComing()) this.patience ??= setTimeout(() => void this.commitWaiting(), patienceMs);
    else void this.commitWaiting();
  }

  private async commitWaiting(): Promise<void> {
    clearTimeout(this.patience);
    this.patience = undefined;
    this.isUnderWay = true;
    await this.togetherOrAlone(this.waiting.splice(0));
    this.isUnderWay = false;
    this.begin();
  }

  private async togetherOrAlone(group: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await this.commit(group.map(({ item }) => item));
      for (const [index, { resolve }] of group.entries()) resolve(results[index] as Result);
    } catch (error) {
      if (group.length > 1) for (const one of group) await this.togetherOrAlone([one]);
      else for (const { reject } of group) reject(error);
    }
  }
}
