/** How often each kind of act was done, and refused. */
export class Reach {
  private readonly counts = new Map<string, { done: number; refused: number }>();

  count(kind: string, isDone: boolean): void {
    const { done, refused } = this.counts.get(kind) ?? { done: 0, refused: 0 };
    this.counts.set(kind, isDone ? { done: done + 1, refused } : { done, refused: refused + 1 });
  }

  /** Of these kinds, those that were never done. */
  missing(kinds: Iterable<string>): string[] {
    return [...new Set(kinds)].filter((kind) => (this.counts.get(kind)?.done ?? 0) === 0).sort();
  }

  total(what: 'done' | 'refused'): number {
    return [...this.counts.values()].reduce((total, count) => total + count[what], 0);
  }

  toString(): string {
    return [...this.counts]
      .map(([kind, { done, refused }]) => `${kind} ${done}/${done + refused}`)
      .sort()
      .join(', ');
  }
}
