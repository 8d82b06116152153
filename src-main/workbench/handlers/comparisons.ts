import { WorkbenchError } from '../../foundation/errors.ts';
import { comparedFacts } from '../../studies/comparison/comparedFacts.ts';
import { comparisonNames, readComparison } from '../../studies/comparison/readComparison.ts';
import { planOf, readDefinition } from '../../studies/definition.ts';
import { snapshotFromLog } from '../../studies/progressFromLog.ts';
import { tableContext } from '../../studies/tableContext.ts';
import { comparisonTable } from '../../tables/comparison/comparisonTable.ts';
import type { ComparisonTable } from '../../tables/comparison/rows.ts';
import { comparisonToCsv } from '../../tables/comparison/csv.ts';
import { comparisonToLatex } from '../../tables/comparison/latex.ts';
import { comparisonToMarkdown } from '../../tables/comparison/markdown.ts';
import { trainingOf } from '../../vocabulary/runKey.ts';
import { implementer } from '../implementer.ts';
import type { Workbench } from '../Workbench.ts';

const { comparisons } = implementer;

const renderers = { csv: comparisonToCsv, markdown: comparisonToMarkdown, latex: comparisonToLatex };

export const comparisonHandlers = comparisons.router({
  list: comparisons.list.handler(() =>
    comparisonNames().map((each) => {
      const { name, title, question, source, runs } = readComparison(each);
      return { name, title, question, source, runs: runs.map(({ key, label }) => ({ key, label })) };
    }),
  ),

  get: comparisons.get.handler(async ({ input, context }) => {
    const { log } = context;
    const { id, definition } = log.studies.get(input.study);
    const table = await tableOf(context, id);
    const snapshot =
      context.studyUnderWay(id)?.snapshot() ??
      snapshotFromLog(log, id, planOf(readDefinition(id, definition)));
    const runsOf = (row: string) => snapshot.runs.filter(({ key }) => trainingOf(key) === row);
    return {
      ...table,
      groups: table.groups.map((group) => ({
        ...group,
        rows: group.rows.map((row) => {
          const runs = runsOf(row.key);
          return { ...row, keys: runs.map(({ key }) => key), runs };
        }),
      })),
    };
  }),

  render: comparisons.render.handler(async ({ input, context }) =>
    renderers[input.format](await tableOf(context, input.study)),
  ),
});

/** @throws WorkbenchError `study-compares-nothing` for a study of the paper's tables */
async function tableOf({ log, previews, learning }: Workbench, requested: string): Promise<ComparisonTable> {
  const study = log.studies.get(requested);
  const definition = readDefinition(study.id, study.definition);
  const { comparison, dataset } = definition;
  if (!comparison) {
    throw new WorkbenchError(
      'study-compares-nothing',
      `Study ${study.id} is about the paper's tables.`,
      'Print them with vgg table, or choose a study that compares.',
    );
  }
  const plan = planOf(definition);
  const runs = log.studies
    .runsOf(study.id)
    .flatMap(({ runId }) => (log.runs.has(runId) ? [log.runs.get(runId)] : []));
  const known = tableContext(study.preset, definition, plan, runs);
  const context = { ...known, classes: known.classes ?? (await previews.classesOf(dataset)) };
  const factsOf = await comparedFacts(log, {
    study: study.id,
    plan,
    classes: context.classes,
    learning: (run) => learning.of(log, run),
  });
  return comparisonTable(comparison, context, factsOf);
}
