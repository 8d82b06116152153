import { fewClasses } from '../vocabulary/headline.ts';
import type { EvaluationSettings } from '../configuration/schema.ts';
import { roundsScales } from './scales.ts';

/** What all rows of a study's table have in common. */
export interface TableContext extends Pick<
  EvaluationSettings,
  'protocol' | 'average' | 'horizontalFlip' | 'checkpoint'
> {
  preset: string;
  /** Settings that differ from the preset: `training.epochs=1`. */
  changes: readonly string[];
  /** Nets that were trained elsewhere: `D of S=256-512 from FILE (Caffe)`. */
  weights?: readonly string[];
  dataset: string;
  /** Whether the dataset is the whole of ILSVRC-2012. */
  ilsvrc: boolean;
  /** Null before any run has seen the dataset. */
  classes: number | null;
  crop: number;
  width: number;
}

/** What a reader must know before comparing with the paper's numbers. */
export function comparabilityNotes(context: TableContext): string[] {
  const { preset, changes, weights = [], dataset, ilsvrc, classes, crop, width, protocol } = context;
  const notes = [];
  const size = `preset ${preset}, crop ${crop}, width ${width}`;
  if (!ilsvrc) {
    notes.push(
      `not ILSVRC: ${[dataset, classes === null ? [] : `${classes} classes`, size].flat().join(', ')}; errors do not compare with the paper's`,
    );
  } else if (crop !== 224 || width !== 1) {
    notes.push(`not the paper's nets: ${size}; errors do not compare with the paper's`);
  } else if (preset !== 'paper' && weights.length === 0) {
    notes.push(`not the paper's training: ${size}; errors do not compare with the paper's`);
  }
  if (weights.length > 0) notes.push(`not trained here but given: ${weights.join(', ')}`);
  if (changes.length > 0) notes.push(`changed from preset ${preset}: ${changes.join(', ')}`);
  if (roundsScales(crop)) notes.push(`S and Q keep the paper's ratio to the crop to the nearest whole pixel`);
  if (protocol !== 'dense')
    notes.push(
      `${protocol} evaluation where the paper's is dense, which does not hold at crop ${crop}: docs/reading-notes.md`,
    );
  if (classes !== null && classes <= fewClasses) notes.push(`with ${classes} classes top-5 says little`);
  return notes;
}
