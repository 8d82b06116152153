import { existsSync } from 'node:fs';
import { describeKeys } from '../../../configuration/keys.ts';
import { sameEvaluation, type RequestedEvaluation } from '../../../configuration/evaluations.ts';
import type { Evaluation, Run } from '../../../runs/records.ts';
import type { RunLog } from '../../../runs/RunLog.ts';
import { predictionsKey, predictionsPath } from '../../../runs/folder/predictionsFile.ts';
import { isScoredAsOwn } from '../../../runs/ownEvaluation.ts';
import { valueAt } from '../../../vocabulary/valueAt.ts';

/** A run's latest evaluation in a way, on its own images, whose predictions are kept. */
export function scoredEvaluation(
  log: RunLog,
  run: Run,
  requested: RequestedEvaluation,
): Evaluation | undefined {
  const folder = log.folder(run.id);
  return log.evaluations
    .of(run.id)
    .findLast(
      (one) =>
        isScoredAsOwn(run, one) &&
        sameEvaluation(requested, one) &&
        existsSync(predictionsPath(folder, predictionsKey(one))),
    );
}

/** What two sides must have alike for their errors to be compared; the protocol unless each side names its own. */
export function conditionsOf(run: Run, protocol: string | null): Map<string, string> {
  const { network, evaluation } = run.config;
  return new Map([
    ['crop', String(network.crop)],
    ['width', String(network.width)],
    ...(protocol === null ? [] : [['protocol', protocol] as const]),
    ['where the score map is averaged', evaluation.average],
    ['the flip', evaluation.horizontalFlip ? 'with flip' : 'without flip'],
    ['the checkpoint', evaluation.checkpoint],
  ]);
}

/** Sections of settings of which a claim says nothing, and the keys in them that it is about. */
const compared = ['training.', 'data.'];
const expected = ['training.seed', 'data.trainScale', 'data.dataset', 'data.classList'];
/** Settings of how a training is recorded. */
const immaterial = ['training.keepEpochs', 'training.statisticsEvery', 'training.microBatch'];

/** The settings of a training that may differ between the sides of a claim, and then belong in a note. */
export function settingsOf({ config }: Run): Map<string, string> {
  const keys = describeKeys()
    .map(({ key }) => key)
    .filter((key) => compared.some((section) => key.startsWith(section)))
    .filter((key) => ![...expected, ...immaterial].includes(key));
  return new Map(keys.map((key) => [key, JSON.stringify(valueAt(config, key) ?? null)]));
}
