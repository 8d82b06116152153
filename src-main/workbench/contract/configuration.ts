import { oc } from '@orpc/contract';
import { z } from 'zod';
import type { KeyDescription } from '../../configuration/keys.ts';
import { configurations } from '../../vocabulary/configurations.ts';
import type { RateSource } from '../../vocabulary/rates.ts';
import type { ConfigProblem } from '../../configuration/problems.ts';
import type { RunConfig } from '../../configuration/schema.ts';
import type { BenchResult } from '../../trainer/protocol.ts';
import type { NetworkDescription } from '../../vgg/describe.ts';
import type { WeightsFacts } from '../../vgg/weights/inspect.ts';
import { answer, configSources } from './answer.ts';

export interface PresetFacts {
  name: string;
  description: string;
  /** Whether it includes its own images; otherwise a dataset must be given. */
  bringsImages: boolean;
  /** Whether it trains nothing and uses given weights. */
  evaluates: boolean;
  /** Number of runs of the preset's study; 0 if it depends on the weights. */
  runs: number;
  /** How large net A is and how long it is trained; null if nothing is trained. */
  netA: { crop: number; width: number; epochs: number } | null;
}

/** The cost of a run. Times are null while no rate is known for this machine. */
export interface CostPreview {
  parameters: number;
  macsPerImage: number;
  weightBytes: number;
  /** An estimate of the trainer's greatest resident memory. */
  memoryBytes: number;
  /** The machine's memory, or what the workbench may have of it. */
  machineBytes: number;
  trainImages: number | null;
  stepsPerEpoch: number | null;
  imagesPerSecond: number | null;
  rateFrom: RateSource | null;
  secondsPerEpoch: number | null;
  secondsInAll: number | null;
}

/** A configuration as it would be run, or its problems, key by key. `cost` needs only `config`. */
export interface RunPreview {
  config: RunConfig | null;
  problems: ConfigProblem[];
  cost: CostPreview | null;
  /** The weights it starts from, if they are a file or a run that can be read. */
  weights: WeightsFacts | null;
  /** The equivalent command line; null while there are problems. */
  command: string | null;
  yaml: string | null;
  /** How the images are divided, if the workbench does it; null where they come divided. */
  splitNote: string | null;
}

/** What the units of a layer see of the input, in pixels; `offset` is the first unit's and may be negative. */
export interface LayerField {
  name: string;
  side: number;
  stride: number;
  offset: number;
}

export const configurationContract = {
  presets: oc.output(answer<PresetFacts[]>()),
  /** Keeps settings as a preset of one's own, in the data folder; refused if one of that name ships. */
  savePreset: oc
    .input(
      z.strictObject({ ...configSources, name: z.string(), description: z.string().max(10_000).default('') }),
    )
    .output(answer<{ path: string }>()),
  /** Every key of a configuration, with its type, bounds, default and meaning. */
  keys: oc.output(answer<readonly KeyDescription[]>()),
  describe: oc
    .input(
      z.strictObject({
        config: z.enum(configurations),
        width: z.number().positive().max(4).default(1),
        crop: z.int().min(32).max(4096).default(224),
        classes: z.int().min(1).max(1_000_000).default(1000),
      }),
    )
    .output(answer<NetworkDescription>()),
  /** Measures what each layer up to the last map sees: where a unit's gradient by the image is not 0. Takes seconds. */
  measureFields: oc.input(z.strictObject({ config: z.enum(configurations) })).output(answer<LayerField[]>()),
  /** Answers any input: problems are reported with their key and never thrown. Opens the dataset, trains nothing. */
  preview: oc.input(z.strictObject(configSources)).output(answer<RunPreview>()),
  /** Measures a few training steps; the rate is kept for previews. */
  bench: oc
    .input(z.strictObject({ ...configSources, steps: z.int().min(1).max(10_000).optional() }))
    .output(answer<BenchResult>()),
};
