import type { TrashedThing } from '../../../src-main/workbench/contract.ts';
import { usualStudyName } from '../../shared/studyName.ts';

/** As the lists have it. */
export function thingName({ name, id, comparison, preset }: TrashedThing): string {
  if (name !== '') return name;
  return preset === null ? id : usualStudyName({ comparison, preset });
}

/** `12 runs and 1 study` */
export function amountText(things: readonly TrashedThing[]): string {
  const runs = things.filter(({ kind }) => kind === 'run').length;
  const studies = things.length - runs;
  return [
    ...(runs > 0 ? [`${runs} ${runs === 1 ? 'run' : 'runs'}`] : []),
    ...(studies > 0 ? [`${studies} ${studies === 1 ? 'study' : 'studies'}`] : []),
  ].join(' and ');
}

export function bytesOf(things: readonly TrashedThing[]): number {
  return things.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** As the workbench takes them. */
export function idsOf(things: readonly TrashedThing[]): { runs: string[]; studies: string[] } {
  const of = (one: TrashedThing['kind']) => things.filter(({ kind }) => kind === one).map(({ id }) => id);
  return { runs: of('run'), studies: of('study') };
}
