import type { StudyDetails } from '../../../../src-main/workbench/contract.ts';

/** A run's place in the tree of what starts from what: columns from the left, rows from the top, both from 0. */
export interface LineageNode {
  key: string;
  parent: string | null;
  column: number;
  row: number;
}

type Planned = Pick<StudyDetails, 'startsFrom'> & { progress: { runs: readonly { key: string }[] } };

/** Whether any run starts from another. */
export function hasLineage({ startsFrom }: Pick<StudyDetails, 'startsFrom'>): boolean {
  return Object.keys(startsFrom).length > 0;
}

/**
 * The runs of a study, each beside the one that it starts from. The first that starts from a run stands in its row, the
 * others below.
 */
export function lineageOf({ startsFrom, progress }: Planned): LineageNode[] {
  const keys = progress.runs.map(({ key }) => key);
  const parentOf = (key: string) => {
    const parent = startsFrom[key];
    return parent !== undefined && keys.includes(parent) ? parent : null;
  };
  const nodes: LineageNode[] = [];
  let row = 0;
  const place = (key: string, column: number): void => {
    nodes.push({ key, parent: parentOf(key), column, row });
    const children = keys.filter((each) => parentOf(each) === key);
    children.forEach((child, index) => {
      if (index > 0) row += 1;
      place(child, column + 1);
    });
  };
  for (const key of keys) {
    if (parentOf(key) !== null) continue;
    place(key, 0);
    row += 1;
  }
  return nodes;
}

/** A line from the right of one node to the left of another, in pixels. */
export function linkPath(from: { x: number; y: number }, to: { x: number; y: number }): string {
  const middle = (from.x + to.x) / 2;
  return `M${from.x} ${from.y} C${middle} ${from.y} ${middle} ${to.y} ${to.x} ${to.y}`;
}
