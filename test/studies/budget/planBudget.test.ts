import { expect, it } from 'vitest';
import { scheduleOn } from '../../../src-main/launch/schedule.ts';
import { bestOption, planBudget, type BudgetOption } from '../../../src-main/studies/budget/planBudget.ts';
import { planOf, type StudyDefinition } from '../../../src-main/studies/definition.ts';
import type { PlannedRun } from '../../../src-main/studies/PlannedRun.ts';
import { loadPreset } from '../../../src-main/studies/preset.ts';
import { passesOfStep, workOf } from '../../../src-main/studies/work.ts';
import { describeNetwork } from '../../../src-main/vgg/describe.ts';

const images = { trainImages: 9_469, valImages: 3_925, classes: 10 };
const definition: StudyDefinition = { preset: loadPreset('small'), dataset: 'photos', overrides: [] };

const startSeconds = 3;

/** Every net is trained at so many multiply-accumulates a second. */
const rateAt =
  (macsPerSecond: number) =>
  ({ config: { network } }: PlannedRun) => {
    const { macs } = describeNetwork({ ...network, classes: 10 });
    const imagesPerSecond = macsPerSecond / (passesOfStep * macs);
    return {
      ...{ imagesPerSecond, cropsPerSecond: passesOfStep * imagesPerSecond, startSeconds },
      from: 'measured' as const,
    };
  };

/** One run after the other, or two at once. */
const inARow = (tasks: readonly { seconds: number }[]) =>
  tasks.reduce((sum, { seconds }) => sum + seconds, 0);
const twoAtOnce = (tasks: Parameters<typeof scheduleOn>[0]) => scheduleOn(tasks, 2).seconds;

/** The time of a study as it is made with the option's own settings, counted anew. */
function secondsOf({ overrides, seeds }: BudgetOption, macsPerSecond: number): number {
  const preset = { ...definition.preset, seeds: [1] };
  const ofOneSeed = planOf({ ...definition, preset, overrides })
    .map((run) => workOf(run.config, run.evaluations, images))
    .reduce(
      (sum, { training, evaluation }) => sum + startSeconds + (training + evaluation) / macsPerSecond,
      0,
    );
  return seeds * ofOneSeed;
}

it.each([20, 150, 3000])('every option fits into %s minutes, and takes the time that it says', (minutes) => {
  const rate = 2e11;
  const seconds = 60 * minutes;
  const options =
    planBudget({ definition, images, seconds, rateOf: rateAt(rate), secondsOfAll: inARow }) ?? [];
  expect(options.length).toBeGreaterThan(0);
  for (const option of options) {
    expect(option.seconds).toBeLessThanOrEqual(seconds);
    expect(secondsOf(option, rate)).toBeCloseTo(option.seconds, 3);
    expect(option.runs).toBe(12 * option.seeds);
    // One more seed, or one more epoch, would not fit.
    if (!option.isShortened && option.seeds < 5)
      expect(option.seconds * (1 + 1 / option.seeds)).toBeGreaterThan(seconds);
    if (option.isShortened) {
      const longer = {
        ...option,
        overrides: [...option.overrides.slice(0, 2), `training.epochs=${option.epochs + 1}`],
      };
      expect(secondsOf(longer, rate)).toBeGreaterThan(seconds);
    }
  }
});

it('offers the sizes over what was written of them, and keeps other settings', () => {
  const written = { ...definition, overrides: ['network.crop=224', 'training.epochs=1'] };
  const options = planBudget({
    definition: written,
    images,
    seconds: 1e6,
    rateOf: rateAt(2e11),
    secondsOfAll: inARow,
  });
  expect(options?.[0]).toMatchObject({ crop: 32, width: 0.125, epochs: 1, seeds: 5, isShortened: false });
});

it.each(['quick', 'small', 'order', 'paper'])('offers the preset %s its own size', (name) => {
  const preset = loadPreset(name);
  const own = planOf({ ...definition, preset })[0]?.config.network;
  const options = planBudget({
    ...{ definition: { ...definition, preset }, images, seconds: 1e9 },
    rateOf: rateAt(2e11),
    secondsOfAll: inARow,
  });
  expect(options?.filter(({ crop, width }) => crop === own?.crop && width === own.width)).toHaveLength(1);
});

it('offers a size that is written in the preset alone', () => {
  const { preset } = definition;
  const base = { ...preset.base, network: { ...preset.base.network, crop: 84, width: 0.375 } };
  const parts = {
    definition: { ...definition, preset: { ...preset, base } },
    images,
    seconds: 1e9,
    secondsOfAll: inARow,
  };
  const options = planBudget({ ...parts, rateOf: rateAt(2e11) }) ?? [];
  expect(options.some(({ crop, width }) => crop === 84 && width === 0.375)).toBe(true);
  expect(options.map(({ crop }) => crop)).toEqual(options.map(({ crop }) => crop).sort((a, b) => a - b));
});

it('counts runs that train at once only as long as the last of them takes', () => {
  const parts = { definition, images, seconds: 60 * 600, rateOf: rateAt(2e11) };
  const optionIn = (secondsOfAll: typeof twoAtOnce) =>
    planBudget({ ...parts, secondsOfAll })?.find(({ crop, width }) => crop === 64 && width === 0.5);
  const [one, two] = [optionIn(inARow), optionIn(twoAtOnce)];
  expect(two?.seeds).toBeGreaterThan(one?.seeds ?? NaN);
  // Each seed waits for its own net A, so that the second processor is never without work for long.
  const ofSeed = (option: BudgetOption | undefined) => (option?.seconds ?? NaN) / (option?.seeds ?? NaN);
  expect(ofSeed(two) / ofSeed(one)).toBeLessThan(0.6);
});

it('says of an option which of its rates is known the least', () => {
  const rateOf = (run: PlannedRun) => {
    const from = run.config.network.config === 'D' ? ('unlike' as const) : ('scaled' as const);
    return { ...rateAt(2e11)(run), from };
  };
  const options = planBudget({ definition, images, seconds: 1e6, rateOf, secondsOfAll: inARow }) ?? [];
  expect(new Set(options.map(({ ratesFrom }) => ratesFrom))).toEqual(new Set(['unlike']));
  const ofA = { ...definition, only: ['A'] };
  const scaled = planBudget({ definition: ofA, images, seconds: 1e6, rateOf, secondsOfAll: inARow }) ?? [];
  expect(new Set(scaled.map(({ ratesFrom }) => ratesFrom))).toEqual(new Set(['scaled']));
});

it('offers nothing in no time, and cannot tell without a rate', () => {
  expect(planBudget({ definition, images, seconds: 1, rateOf: rateAt(2e11), secondsOfAll: inARow })).toEqual(
    [],
  );
  const none = planBudget({ definition, images, seconds: 1e6, rateOf: () => null, secondsOfAll: inARow });
  expect(none).toBeUndefined();
});

it('would take the largest nets with three seeds, else with whole trainings, else the longest', () => {
  const option = (crop: number, seeds: number, epochs = 20, isShortened = false): BudgetOption => ({
    ...{ crop, width: 0.25, seeds, epochs, isShortened },
    ...{ runs: 12 * seeds, seconds: 1, ratesFrom: 'measured', overrides: [] },
  });
  const short = [option(128, 1, 4, true), option(112, 1, 9, true)];
  expect(bestOption([option(56, 5), option(64, 3), option(96, 1), ...short])?.crop).toBe(64);
  expect(bestOption([option(56, 2), option(64, 1), ...short])?.crop).toBe(64);
  expect(bestOption(short)?.crop).toBe(112);
  expect(bestOption([])).toBeUndefined();
});
