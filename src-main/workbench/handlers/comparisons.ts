import { comparisonNames, readComparison } from '../../studies/comparison/readComparison.ts';
import { planOf, readDefinition } from '../../studies/definition.ts';
import { snapshotFromLog } from '../../studies/progressFromLog.ts';
import { comparisonToCsv } from '../../tables/comparison/csv.ts';
import { comparisonToLatex } from '../../tables/comparison/latex.ts';
import { comparisonToMarkdown } from '../../tables/comparison/markdown.ts';
import { trainingOf } from '../../vocabulary/runKey.ts';
import { implementer } from '../implementer.ts';
import { studyComparison } from '../results/studyComparison.ts';

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
    const table = await studyComparison(context, id);
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
    renderers[input.format](await studyComparison(context, input.study), input.options),
  ),
});
