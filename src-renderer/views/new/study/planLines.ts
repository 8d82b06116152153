import { parseRunKey, runKeyText } from '../../../../src-main/vocabulary/runKey.ts';
import { shownTrainScale } from '../../../../src-main/vocabulary/scales.ts';
import type { StudyPreview } from '../../../../src-main/workbench/contract.ts';

type PlannedRun = StudyPreview['runs'][number];

export interface PlanLine {
  key: string;
  net: string;
  /** The paper's S: `256`, `256–512`; empty in a comparison. */
  trainScale: string;
  /** Null where all have the same. */
  seed: string | null;
  /** `A at 256`, `A/glorot`, or where weights come from at random. */
  startsFrom: string;
  epochs: number;
  rows: number;
  seconds: number | null;
}

/** A study's trainings as lines to read. */
export function planLines(runs: readonly PlannedRun[]): PlanLine[] {
  const parts = runs.map((run) => ({ run, ...partsOf(run.key) }));
  const severalSeeds = new Set(parts.map(({ seed }) => seed)).size > 1;
  return parts.map(({ run, net, trainScale, seed }) => {
    const source = run.dependsOn === null ? null : partsOf(run.dependsOn);
    const { key, epochs, rows, seconds } = run;
    return {
      key,
      net,
      trainScale,
      epochs,
      rows,
      seconds,
      seed: severalSeeds ? seed : null,
      startsFrom:
        source === null
          ? epochs === 0
            ? 'its file'
            : 'random'
          : [source.net, source.trainScale].filter(Boolean).join(' at '),
    };
  });
}

function partsOf(key: string): Pick<PlanLine, 'net' | 'trainScale' | 'seed'> {
  const { net, trainScale, variant, seed } = parseRunKey(key);
  return {
    net: runKeyText({ net, variant }),
    trainScale: trainScale === undefined ? '' : shownTrainScale(trainScale),
    seed: seed === undefined ? null : String(seed),
  };
}
