/** `Map.groupBy`, which Node 20 does not have: groups in the order of their first item, items in theirs; none is empty. */
export function groupBy<Item, Key>(items: Iterable<Item>, keyOf: (item: Item) => Key): Map<Key, [Item, ...Item[]]> {
  const groups = new Map<Key, [Item, ...Item[]]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/** What `work` gives for each item, in their order, asked once for all those of a key. It answers in the order of the group that it is given. */
export async function askByGroup<Item, Key, Answer>(
  items: readonly Item[],
  keyOf: (item: Item) => Key,
  work: (key: Key, group: readonly Item[]) => Promise<readonly Answer[]>,
): Promise<Answer[]> {
  const places = groupBy(items.keys(), (place) => keyOf(items[place] as Item));
  const answers: Answer[] = [];
  const ask = async (key: Key, own: readonly number[]) => {
    const given = await work(
      key,
      own.map((place) => items[place] as Item),
    );
    for (const [index, place] of own.entries()) answers[place] = given[index] as Answer;
  };
  await Promise.all([...places].map(([key, own]) => ask(key, own)));
  return answers;
}
