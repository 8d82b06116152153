import { convergenceRules, convergenceText } from '../../../src-main/vocabulary/convergence.ts';
import { shortCountText } from '../../../src-main/vocabulary/counts.ts';
import { durationText } from '../../../src-main/vocabulary/durations.ts';
import { figureText } from '../../../src-main/vocabulary/figures.ts';
import { headlineOf } from '../../../src-main/vocabulary/headline.ts';
import { momentText } from '../../../src-main/vocabulary/moments.ts';
import { none } from '../../../src-main/vocabulary/none.ts';
import { percentText } from '../../../src-main/vocabulary/percentages.ts';
import { testScalesText, shownTrainScale } from '../../../src-main/vocabulary/scales.ts';
import type { RunSummary } from '../../../src-main/workbench/contract.ts';
import { runName } from '../../../src-main/vocabulary/runName.ts';

/** What a run is sorted by. Undefined where there is nothing yet: such runs come last, whichever way. */
export type SortValue = string | number | undefined;

export interface RunColumn {
  id: string;
  /** Of what it is: of the list itself, a setting, or a metric. */
  kind?: 'setting' | 'metric';
  title: string;
  /** What it says, where the title is too short for it. */
  hint?: string;
  /** In pixels. */
  width: number;
  numeric?: boolean;
  value: (run: RunSummary) => SortValue;
  text: (run: RunSummary) => string;
}

const columns = {
  status: { title: 'Status', width: 116, value: ({ status }) => status, text: ({ status }) => status },
  name: { title: 'Name', width: 236, value: runName, text: runName },
  net: { title: 'Net', width: 72, value: ({ config }) => config, text: ({ config }) => config },
  trainScale: {
    title: 'S',
    hint: 'Smallest side of the training images, in pixels',
    width: 72,
    numeric: true,
    value: ({ trainScale }) => (typeof trainScale === 'number' ? trainScale : trainScale[0] + 0.5),
    text: ({ trainScale }) => shownTrainScale(trainScale),
  },
  testScales: {
    title: 'Q',
    hint: 'Smallest sides of the images of the run’s own evaluation, in pixels',
    width: 72,
    numeric: true,
    value: ({ testScales }) => testScales[0],
    text: ({ testScales }) => testScalesText(testScales),
  },
  dataset: { title: 'Dataset', width: 116, value: ({ dataset }) => dataset, text: ({ dataset }) => dataset },
  top1: {
    title: 'Top-1 error',
    hint: 'By the run’s own protocol, scales and checkpoint',
    width: 96,
    numeric: true,
    value: ({ top1Error }) => top1Error ?? undefined,
    text: ({ top1Error }) => percentText(top1Error),
  },
  top5: {
    title: 'Top-5 error',
    hint: 'By the run’s own protocol, scales and checkpoint',
    width: 96,
    numeric: true,
    value: ({ top5Error }) => top5Error ?? undefined,
    text: ({ top5Error }) => percentText(top5Error),
  },
  bestTop1: {
    title: 'Best val top-1',
    hint: 'The lowest error of the validations, a centre crop after each epoch, and in which',
    width: 120,
    numeric: true,
    value: ({ bestTop1 }) => bestTop1?.percent,
    text: ({ bestTop1 }) => bestText(bestTop1),
  },
  bestTop5: {
    title: 'Best val top-5',
    hint: 'The lowest error of the validations, a centre crop after each epoch, and in which',
    width: 120,
    numeric: true,
    value: ({ bestTop5 }) => bestTop5?.percent,
    text: ({ bestTop5 }) => bestText(bestTop5),
  },
  curve: {
    title: 'Loss curve',
    hint: 'The training loss, smoothed',
    width: 108,
    value: ({ trainLoss }) => (Number.isNaN(trainLoss) ? Infinity : (trainLoss ?? undefined)),
    text: () => '',
  },
  convergence: {
    title: 'Training',
    hint: convergenceRules,
    width: 150,
    value: ({ convergence }) => convergence?.kind,
    text: ({ convergence }) => (convergence ? convergenceText(convergence) : none),
  },
  loss: {
    title: 'Loss',
    width: 84,
    numeric: true,
    // A loss that is not a number is worse than any other.
    value: ({ trainLoss }) => (Number.isNaN(trainLoss) ? Infinity : (trainLoss ?? undefined)),
    text: ({ trainLoss }) => figureText(trainLoss),
  },
  learningRate: {
    title: 'Learning rate',
    hint: 'At the last validation',
    width: 108,
    numeric: true,
    value: ({ learningRate }) => learningRate,
    text: ({ learningRate }) => figureText(learningRate),
  },
  epoch: {
    title: 'Epoch',
    width: 108,
    numeric: true,
    value: ({ epoch }) => epoch,
    text: ({ epoch, epochs }) => `${Number(epoch.toFixed(1))} / ${epochs}`,
  },
  imagesPerSecond: {
    title: 'Images/s',
    width: 90,
    numeric: true,
    value: ({ imagesPerSecond }) => imagesPerSecond ?? undefined,
    text: ({ imagesPerSecond }) => figureText(imagesPerSecond),
  },
  duration: {
    title: 'Trained',
    width: 104,
    numeric: true,
    value: ({ seconds }) => seconds,
    text: ({ seconds }) => durationText(seconds),
  },
  eta: {
    title: 'ETA',
    width: 104,
    numeric: true,
    value: ({ etaSeconds }) => etaSeconds ?? undefined,
    text: ({ etaSeconds }) => durationText(etaSeconds),
  },
  seed: {
    title: 'Seed',
    width: 64,
    numeric: true,
    value: ({ seed }) => seed,
    text: ({ seed }) => String(seed),
  },
  parameters: {
    title: 'Parameters',
    width: 104,
    numeric: true,
    value: ({ parameters }) => parameters ?? undefined,
    text: ({ parameters }) => shortCountText(parameters),
  },
  created: {
    title: 'Created',
    width: 132,
    numeric: true,
    value: ({ createdAt }) => createdAt,
    text: ({ createdAt }) => momentText(createdAt),
  },
  tags: {
    title: 'Tags',
    width: 156,
    value: ({ tags }) => (tags.length === 0 ? undefined : tags.join(', ')),
    text: ({ tags }) => tags.join(', '),
  },
  notes: {
    title: 'Notes',
    width: 220,
    value: ({ notes }) => (notes === '' ? undefined : notes),
    text: ({ notes }) => notes,
  },
} satisfies Record<string, Omit<RunColumn, 'id'>>;

/** All that can be shown of a run, in the usual order. */
export const runColumns: readonly RunColumn[] = Object.entries(columns).map(([id, column]) => ({
  id,
  ...column,
}));

const hiddenAtFirst: ReadonlySet<string> = new Set([
  'convergence',
  'learningRate',
  'imagesPerSecond',
  'eta',
  'seed',
  'parameters',
  'notes',
] satisfies (keyof typeof columns)[]);

/** Errors that say little where there are few classes. */
const ofManyClasses: ReadonlySet<string> = new Set(['top5', 'bestTop5'] satisfies (keyof typeof columns)[]);

/** The columns shown where nobody chose any, for runs on their images. */
export function usualColumns(runs: readonly Pick<RunSummary, 'classes'>[]): RunColumn[] {
  const many = runs.some(({ classes }) => headlineOf(classes) === 'top5');
  return runColumns.filter(({ id }) => !hiddenAtFirst.has(id) && (many || !ofManyClasses.has(id)));
}

/**
 * The columns of these ids in their order, the name among them in any case. Undefined if none of them is there: then the
 * usual ones are shown.
 */
export function chosenColumns(ids: readonly string[], all: readonly RunColumn[]): RunColumn[] | undefined {
  const chosen = ids.flatMap((id) => all.find((column) => column.id === id) ?? []);
  if (chosen.length === 0) return undefined;
  const name = all.filter(({ id }) => id === 'name' && !ids.includes(id));
  return [...name, ...chosen];
}

function bestText(best: RunSummary['bestTop1']): string {
  return best === null ? none : `${percentText(best.percent)} @ ${best.epoch}`;
}
