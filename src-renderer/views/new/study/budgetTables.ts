import type { BudgetOption, Relation } from '../../../../src-main/workbench/contract.ts';
import { countText } from '../../../../src-main/vocabulary/counts.ts';
import { durationText } from '../../../../src-main/vocabulary/durations.ts';
import { rateWords } from '../../../../src-main/vocabulary/rates.ts';
import type { Column } from '../../../ui/dataTable.ts';

/** What fits into the time. */
export const optionColumns: readonly Column<BudgetOption>[] = [
  { title: 'Crop', isNumber: true, text: ({ crop }) => String(crop) },
  { title: 'Width', isNumber: true, text: ({ width }) => String(width) },
  {
    title: 'Epochs',
    isNumber: true,
    meaning: 'Of net A. Pale: fewer than the preset has, the same for all nets.',
    text: ({ epochs }) => String(epochs),
    tone: ({ isShortened }) => (isShortened ? 'soft' : undefined),
  },
  { title: 'Seeds', isNumber: true, text: ({ seeds }) => String(seeds) },
  {
    title: 'Time',
    isNumber: true,
    meaning: 'Of one net after the other. Pale: not from rates of these very nets.',
    text: ({ seconds }) => durationText(seconds),
    tone: ({ ratesFrom }) => (ratesFrom === 'measured' ? undefined : 'soft'),
  },
  { title: 'Rates', text: ({ ratesFrom }) => rateWords[ratesFrom] },
];

/** What the validation images can decide. */
export const relationColumns: readonly Column<Relation>[] = [
  { title: 'The paper says', isName: true, text: ({ text }) => text },
  { title: 'Points', isNumber: true, text: ({ points }) => points.toFixed(1) },
  {
    title: 'Images needed',
    isNumber: true,
    meaning: 'Green: there are as many.',
    text: ({ imagesNeeded }) => countText(imagesNeeded),
    tone: ({ isDecidable }) => (isDecidable ? 'good' : 'soft'),
  },
];
