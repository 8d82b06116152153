/** What an import brought, in words. */
export function importedText({
  runs,
  studies,
}: {
  runs: readonly string[];
  studies: readonly string[];
}): string {
  const [run] = runs;
  const of = (ids: readonly string[], one: string, many: string) =>
    `${ids.length} ${ids.length === 1 ? one : many}`;
  if (studies.length > 0)
    return `${of(studies, 'study', 'studies')} with ${of(runs, 'run', 'runs')} imported.`;
  return runs.length === 1 ? `Run ${run ?? ''} is imported.` : `${of(runs, 'run', 'runs')} imported.`;
}
