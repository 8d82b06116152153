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
  /** Nets that were trained elsewhere: `D of S=256–512 from FILE (Caffe)`. */
  weights?: readonly string[];
  dataset: string;
  /** Whether the dataset is the whole of ILSVRC-2012. */
  ilsvrc: boolean;
  /** Null before any run has seen the dataset. */
  classes: number | null;
  crop: number;
  width: number;
}

/** What a reader must know, as a note that stands alone and as a sentence beside the dataset, the crop and the width. */
export interface Remark {
  note: string;
  sentence: string;
}

/** What a reader must know before comparing with the paper's numbers. */
export function remarks(context: TableContext): Remark[] {
  const { preset, changes, weights = [], classes, crop, protocol } = context;
  const all: Remark[] = [];
  const size = sizeRemark(context);
  if (size) all.push(size);
  if (weights.length > 0) all.push(remark(`not trained here but given: ${weights.join(', ')}`));
  if (changes.length > 0) all.push(remark(`changed from preset ${preset}: ${changes.join(', ')}`));
  if (roundsScales(crop))
    all.push(remark("S and Q keep the paper's ratio to the crop to the nearest whole pixel"));
  if (protocol !== 'dense')
    all.push(
      remark(
        `${protocol} evaluation where the paper's is dense, which at crop ${crop} shows a net what it was not trained on`,
      ),
    );
  if (classes !== null && classes <= fewClasses)
    all.push(remark(`with ${classes} classes top-5 says little`));
  return all;
}

export function comparabilityNotes(context: TableContext): string[] {
  return remarks(context).map(({ note }) => note);
}

/** The notes of a table as sentences for its caption. */
export function noteSentences(context: TableContext, notes: readonly string[]): string[] {
  const known = remarks(context);
  return notes.map((note) => (known.find((one) => one.note === note) ?? remark(note)).sentence);
}

/** Why errors do not compare with the paper's, if they do not. */
function sizeRemark(context: TableContext): Remark | undefined {
  const { preset, weights = [], dataset, ilsvrc, classes, crop, width } = context;
  const verdict = "errors do not compare with the paper's";
  const size = `preset ${preset}, crop ${crop}, width ${width}`;
  if (!ilsvrc) {
    const facts = [dataset, classes === null ? [] : `${classes} classes`, size].flat().join(', ');
    return {
      note: `not ILSVRC: ${facts}; ${verdict}`,
      sentence: `The images are not those of ILSVRC: ${verdict}.`,
    };
  }
  if (crop !== 224 || width !== 1)
    return {
      note: `not the paper's nets: ${size}; ${verdict}`,
      sentence: `The nets are not the paper's: ${verdict}.`,
    };
  if (preset !== 'paper' && weights.length === 0)
    return {
      note: `not the paper's training: ${size}; ${verdict}`,
      sentence: `The training is not the paper's: ${verdict}.`,
    };
  return undefined;
}

/** The sentence of a note begins with a capital and has no page of these docs in it. */
function remark(note: string): Remark {
  const text = note.replace(/(: | \()docs\/[\w.-]+\)?$/, '');
  return { note, sentence: `${text.charAt(0).toUpperCase()}${text.slice(1)}.` };
}
