import { WorkbenchError } from '../../foundation/errors.ts';
import { comparedFacts } from '../../studies/comparison/comparedFacts.ts';
import { tableContext } from '../../studies/tableContext.ts';
import { comparisonTable } from '../../tables/comparison/comparisonTable.ts';
import type { ComparisonTable } from '../../tables/comparison/rows.ts';
import { outcomeIfKept } from './outcomeIfKept.ts';
import { placedRuns } from './placedRuns.ts';
import type { Workbench } from '../Workbench.ts';
import { planOf, readDefinition } from '../../studies/definition.ts';

/**
 * A study that compares, with its results so far.
 *
 * @throws WorkbenchError `study-compares-nothing` for a study of the paper's tables
 */
export async function studyComparison(workbench: Workbench, requested: string): Promise<ComparisonTable> {
  const { log, previews, learning } = workbench;
  const study = log.studies.get(requested);
  const definition = readDefinition(study.id, study.definition);
  const { comparison, dataset } = definition;
  if (!comparison) {
    throw new WorkbenchError(
      'study-compares-nothing',
      `Study ${study.id} is about the paper's tables.`,
      'Print them with npm run -s vgg -- table, or choose a study that compares.',
    );
  }
  const plan = planOf(definition);
  const runs = placedRuns(log, study.id).map(({ run }) => run);
  const known = tableContext(study.preset, definition, plan, runs);
  const context = { ...known, classes: known.classes ?? (await previews.classesOf(dataset)) };
  const factsOf = await comparedFacts(log, {
    study: study.id,
    plan,
    classes: context.classes,
    learning: (run) => learning.of(log, run),
    outcome: (run, evaluation) => outcomeIfKept(workbench, run, evaluation),
  });
  return comparisonTable(comparison, context, factsOf);
}
