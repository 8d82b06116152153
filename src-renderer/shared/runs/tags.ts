const [maxTags, maxLetters] = [20, 50];

/** Tags out of a field, separated by commas: each once, none empty, within the bounds of a run's tags. */
export function tagsOf(text: string): string[] {
  const tags = text
    .split(',')
    .map((tag) => tag.trim().slice(0, maxLetters))
    .filter((tag) => tag !== '');
  return [...new Set(tags)].slice(0, maxTags);
}
