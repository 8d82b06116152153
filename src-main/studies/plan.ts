import { overlay, type Settings } from '../configuration/settings.ts';
import {
  paperTable,
  table3,
  trainingsOf,
  type PaperRow,
  type TableNumber,
  defaultTables,
} from '../vocabulary/paperTables.ts';
import { rowScales } from '../tables/scales.ts';
import { runKeyText } from '../vocabulary/runKey.ts';
import { sameScales, type TrainScale } from '../vocabulary/scales.ts';
import { refuseKeys } from './ownKeys.ts';
import type { Preset } from './preset.ts';
import { presetConfig } from './presetConfig.ts';
import { rowEvaluations } from './rowEvaluations.ts';
import { selectRuns } from './select.ts';
import type { PlannedRun } from './PlannedRun.ts';

/**
 * Every training that tables of the paper need, each once, in an order in which each comes after the one it starts
 * from: A before B–E, S=256 before 384 before [256;512] (Sect. 3.1).
 *
 * @param overrides `key.path=value`, which replace the preset's settings
 * @throws WorkbenchError those of the configuration, `override-owned-by-study`, `scale-not-whole`
 */
export function planStudy(
  preset: Preset,
  dataset: string,
  overrides: readonly string[],
  tables: readonly TableNumber[] = defaultTables,
): PlannedRun[] {
  refuseKeys(ownKeys, overrides);
  // Every training of the other tables is also one of Table 3.
  const byStage = table3.toSorted((one, other) => stageOf(one) - stageOf(other));
  const { crop } = presetConfig(preset.base, overrides).network;
  const plan = preset.seeds.flatMap((seed) =>
    byStage.map((training) => plannedRun({ preset, dataset, overrides, tables, crop }, training, seed)),
  );
  const filling = new Set(tables.flatMap((table) => paperTable(table).flatMap(trainingsOf)));
  return selectRuns(plan, [...filling]);
}

/** `D@256-512#1`. */
export function keyOf({ config, trainScale }: Pick<PaperRow, 'config' | 'trainScale'>, seed: number): string {
  return runKeyText({ net: config, trainScale, seed });
}

/** The keys that a study sets for each of its runs, and how to change each setting instead. */
const ownKeys = new Map([
  [
    'network.config',
    'A study trains every net of the tables; train one by itself with npm run -s vgg -- train.',
  ],
  ['data.dataset', 'Give the images with --data.'],
  [
    'data.trainScale',
    'S is that of the rows at the crop; set network.crop, or train with npm run -s vgg -- train.',
  ],
  [
    'evaluation.testScales',
    'Q is that of the rows at the crop; score a run at others with npm run -s vgg -- evaluate.',
  ],
  ['training.seed', 'Give the seeds with --seeds.'],
  [
    'initialisation.from',
    'A study starts its nets as Sect. 3.1 does; start one otherwise with npm run -s vgg -- train.',
  ],
  [
    'initialisation.layers',
    'A study starts its nets as Sect. 3.1 does; start one otherwise with npm run -s vgg -- train.',
  ],
]);

/** The parts of a study from which its plan is made. */
export interface PlanParts {
  preset: Preset;
  dataset: string;
  overrides: readonly string[];
  tables: readonly TableNumber[];
}

function plannedRun(
  { preset, dataset, overrides, tables, crop }: PlanParts & { crop: number },
  training: PaperRow,
  seed: number,
): PlannedRun {
  const stage = stages[stageOf(training)] ?? stages[0];
  const { trainScale, testScales } = rowScales(training, crop);
  const source = stage.source(training);
  const settings = overlay(preset.base, stage.settings(preset), {
    network: { config: training.config },
    data: { dataset, trainScale },
    training: { seed },
    evaluation: { testScales },
    initialisation: source === null ? {} : { layers: stage.layers },
  });
  const config = presetConfig(settings, overrides);
  return {
    key: keyOf(training, seed),
    seed,
    dependsOn: source === null ? null : keyOf(source, seed),
    evaluations: rowEvaluations(training, config, tables),
    divergenceIsResult: false,
    config,
  };
}

interface Stage {
  /** The training that a row's training starts from. */
  source: (row: PaperRow) => Pick<PaperRow, 'config' | 'trainScale'> | null;
  layers: 'net-a' | 'all';
  settings: (preset: Preset) => Settings;
}

const smallest: TrainScale = 256;
const larger: TrainScale = 384;

/** The order of Sect. 3.1. Nets of net A's depth start from random weights. */
const stages: readonly [Stage, ...Stage[]] = [
  { source: () => null, layers: 'all', settings: () => ({}) },
  {
    source: () => ({ config: 'A', trainScale: smallest }),
    layers: 'net-a',
    settings: ({ fromNetA }) => fromNetA,
  },
  {
    source: ({ config }) => ({ config, trainScale: smallest }),
    layers: 'all',
    settings: ({ fromSmallerScale }) => fromSmallerScale,
  },
  {
    source: ({ config }) => ({ config, trainScale: larger }),
    layers: 'all',
    settings: ({ jittered }) => jittered,
  },
];

function stageOf({ config, trainScale }: PaperRow): number {
  if (sameScales(trainScale, larger)) return 2;
  if (!sameScales(trainScale, smallest)) return 3;
  return config === 'A' || config === 'A-LRN' ? 0 : 1;
}
