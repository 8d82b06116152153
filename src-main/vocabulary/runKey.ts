import { parseTrainScale, trainScaleText, type TrainScale } from './scales.ts';

/**
 * Identifies a training of a study. Studies, tables, the queue and the window hold it as the text that
 * {@link runKeyText} makes: `D@256-512#1` for the paper's tables, `A/glorot#1` in a comparison, without the seed if all
 * seeds are meant.
 */
export interface RunKey {
  /** `D`; `D+E` if the posteriors of several nets are averaged. */
  net: string;
  /** S at the paper's crop of 224. A comparison has the same S for all its runs and leaves it out. */
  trainScale?: TrainScale | undefined;
  /** How a comparison varies the training of the same net: `glorot`. */
  variant?: string | undefined;
  seed?: number | undefined;
}

/** `D@256-512/glorot#1`, without the parts that are undefined. */
export function runKeyText({ net, trainScale, variant, seed }: RunKey): string {
  return [
    net,
    trainScale === undefined ? '' : `@${trainScaleText(trainScale)}`,
    variant === undefined ? '' : `/${variant}`,
    seed === undefined ? '' : `#${seed}`,
  ].join('');
}

const pattern = /^(?<net>[\w+-]+)(?:@(?<scale>[\d-]+))?(?:\/(?<variant>[\w-]+))?(?:#(?<seed>\d+))?$/;

/**
 * The reverse of {@link runKeyText}.
 *
 * @throws RangeError for any other text: the workbench makes all keys itself
 */
export function parseRunKey(text: string): RunKey {
  const key = runKeyIn(text);
  if (key === undefined) throw new RangeError(`"${text}" is not the key of a run.`);
  return key;
}

/** The same of a text that may be another. */
export function runKeyIn(text: string): RunKey | undefined {
  const { net, scale, variant, seed } = pattern.exec(text)?.groups ?? {};
  const trainScale = scale === undefined ? undefined : parseTrainScale(scale);
  if (net === undefined || (scale !== undefined && trainScale === undefined)) return undefined;
  return { net, trainScale, variant, seed: seed === undefined ? undefined : Number(seed) };
}

/** The training of a run, without its seed: `D@256#1` → `D@256`. */
export function trainingOf(key: string): string {
  return runKeyText({ ...parseRunKey(key), seed: undefined });
}

/** Whether a name means a run: `D`, `D@256` and `D@256#1` all mean `D@256#1`, `A` and `A/glorot` mean `A/glorot#1`. */
export function namesRun(name: string, key: string): boolean {
  const { net, trainScale, variant, seed } = parseRunKey(key);
  return [{ net }, { net, trainScale }, { net, trainScale, variant }, { net, trainScale, variant, seed }]
    .map(runKeyText)
    .includes(name);
}
