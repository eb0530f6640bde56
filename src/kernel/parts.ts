/** A list cut in parts of at most `most`, in its order; none of them is empty. */
export function inParts<Item>(items: readonly Item[], most: number): [Item, ...Item[]][] {
  return Array.from(
    { length: Math.ceil(items.length / most) },
    (_, part) => items.slice(part * most, (part + 1) * most) as [Item, ...Item[]],
  );
}
