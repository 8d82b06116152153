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
  /** As wide as its longest text, within these bounds in pixels, and what else stands in a cell. */
  fit?: { least: number; most: number; beside?: number };
  numeric?: boolean;
  /** How a mean of its numbers is written, and a deviation; none for a number that stands for something else. */
  meanText?: ((value: number) => string) | null;
  value: (run: RunSummary) => SortValue;
  text: (run: RunSummary) => string;
}

const columns = {
  status: { title: 'Status', width: 104, value: ({ status }) => status, text: ({ status }) => status },
  name: {
    title: 'Name',
    width: 198,
    // The mark of its colour stands before it.
    fit: { least: 150, most: 270, beside: 20 },
    value: runName,
    text: runName,
  },
  net: {
    title: 'Net',
    width: 66,
    fit: { least: 56, most: 110 },
    value: ({ config }) => config,
    text: ({ config }) => config,
  },
  trainScale: {
    title: 'S',
    hint: 'Smallest side of the training images, in pixels',
    width: 62,
    fit: { least: 48, most: 96 },
    numeric: true,
    meanText: null,
    value: ({ trainScale }) => (typeof trainScale === 'number' ? trainScale : trainScale[0] + 0.5),
    text: ({ trainScale }) => shownTrainScale(trainScale),
  },
  top1: {
    title: 'Top-1 error',
    hint: 'By the run’s own protocol, scales and checkpoint',
    width: 92,
    numeric: true,
    meanText: (value) => value.toFixed(2),
    value: ({ top1Error }) => top1Error ?? undefined,
    text: ({ top1Error }) => percentText(top1Error),
  },
  top5: {
    title: 'Top-5 error',
    hint: 'By the run’s own protocol, scales and checkpoint',
    width: 92,
    numeric: true,
    meanText: (value) => value.toFixed(2),
    value: ({ top5Error }) => top5Error ?? undefined,
    text: ({ top5Error }) => percentText(top5Error),
  },
  testScales: {
    title: 'Q',
    hint: 'Smallest sides of the images of the run’s own evaluation, in pixels',
    width: 62,
    numeric: true,
    meanText: null,
    value: ({ testScales }) => testScales[0],
    text: ({ testScales }) => testScalesText(testScales),
  },
  bestTop1: {
    title: 'Best val top-1',
    hint: 'The lowest error of the validations, a centre crop after each epoch, and in which',
    width: 112,
    numeric: true,
    meanText: (value) => value.toFixed(2),
    value: ({ bestTop1 }) => bestTop1?.percent,
    text: ({ bestTop1 }) => bestText(bestTop1),
  },
  bestTop5: {
    title: 'Best val top-5',
    hint: 'The lowest error of the validations, a centre crop after each epoch, and in which',
    width: 112,
    numeric: true,
    meanText: (value) => value.toFixed(2),
    value: ({ bestTop5 }) => bestTop5?.percent,
    text: ({ bestTop5 }) => bestText(bestTop5),
  },
  curve: {
    title: 'Loss curve',
    hint: 'The training loss, smoothed',
    width: 86,
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
    width: 72,
    numeric: true,
    // A loss that is not a number is worse than any other.
    value: ({ trainLoss }) => (Number.isNaN(trainLoss) ? Infinity : (trainLoss ?? undefined)),
    text: ({ trainLoss }) => figureText(trainLoss),
  },
  learningRate: {
    title: 'Learning rate',
    hint: 'At the last validation',
    width: 104,
    numeric: true,
    value: ({ learningRate }) => learningRate,
    text: ({ learningRate }) => figureText(learningRate),
  },
  epoch: {
    title: 'Epoch',
    width: 70,
    numeric: true,
    value: ({ epoch }) => epoch,
    text: ({ epoch, epochs }) => `${Number(epoch.toFixed(1))} / ${epochs}`,
  },
  imagesPerSecond: {
    title: 'Images/s',
    width: 84,
    numeric: true,
    value: ({ imagesPerSecond }) => imagesPerSecond ?? undefined,
    text: ({ imagesPerSecond }) => figureText(imagesPerSecond),
  },
  duration: {
    title: 'Trained',
    width: 88,
    fit: { least: 76, most: 116 },
    numeric: true,
    meanText: durationText,
    value: ({ seconds }) => seconds,
    text: ({ seconds }) => durationText(seconds),
  },
  eta: {
    title: 'ETA',
    width: 96,
    numeric: true,
    meanText: durationText,
    value: ({ etaSeconds }) => etaSeconds ?? undefined,
    text: ({ etaSeconds }) => durationText(etaSeconds),
  },
  dataset: {
    title: 'Dataset',
    width: 120,
    fit: { least: 84, most: 200 },
    value: ({ dataset }) => dataset,
    text: ({ dataset }) => dataset,
  },
  seed: {
    title: 'Seed',
    width: 56,
    numeric: true,
    meanText: null,
    value: ({ seed }) => seed,
    text: ({ seed }) => String(seed),
  },
  parameters: {
    title: 'Parameters',
    width: 96,
    numeric: true,
    meanText: shortCountText,
    value: ({ parameters }) => parameters ?? undefined,
    text: ({ parameters }) => shortCountText(parameters),
  },
  created: {
    title: 'Created',
    width: 124,
    numeric: true,
    value: ({ createdAt }) => createdAt,
    text: ({ createdAt }) => momentText(createdAt),
  },
  tags: {
    title: 'Tags',
    width: 132,
    // The frame of a tag.
    fit: { least: 60, most: 180, beside: 24 },
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
  'testScales',
  'convergence',
  'loss',
  'learningRate',
  'imagesPerSecond',
  'eta',
  'seed',
  'parameters',
  'created',
  'tags',
  'notes',
] satisfies (keyof typeof columns)[]);

/**
 * The columns shown where nobody chose any, if there is room ({@link columnsWithin}), what counts most first. The
 * best top-5 of validations only where there are many classes, tags where there are any.
 */
export function usualColumns(runs: readonly Pick<RunSummary, 'classes' | 'tags'>[]): RunColumn[] {
  const many = runs.some(({ classes }) => headlineOf(classes) === 'top5');
  const tagged = runs.some(({ tags }) => tags.length > 0);
  const isShown: Record<string, boolean> = { bestTop5: many, tags: tagged };
  return runColumns.filter(({ id }) => isShown[id] ?? !hiddenAtFirst.has(id));
}

/** Space at both sides of a cell, and what texts of a number of letters differ by. */
const padding = 18;
/** Runs whose texts are looked at: the newest. */
const mostMeasured = 300;

/** How wide a column is for these runs, where nobody has drawn it to another width. @param measure a text's width in pixels */
export function fittingWidth(
  { fit, width, text, title }: RunColumn,
  runs: readonly RunSummary[],
  measure: (text: string) => number,
): number {
  if (!fit) return width;
  const texts = new Set(runs.slice(0, mostMeasured).map(text));
  const longest = Math.max(measure(title), ...[...texts].map((each) => measure(each) + (fit.beside ?? 0)));
  return Math.min(fit.most, Math.max(fit.least, Math.ceil(longest + padding)));
}

/** Of the usual columns those that are left away where there is no room for all, what is missed most first. */
const missable = ['dataset', 'epoch', 'curve', 'tags', 'net', 'duration', 'bestTop1', 'bestTop5'];

/** As many of the columns as there is room for, in pixels. */
export function columnsWithin(
  columns: readonly RunColumn[],
  room: number,
  widthOf: (column: RunColumn) => number,
): RunColumn[] {
  const kept = new Set(columns.filter(({ id }) => !missable.includes(id)));
  let left = room - [...kept].reduce((sum, column) => sum + widthOf(column), 0);
  for (const id of missable) {
    const column = columns.find((one) => one.id === id);
    if (!column || widthOf(column) > left) continue;
    kept.add(column);
    left -= widthOf(column);
  }
  return columns.filter((column) => kept.has(column));
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
