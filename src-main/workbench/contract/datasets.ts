import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import type { FetchProgress } from '../../vocabulary/fetchProgress.ts';
import type { DatasetState, NamedDatasetFacts } from '../../vocabulary/namedDatasets.ts';
import { answer } from './answer.ts';

export type { FetchProgress };

/** How images without validation images of their own are divided, as in a run's settings. */
export const splitChoice = {
  validationShare: z.number().gt(0).lt(1).nullable().default(null),
  splitSeed: z.int().min(0).max(0x7fffffff).default(1),
};

export type SplitChoice = { [Key in keyof typeof splitChoice]: z.infer<(typeof splitChoice)[Key]> };

/** A dataset that has a name, which stands wherever a dataset is asked for. */
export interface DatasetFacts extends NamedDatasetFacts {
  state: DatasetState;
  /** How it is fetched; null for one that is not. */
  fetched: {
    address: string;
    homepage: string;
    bytes: number;
    /** Where its archive is looked for, if a person has fetched it. */
    byHand: string;
  } | null;
}

/** The last event says where the images are. */
export type FetchEvent =
  { type: 'progress'; progress: FetchProgress } | { type: 'fetched'; name: string; folder: string };

export const datasetsContract = {
  list: oc.output(answer<DatasetFacts[]>()),
  /** Fetches a dataset, or makes it of its archive if a person has that; what is there already is left as it is. */
  fetch: oc
    .input(z.strictObject({ name: z.string(), file: z.string().min(1).optional() }))
    .output(eventIterator(answer<FetchEvent>())),
};
