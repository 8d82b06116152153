import type { ImagePrediction } from '../../runs/folder/predictionsFile.ts';
import type { Evaluation, Run } from '../../runs/records.ts';
import { classNamesOf } from '../images/classNames.ts';
import { implementer } from '../implementer.ts';

const { insight } = implementer;

export const predictionHandlers = {
  evaluations: insight.evaluations.handler(({ input, context: { log, predictions } }) =>
    [...predictions.evaluationsOf(log, log.runs.resolve(input.run))].map(([key, evaluation]) => {
      const { protocol, testScales, checkpoint, step } = evaluation;
      return { key, protocol, testScales, checkpoint, step };
    }),
  ),

  confusion: insight.confusion.handler(async ({ input, context }) => {
    const { log, predictions } = context;
    const run = log.runs.get(input.run);
    const rows = await predictions.read(log, run.id, input.key);
    const classes = classesIn(rows, await classNamesOf(context, run));
    const counts = classes.map(() => Array<number>(classes.length).fill(0));
    for (const { label, top } of rows) {
      const row = counts[label];
      const prediction = top[0]?.label;
      if (row && prediction !== undefined) row[prediction] = (row[prediction] ?? 0) + 1;
    }
    return { key: input.key, classes, counts };
  }),

  predictions: insight.predictions.handler(async ({ input, context: { log, predictions } }) => {
    const run = log.runs.get(input.run);
    const rows = await predictions.read(log, run.id, input.key);
    const evaluation = predictions.evaluationsOf(log, run.id).get(input.key);
    const requested = rows.filter(
      ({ label, top }) =>
        (input.label === undefined || label === input.label) &&
        (input.prediction === undefined || top[0]?.label === input.prediction) &&
        !(input.mistakesOnly && top[0]?.label === label),
    );
    // A posterior of NaN counts as the worst.
    const badness = ({ posterior }: ImagePrediction) => (Number.isNaN(posterior) ? -1 : posterior);
    requested.sort((one, other) => badness(one) - badness(other));
    const dataset = locationOf(run, evaluation);
    return {
      total: requested.length,
      predictions: requested.slice(0, input.limit).map((row) => ({
        image: { kind: 'dataset' as const, dataset, split: 'val' as const, name: row.name },
        ...row,
      })),
    };
  }),
};

/** The classes by label, from the names `CLASS/FILE` of the images; of classes without one, from what the run knows. */
function classesIn(rows: readonly ImagePrediction[], known: readonly string[]): string[] {
  const names = new Map(rows.map(({ name, label }) => [label, name.slice(0, name.indexOf('/'))]));
  const most = rows.reduce((greatest, { label, top }) => Math.max(greatest, label, top[0]?.label ?? 0), -1);
  return Array.from({ length: most + 1 }, (_, label) => names.get(label) ?? known[label] ?? `class ${label}`);
}

/** Where the images of an evaluation are. If they are not of the run's own dataset, only its name is known. */
function locationOf({ config, dataset }: Run, evaluation: Evaluation | undefined): string {
  const own = !evaluation || evaluation.datasetFingerprint === dataset?.valFingerprint;
  return own ? config.data.dataset : evaluation.dataset;
}
