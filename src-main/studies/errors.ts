import { WorkbenchError, type ErrorCode } from '../foundation/errors.ts';

/** The field of a study's definition that an error is about. */
export type StudyField = 'weights' | 'overrides' | 'only';

/** An error in one field of a study's definition; the code that throws it knows which field. */
export class StudyError extends WorkbenchError {
  readonly field: StudyField;

  constructor(field: StudyField, code: ErrorCode, fact: string, nextStep: string) {
    super(code, fact, nextStep);
    this.field = field;
  }
}

/** @param nets of the study, and the key of one of its runs */
export function runUnknown(name: string, nets: readonly string[], run: string): StudyError {
  return new StudyError(
    'only',
    'study-run-unknown',
    `The study has no run ${name}.`,
    `Name a net (${nets.join(', ')}), or a run such as ${run}.`,
  );
}

/** @param nextStep how to change the setting instead */
export function ownedByStudy(key: string, nextStep: string): StudyError {
  return new StudyError(
    'overrides',
    'override-owned-by-study',
    `A study settles ${key} for each of its runs.`,
    nextStep,
  );
}

/** @param training the training that both weights files are of: `D@256` */
export function weightsTwice(training: string): StudyError {
  return new StudyError(
    'weights',
    'weights-twice',
    `Two of the weights given are of ${training}.`,
    'Give each net once, and say with --trained-at where two were trained with different S.',
  );
}

export function weightsOfOtherTraining(path: string, net: string, trainScale: string): StudyError {
  return new StudyError(
    'weights',
    'weights-without-row',
    `${path} holds net ${net}, and the paper has no row of it trained with S=${trainScale}.`,
    'Score it by itself with npm run -s vgg -- evaluate --weights, or give the S it was trained with by --trained-at.',
  );
}

export function weightsOfOtherCrop(path: string, crop: number): StudyError {
  return new StudyError(
    'weights',
    'weights-without-row',
    `${path} holds a net of crop ${crop}, at which the paper's scales are no whole numbers of pixels.`,
    'Score it by itself with npm run -s vgg -- evaluate --weights.',
  );
}

export function presetUnknown(name: string, names: readonly string[]): WorkbenchError {
  return new WorkbenchError(
    'preset-unknown',
    `There is no preset ${name}.`,
    `Choose one of: ${names.join(', ')}.`,
  );
}

export function presetUnreadable(path: string, fact: string): WorkbenchError {
  return new WorkbenchError(
    'preset-unreadable',
    `${path} is no preset that can be read: ${fact}.`,
    'Write it as those in resources/presets: seeds, base, and what each stage changes.',
  );
}

export function comparisonUnknown(name: string, names: readonly string[]): WorkbenchError {
  return new WorkbenchError(
    'comparison-unknown',
    `There is no study ${name}.`,
    `Choose one of: ${names.join(', ')}.`,
  );
}

/** The study's settings may have been written by another version. */
export function studyUnreadable(id: string): WorkbenchError {
  return new WorkbenchError(
    'study-unreadable',
    `The definition of study ${id} cannot be read by this version.`,
    'Start a new study; its runs stay and can be exported.',
  );
}
