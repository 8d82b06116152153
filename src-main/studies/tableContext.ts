import { basename } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Run } from '../runs/records.ts';
import type { TableContext } from '../tables/notes.ts';
import type { DatasetFacts } from '../training/events.ts';
import { datasetText } from '../vocabulary/datasetText.ts';
import { ilsvrcClasses } from '../vocabulary/ilsvrc.ts';
import { shownTrainScale } from '../vocabulary/scales.ts';
import type { StudyDefinition } from './definition.ts';
import type { PlannedRun } from './PlannedRun.ts';
import type { GivenWeights } from './planWeights.ts';
import { presetNames, loadPreset, type Preset } from './preset.ts';

/**
 * What the numbers of a study have in common.
 *
 * @param presetName the preset with which the study was made
 * @param runs those that the study has made
 */
export function tableContext(
  presetName: string,
  { preset, dataset, overrides, weights = [] }: StudyDefinition,
  [first]: readonly PlannedRun[],
  runs: readonly Run[],
): TableContext {
  if (!first) throw new Error('A study has runs.');
  const { network, evaluation } = first.config;
  const seen = runs.map((run) => run.dataset).filter((facts) => facts !== null);
  const [images] = seen;
  return {
    preset: presetName,
    changes: changesFrom(presetName, preset, overrides),
    weights: weights.map(textOf),
    dataset: images?.name ?? datasetText(dataset),
    ilsvrc: seen.length > 0 && seen.every((facts) => isIlsvrc(facts)),
    classes: images?.classes ?? null,
    crop: network.crop,
    width: network.width,
    protocol: evaluation.protocol,
    average: evaluation.average,
    horizontalFlip: evaluation.horizontalFlip,
    checkpoint: evaluation.checkpoint,
  };
}

/** `D of S=256–512 from VGG_ILSVRC_16_layers.caffemodel (Caffe)` */
function textOf({ network, trainScale, path, title }: GivenWeights): string {
  return `${network.config} of S=${shownTrainScale(trainScale)} from ${basename(path)} (${title})`;
}

/** ILSVRC-2012, judged by its size: no smaller set counts. If nothing is trained, training images are not counted. */
function isIlsvrc({ classes, trainImages, valImages }: DatasetFacts): boolean {
  return classes === ilsvrcClasses && [0, 1_281_167].includes(trainImages) && valImages === 50_000;
}

/** How a study differs from the preset it names, if that ships, which may have changed since the study was made. */
function changesFrom(name: string, preset: Preset, overrides: readonly string[]): string[] {
  const same =
    !presetNames().includes(name) || isDeepStrictEqual(settingsOf(preset), settingsOf(loadPreset(name)));
  return [...(same ? [] : ['settings of an earlier version of it']), ...overrides];
}

function settingsOf({ description: _description, seeds: _seeds, ...settings }: Preset) {
  return settings;
}
