import type { Cell, MeasuredSide } from '../../../claims/definition.ts';
import type { Run } from '../../../runs/records.ts';
import type { RunLog } from '../../../runs/RunLog.ts';
import { planOf, readDefinition } from '../../../studies/definition.ts';
import { comparisonOf } from '../../../studies/title.ts';
import { scaleToCrop, wholeRowScales } from '../../../tables/scales.ts';
import { runKeyText, trainingOf } from '../../../vocabulary/runKey.ts';
import { sameScales } from '../../../vocabulary/scales.ts';
import { placedRuns, type PlacedRun } from '../placedRuns.ts';

/** A training that a side needs, with the runs that are there, one for each seed, and the seeds that are planned. */
export interface NeededTraining {
  runs: readonly PlacedRun[];
  /** Keys of runs that are planned and not there. */
  lacking: readonly string[];
}

/** Where the runs of claims come from. */
export interface RunSource {
  study: string | null;
  /** What each side needs: one training, or one for each net whose posteriors are averaged; undefined if it is not here. */
  trainingsOf: (side: Exclude<MeasuredSide, { id: string }>) => NeededTraining[] | undefined;
  /** The command that trains and scores what is lacking; null if there is none. */
  command: string | null;
}

/** The runs of a study of tables or of one that compares. */
export function studySource(log: RunLog, id: string): RunSource {
  const study = log.studies.get(id);
  const definition = readDefinition(study.id, study.definition);
  const { comparison } = definition;
  const placed = placedRuns(log, study.id);
  const planned = planOf(definition).map(({ key }) => key);
  const needed = (training: string): NeededTraining => {
    const runs = placed.filter(({ key }) => trainingOf(key) === training);
    const lacking = planned.filter(
      (key) => trainingOf(key) === training && !runs.some((run) => run.key === key),
    );
    return {
      runs,
      lacking:
        planned.length === 0 || planned.some((key) => trainingOf(key) === training) ? lacking : [training],
    };
  };
  const command = `npm run -s vgg -- ${comparison ? 'study' : 'reproduce --tables 3,4,5,6'} --study ${study.id}`;
  return {
    study: study.id,
    command,
    trainingsOf: (side) => {
      if ('comparison' in side) return comparison?.name === side.comparison ? [needed(side.run)] : undefined;
      if (comparison) return undefined;
      return side.net.map((net) => needed(runKeyText({ net, trainScale: side.S })));
    },
  };
}

/** Runs that were named. Each is found by its net, and its S at its crop; of several with one seed the last counts. */
export function namedSource(log: RunLog, ids: readonly string[]): RunSource {
  const runs = ids.map((id) => log.runs.get(id));
  return {
    study: null,
    command: null,
    trainingsOf: (side) => {
      if (!('comparison' in side)) return side.net.map((net) => ofNet(runs, net, side));
      const inStudy = runs.flatMap((run) =>
        log.studies
          .placesOf(run.id)
          .filter(
            ({ studyId, key }) =>
              trainingOf(key) === side.run &&
              comparisonOf(log.studies.get(studyId))?.name === side.comparison,
          )
          .map(({ key, seed }) => ({ key, seed, run })),
      );
      return [{ runs: lastOfEachSeed(inStudy), lacking: [] }];
    },
  };
}

function ofNet(runs: readonly Run[], net: string, { S }: Cell): NeededTraining {
  const placed = runs
    .filter(
      ({ config }) =>
        config.network.config === net && isTrainedAt(config.network.crop, config.data.trainScale, S),
    )
    .map((run) => {
      const { seed } = run.config.training;
      return { run, seed, key: runKeyText({ net, trainScale: S, seed }) };
    });
  return { runs: lastOfEachSeed(placed), lacking: [] };
}

function isTrainedAt(crop: number, trained: Cell['S'], paper: Cell['S']): boolean {
  const scales = wholeRowScales({ trainScale: paper, testScales: [] }, crop);
  return scales !== undefined && sameScales(scales.trainScale, trained);
}

function lastOfEachSeed(runs: readonly PlacedRun[]): PlacedRun[] {
  return [...new Map(runs.map((run) => [run.seed, run])).values()];
}

/** Q of a side at a run's crop. */
export function testScalesAt(crop: number, testScales: readonly number[]): number[] {
  return testScales.map((scale) => scaleToCrop(scale, crop));
}
