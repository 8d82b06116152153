import type { ValueStatistics } from './valueStatistics.ts';

/** Which part of the input the units of a layer see, in pixels, equal across and down. */
export interface ReceptiveField {
  /** Side of what one unit sees; larger than the input if the unit also sees the padding. */
  side: number;
  /** Distance from one unit's field to the next unit's. */
  stride: number;
  /** Where the first unit's field begins; negative by the padding it sees. */
  offset: number;
}

/** Statistics of a layer's output for one image. */
export interface LayerActivity extends ValueStatistics {
  /** `conv3_2`, `pool3`, `lrn1`, `fc6`. */
  name: string;
  kind: 'conv' | 'lrn' | 'pool' | 'average' | 'add' | 'fc';
  /** [height, width, channels]; height and width are 1 for fully-connected layers. */
  shape: [height: number, width: number, channels: number];
  /** Number of maps (or units) that are 0 everywhere for this image. */
  deadMaps: number;
  receptiveField: ReceptiveField;
}
