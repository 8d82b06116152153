import type { StudyComparison, StudyComparisonRow } from '../../../../src-main/workbench/contract.ts';

/** Whether something came out of training it: errors, or a loss that was no number any more. */
export function hasResult({ seeds, outcomes }: Pick<StudyComparisonRow, 'seeds' | 'outcomes'>): boolean {
  return seeds.length > 0 || outcomes.some(({ kind }) => kind === 'diverged');
}

/** How the errors of a group were measured; null before there are any. */
export function protocolOf(rows: readonly Pick<StudyComparisonRow, 'protocol' | 'images'>[]): string | null {
  const measured = rows.find(({ protocol }) => protocol !== null);
  return measured ? `${measured.protocol ?? ''}; ${measured.images ?? 0} validation images` : null;
}

/** Every row of a comparison once, in order: some are in two groups. */
export function rowsOnce({ groups }: Pick<StudyComparison, 'groups'>): StudyComparisonRow[] {
  const rows = groups.flatMap((group) => group.rows);
  return rows.filter(({ key }, index) => rows.findIndex((row) => row.key === key) === index);
}

/** Short heads, such as `Top-1, %`, stay on one line. */
export function headText(head: string): string {
  return head.length > 10 ? head : head.replaceAll(' ', '\u00a0').replaceAll('-', '\u2011');
}
