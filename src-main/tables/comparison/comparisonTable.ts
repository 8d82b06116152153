import { WorkbenchError } from '../../foundation/errors.ts';
import { convergencesText, type Convergence } from '../../vocabulary/convergence.ts';
import type { Learning } from '../../vocabulary/learning.ts';
import { protocolText } from '../../vocabulary/protocols.ts';
import { testScalesText } from '../../vocabulary/scales.ts';
import { meanAndDeviation } from '../../vocabulary/statistics.ts';
import { columnKeys, columns, type QuantityKey } from '../../vocabulary/comparisonColumns.ts';
import { intervalOf } from '../interval.ts';
import { comparabilityNotes, type TableContext } from '../notes.ts';
import { pairedEffects, type EffectSide, type RowEffect } from '../pairedEffects.ts';
import type { TableEvaluation } from '../resultTable.ts';
import { answersOf } from './answers.ts';
import { quantityText } from './cellText.ts';
import type { Comparison } from './definition.ts';
import { outcomeText } from './outcome.ts';
import type { ComparisonCell, ComparisonRow, ComparisonTable } from './rows.ts';

/** An evaluation without the net, S and seed, which the row gives. */
export type ComparedEvaluation = Omit<TableEvaluation, 'configs' | 'trainScale' | 'seed' | 'convergences'>;

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
  const labels = new Map(comparison.runs.map(({ key, label }) => [key, label]));
  const groups = comparison.groups.map(({ title: groupTitle, statement, runs }) => {
    const ofGroup = facts(runs);
    requireSameImages(groupTitle, ofGroup);
    const rows = runs.map((key) =>
      rowOf(
        { key, label: labels.get(key) ?? key },
        ofGroup.filter((one) => one.key === key),
      ),
    );
    return { title: groupTitle, statement, rows };
  });
  const effectOf = effectsOfGroups(groups);
  return {
    name,
    title,
    question,
    source,
    curve,
    against,
    context,
    groups: groups.map((group) => {
      const rows = group.rows.map((row) => ({ ...row.plain, effect: effectOf.get(row) ?? null }));
      return { ...group, answers: answersOf(rows), rows };
    }),
    notes: comparabilityNotes(context),
    columns: comparison.columns.map((key) => ({
      key,
      head: columns[key].head,
      meaning: columns[key].meaning,
    })),
  };
}

/** A row before it is known how it compares with the first of its group. */
interface Scored {
  plain: Omit<ComparisonRow, 'effect'>;
  side: EffectSide;
}

/** Each row against the first of its group; Holm's method is over the whole table. */
function effectsOfGroups(groups: readonly { rows: readonly Scored[] }[]): Map<Scored, RowEffect | null> {
  const pairs = groups.flatMap(({ rows: [first, ...others] }) =>
    others.map((row) => ({ row, reference: first })),
  );
  const effects = pairedEffects(
    pairs.map(({ row, reference }) => ({ row: row.side, reference: reference?.side })),
  );
  return new Map(pairs.map(({ row }, index) => [row, effects[index] ?? null]));
}

function rowOf(of: Pick<ComparisonRow, 'key' | 'label'>, facts: readonly ComparedFacts[]): Scored {
  const scored = facts
    .flatMap(({ seed, evaluation }) => (evaluation ? [{ ...evaluation, seed }] : []))
    .sort((one, other) => one.seed - other.seed);
  const [first] = scored;
  const outcomes = facts.flatMap(({ seed, outcome }) =>
    outcome === null ? [] : [{ seed, kind: outcome.kind, step: outcome.step }],
  );
  const cells = columnKeys.map((key) => {
    const cell = key === 'outcome' ? outcomeCell(outcomes) : quantityCell(key, valuesOf(key, facts));
    return cell && ([key, cell] as const);
  });
  const intervalBy = (errorOf: (evaluation: ComparedEvaluation) => number) =>
    first === undefined ? null : intervalOf(scored.map(errorOf), first.images);
  const top1Errors = scored.map(({ top1Error }) => top1Error);
  return {
    plain: {
      ...of,
      cells: Object.fromEntries(cells.filter((cell) => cell !== null)),
      top1Interval: intervalBy(({ top1Error }) => top1Error),
      top5Interval: intervalBy(({ top5Error }) => top5Error),
      outcomes,
      converged: convergencesText(facts.flatMap(({ convergence }) => convergence ?? [])) || null,
      seeds: scored.map(({ seed }) => seed),
      protocol: first ? `${protocolText(first)}, Q=${testScalesText(first.testScales)}` : null,
      images: first?.images ?? null,
    },
    side: {
      name: of.label,
      top1Error: top1Errors.length === 0 ? null : meanAndDeviation(top1Errors).mean,
      outcomes: scored,
    },
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
  const measured = meanAndDeviation(values);
  return { text: quantityText(column, measured), ...measured };
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
