import type { ValueStatistics } from './valueStatistics.ts';

/** Where in the input the units of a layer look, in pixels, the same across and down. */
export interface ReceptiveField {
  /** Of what one unit sees; more than the input where a unit also sees its padding. */
  side: number;
  /** From one unit's field to the next one's. */
  stride: number;
  /** Where the first unit's field begins; negative by the padding it sees. */
  offset: number;
}

/** What a layer makes of one image, in numbers. */
export interface LayerActivity extends ValueStatistics {
  /** `conv3_2`, `pool3`, `lrn1`, `fc6`. */
  name: string;
  kind: 'conv' | 'lrn' | 'pool' | 'average' | 'add' | 'fc';
  /** [height, width, channels]; height and width are 1 for fully-connected layers. */
  shape: [height: number, width: number, channels: number];
  /** Maps (or units) that are 0 everywhere for this image. */
  deadMaps: number;
  receptiveField: ReceptiveField;
}
