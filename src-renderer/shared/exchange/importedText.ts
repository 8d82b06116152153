/** What an import brought, in words. */
export function importedText({
  runs,
  studies,
  known,
}: {
  runs: readonly string[];
  studies: readonly string[];
  /** Of the runs, those that were there before. */
  known: readonly string[];
}): string {
  const [run] = runs;
  const of = (ids: readonly string[], one: string, many: string) =>
    `${ids.length} ${ids.length === 1 ? one : many}`;
  const stays = known.length === 1 ? 'stays as it is' : 'stay as they are';
  if (runs.length > 0 && known.length === runs.length && studies.length === 0)
    return runs.length === 1
      ? `Run ${run ?? ''} is here already: it ${stays}.`
      : `All ${runs.length} runs are here already: they ${stays}.`;
  const before =
    known.length === 0
      ? ''
      : ` ${known.length} of these runs ${known.length === 1 ? 'was' : 'were'} here already and ${stays}.`;
  if (studies.length > 0)
    return `${of(studies, 'study', 'studies')} with ${of(runs, 'run', 'runs')} imported.${before}`;
  return `${runs.length === 1 ? `Run ${run ?? ''} is imported.` : `${of(runs, 'run', 'runs')} imported.`}${before}`;
}
