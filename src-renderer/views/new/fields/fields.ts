import type { KeyDescription } from '../../../../src-main/workbench/contract.ts';

export type FieldKind = 'choice' | 'switch' | 'scale' | 'dataset' | 'weights' | 'number' | 'text';

/** What a key is edited with. */
export function fieldKind({ key, accepts }: KeyDescription): FieldKind {
  const kinds = [...accepts].filter((kind) => kind !== 'null');
  if (key === 'data.dataset') return 'dataset';
  if (key === 'initialisation.from') return 'weights';
  if (key === 'data.trainScale') return 'scale';
  if (kinds.every((kind) => kind === 'choice')) return 'choice';
  if (kinds.every((kind) => kind === 'boolean')) return 'switch';
  return kinds.every((kind) => kind === 'number' || kind === 'integer') ? 'number' : 'text';
}

/** Of a key's control in the page. */
export function fieldId(key: string): string {
  return `field-${key.replaceAll('.', '-')}`;
}

/** Title of the dialog that chooses weights. */
export const weightsTitle = 'Weights: .safetensors, .caffemodel, .h5, .pth';

/** A key's description without the section of the paper, which stands beside the label. */
export function explanationOf({ description, paper }: KeyDescription): string {
  if (paper === null) return description;
  const rest = description.replace(` (${paper})`, '');
  return rest === `${paper}.` ? '' : rest;
}

/** What is changed most, in the order in which one thinks of it. */
const mainKeys = [
  'network.config',
  'network.width',
  'network.crop',
  'data.trainScale',
  'data.dataset',
  'evaluation.testScales',
  'training.epochs',
  'training.batch',
  'training.learningRate',
  'training.seed',
  'initialisation.from',
  'initialisation.layers',
  'training.trainable',
];

const sectionTitles = new Map([
  ['network', 'Network'],
  ['data', 'Data'],
  ['initialisation', 'Initialisation'],
  ['training', 'Training'],
  ['evaluation', 'Evaluation'],
]);

export interface FieldSection {
  title: string;
  keys: KeyDescription[];
}

/** The keys that are used most, and the others by section, each in the order of the schema. */
export function arrange(keys: readonly KeyDescription[]): { main: KeyDescription[]; rest: FieldSection[] } {
  const main = mainKeys.flatMap((name) => keys.filter(({ key }) => key === name));
  const others = Map.groupBy(
    keys.filter(({ key }) => !mainKeys.includes(key)),
    ({ key }) => key.slice(0, key.indexOf('.')),
  );
  return {
    main,
    rest: [...others].map(([name, own]) => ({ title: sectionTitles.get(name) ?? name, keys: own })),
  };
}
