import type { ComparisonRow, ComparisonTable } from './rows.ts';

/** The head of each printed column. */
export function heads({ columns }: ComparisonTable): string[] {
  return ['Run', ...columns.map(({ head }) => head), 'Converged', 'Seeds'];
}

/** One printed row, a text for each of {@link heads}; unknown values are empty. */
export function cells({ label, cells: values, converged, seeds }: ComparisonRow): string[] {
  const known = values.map((cell) => cell?.text ?? '');
  return [label, ...known, converged ?? '', seeds.length === 0 ? '' : String(seeds.length)];
}

/** Whether a printed column is aligned left: the run's name, its outcome, and how its training came out. */
export function isText({ columns }: ComparisonTable, column: number): boolean {
  return column === 0 || columns[column - 1]?.key === 'outcome' || column === columns.length + 1;
}

/** How the numbers were obtained: preset, images, protocol of the errors, what is still missing. */
export function provenance({ groups, context }: ComparisonTable): string[] {
  const { preset, crop, width, dataset } = context;
  const rows = new Map(groups.flatMap(({ rows: ofGroup }) => ofGroup).map((row) => [row.key, row]));
  const ways = new Set(
    [...rows.values()].flatMap(({ protocol, images }) =>
      protocol === null ? [] : [`Errors: ${protocol}; ${images ?? 0} validation images.`],
    ),
  );
  const missing = [...rows.values()].filter(({ seeds }) => seeds.length === 0).length;
  return [
    `Preset ${preset}, dataset ${dataset}, crop ${crop}, width ${width}; every run with the same images, epochs and batches.`,
    ...ways,
    ...(missing > 0 ? [`${missing} of ${rows.size} runs have no error rate yet.`] : []),
  ];
}
