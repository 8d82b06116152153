/** What of a list has every word that is searched for in its text, upper and lower case alike, in its order. */
export function matching<Item>(
  items: readonly Item[],
  textOf: (item: Item) => string,
  search: string,
): Item[] {
  const words = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return items.filter((item) => {
    const text = textOf(item).toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
