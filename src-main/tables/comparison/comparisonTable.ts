import { WorkbenchError } from '../../foundation/errors.ts';
import { convergencesText, type Convergence } from '../../vocabulary/convergence.ts';
import type { Learning } from '../../vocabulary/learning.ts';
import { protocolText } from '../../vocabulary/protocols.ts';
import { testScalesText } from '../../vocabulary/scales.ts';
import { meanAndDeviation, meanText } from '../../vocabulary/statistics.ts';
import { comparabilityNotes, type TableContext } from '../notes.ts';
import type { TableEvaluation } from '../resultTable.ts';
import { answersOf } from './answers.ts';
import { columns, type ColumnKey, type QuantityKey } from './columns.ts';
import type { Comparison } from './definition.ts';
import { outcomeText } from './outcome.ts';
import type { ComparisonCell, ComparisonRow, ComparisonTable } from './rows.ts';

/** An evaluation without the net, S and seed, which the row gives. */
type ComparedEvaluation = Omit<
  TableEvaluation,
  'outcome' | 'configs' | 'trainScale' | 'seed' | 'convergences'
>;

/** What is known of one run of a comparison, for one seed. */
export interface ComparedFacts {
  /** Key of the run in the comparison: `A/glorot`. */
  key: string;
  seed: number;
  /** What was counted or measured; errors come from {@link evaluation}. */
  quantities: Readonly<Partial<Record<QuantityKey, number | undefined>>>;
  /** Null while too little has been trained to judge. */
  outcome: Learning | null;
  /** Null while it trains, or before. */
  convergence: Convergence | null;
  /** Its latest evaluation by the study's protocol, at its own Q. */
  evaluation: ComparedEvaluation | null;
}

/**
 * The results of a comparison, group by group; a run in two groups appears in both.
 *
 * @param facts of a group, since what is compared may depend on the other nets of the group
 * @throws WorkbenchError `mixed-evaluations` if runs of one group were scored on different images
 */
export function comparisonTable(
  comparison: Comparison,
  context: TableContext,
  facts: (group: readonly string[]) => readonly ComparedFacts[],
): ComparisonTable {
  const { name, title, question, source, curve, against } = comparison;
  const groups = comparison.groups.map(({ title: groupTitle, statement, runs }) => {
    const ofGroup = facts(runs);
    requireSameImages(groupTitle, ofGroup);
    const rows = runs.map((key) => {
      const label = comparison.runs.find((run) => run.key === key)?.label ?? key;
      return rowOf(
        key,
        label,
        comparison.columns,
        ofGroup.filter((one) => one.key === key),
      );
    });
    return { title: groupTitle, statement, answers: answersOf(rows, comparison.columns), rows };
  });
  return {
    name,
    title,
    question,
    source,
    curve,
    against,
    context,
    groups,
    notes: comparabilityNotes(context),
    columns: comparison.columns.map((key) => ({
      key,
      head: columns[key].head,
      meaning: columns[key].meaning,
    })),
  };
}

function rowOf(
  key: string,
  label: string,
  requested: readonly ColumnKey[],
  facts: readonly ComparedFacts[],
): ComparisonRow {
  const scored = facts.flatMap(({ seed, evaluation }) => (evaluation ? [{ seed, ...evaluation }] : []));
  const [first] = scored;
  const outcomes = facts.flatMap(({ seed, outcome }) =>
    outcome === null ? [] : [{ seed, kind: outcome.kind, step: outcome.step }],
  );
  return {
    key,
    label,
    cells: requested.map((column) =>
      column === 'outcome' ? outcomeCell(outcomes) : quantityCell(column, valuesOf(column, facts)),
    ),
    outcomes,
    converged: convergencesText(facts.flatMap(({ convergence }) => convergence ?? [])) || null,
    seeds: scored.map(({ seed }) => seed).sort((one, other) => one - other),
    protocol: first ? `${protocolText(first)}, Q=${testScalesText(first.testScales)}` : null,
    images: first?.images ?? null,
  };
}

function valuesOf(column: QuantityKey, facts: readonly ComparedFacts[]): number[] {
  return facts.flatMap(({ quantities, evaluation }) => {
    const value =
      column === 'top1'
        ? evaluation?.top1Error
        : column === 'top5'
          ? evaluation?.top5Error
          : quantities[column];
    return value === undefined ? [] : [value];
  });
}

function quantityCell(column: QuantityKey, values: readonly number[]): ComparisonCell | null {
  if (values.length === 0) return null;
  const { format } = columns[column];
  const { mean, deviation } = meanAndDeviation(values);
  // Counted quantities are the same for every seed.
  const varying = deviation === 0 ? null : deviation;
  return { text: meanText({ mean, deviation: varying }, format), mean, deviation };
}

function outcomeCell(outcomes: readonly Learning[]): ComparisonCell | null {
  return outcomes.length === 0 ? null : { text: outcomeText(outcomes), mean: null, deviation: null };
}

function requireSameImages(group: string, facts: readonly ComparedFacts[]): void {
  const scored = facts.flatMap(({ evaluation }) => (evaluation ? [evaluation] : []));
  const [first] = scored;
  if (!first || scored.every(({ dataset, images }) => dataset === first.dataset && images === first.images))
    return;
  throw new WorkbenchError(
    'mixed-evaluations',
    `The runs of "${group}" were scored on different images, so their errors do not compare.`,
    'Evaluate them on one dataset again, or start a new study.',
  );
}
