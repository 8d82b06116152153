/** How the runs are shown: as a list, in groups, or with a plot of all above the list. */
const looks = ['list', 'groups', 'parallel', 'scatter'] as const;
export type Look = (typeof looks)[number];

export function lookOf(parameters: URLSearchParams): Look {
  return looks.find((look) => look === parameters.get('look')) ?? 'list';
}
