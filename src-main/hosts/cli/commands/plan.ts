import { InvalidArgumentError, Option, type Command } from 'commander';
import { defined } from '../../../foundation/defined.ts';
import { WorkbenchError } from '../../../foundation/errors.ts';
import { clusterNamed } from '../../../launch/clusters.ts';
import { datasetNeeded } from '../../../workbench/inputs/datasetNeeded.ts';
import { countText } from '../../../vocabulary/counts.ts';
import { durationText } from '../../../vocabulary/durations.ts';
import type { Parallel } from '../../../vocabulary/parallel.ts';
import { ratesNote, rateWords } from '../../../vocabulary/rates.ts';
import type { BudgetOption, StudyBudget } from '../../../workbench/contract.ts';
import { ensureEngine } from '../ensureEngine.ts';
import { schedulesOf, schedulesText } from '../output/schedules.ts';
import { textTable } from '../output/textTable.ts';
import type { Session } from '../Session.ts';
import { readParallel, readSeeds } from '../trainStudy.ts';
import type { AddCommand } from './AddCommand.ts';

interface PlanOptions {
  minutes: number;
  preset: string;
  data?: string;
  nets?: string[];
  parallel?: Parallel;
  measure?: boolean;
}

interface GivenOptions extends Omit<PlanOptions, 'minutes'> {
  minutes?: number;
  on?: string;
  seeds?: number[];
}

export const addPlan: AddCommand = (program, session) => {
  program
    .command('plan')
    .description('what fits into a time on this machine, and what the validation images can decide')
    .argument('[settings...]', 'any key of the configuration as key.path=value, over the preset')
    .addOption(
      new Option('--minutes <COUNT>', 'the time that a study may take')
        .argParser(readMinutes)
        .conflicts('on'),
    )
    .option(
      '--on <NAME>',
      'instead: how long a study takes with so many jobs at once on a cluster, at the rate of this machine',
    )
    .option('--seeds <NUMBER,…>', "with --on: instead of the preset's", readSeeds)
    .option('--preset <NAME>', 'how it trains (see vgg presets)', 'small')
    .option('--data <DIR>', "a folder of images, or the name of a dataset, in place of the preset's")
    .option('--nets <NET,…>', 'only these, and what they start from', (text) => text.split(','))
    .addOption(
      new Option('--parallel <COUNT>', 'how many nets are to train at once, as in reproduce')
        .argParser(readParallel)
        .conflicts('on'),
    )
    .addOption(
      new Option('--measure', 'measure the rates of nets A and D at each size, seconds each').conflicts('on'),
    )
    .action(async (settings: string[], { minutes, on, ...options }: GivenOptions, command: Command) => {
      if (on !== undefined) {
        await planOn(session, settings, { ...options, on });
        return;
      }
      if (minutes === undefined) command.error('error: --minutes or --on is needed');
      if (options.seeds !== undefined)
        command.error('error: --seeds needs --on: with --minutes the plan chooses');
      const budget = await budgetOf(session, settings, { ...options, minutes });
      session.result(budget, () => budgetText(budget, { ...options, minutes }));
    });
};

/** The study's graph with so many jobs at once. @throws WorkbenchError `cluster-unknown`, `dataset-needed` */
async function planOn(
  session: Session,
  settings: string[],
  { on, preset, data, nets, seeds }: GivenOptions & { on: string },
): Promise<void> {
  const { client } = session;
  clusterNamed(session.home, on);
  const study = { preset, overrides: settings, ...defined({ dataset: data, only: nets, seeds }) };
  const { runs, problems, needsDataset } = await client.studies.preview(study);
  const [problem] = problems;
  if (problem) throw new WorkbenchError(problem.code, problem.message, problem.nextStep);
  if (needsDataset) throw datasetNeeded(preset);
  if (runs.some(({ seconds }) => seconds === null)) {
    await ensureEngine(session);
    session.progress.show(['measuring a rate']);
    await client.bench({ preset, overrides: settings });
  }
  const measured = await client.studies.preview(study);
  const tasks = measured.runs.map(({ key, dependsOn, seconds }) => {
    if (seconds === null) throw new Error(`No time of ${key} is known, although a rate was measured.`);
    return { key, dependsOn, seconds };
  });
  session.result(schedulesOf(tasks), () => schedulesText(tasks, on));
}

/** Measures where no rate is known, or where it is asked for. */
async function budgetOf(session: Session, settings: string[], options: PlanOptions): Promise<StudyBudget> {
  const { minutes, preset, data: dataset, nets: only, parallel, measure = false } = options;
  const asked = { minutes, preset, overrides: settings, ...defined({ dataset, only, parallel }) };
  const first = await session.client.studies.budget(asked);
  const { options: known } = first;
  // Rates that were measured otherwise can be several times off: those of the preset's own size are found out first.
  const isKnown =
    known !== null && (known.length === 0 || known.some(({ ratesFrom }) => ratesFrom !== 'unlike'));
  const unsure = known?.filter(({ ratesFrom }) => measure && ratesFrom !== 'measured') ?? [];
  const sizes = isKnown || unsure.length > 0 ? unsure.map(sizeOf) : [[]];
  if (sizes.length === 0) return first;
  await ensureEngine(session);
  const threads = first.atOnce > 1 && first.threads !== null ? [`training.threads=${first.threads}`] : [];
  for (const [done, size] of sizes.entries()) {
    session.progress.count('measuring rates', done, sizes.length);
    for (const net of ['A', 'D']) {
      const overrides = [...settings, `network.config=${net}`, ...size, ...threads];
      await session.client.bench({ preset, overrides });
    }
  }
  session.progress.count('measuring rates', sizes.length, sizes.length);
  // What no rate was known for is planned now; what was asked to be measured is then measured in the next call.
  return known === null && measure
    ? await budgetOf(session, settings, options)
    : await session.client.studies.budget(asked);
}

function sizeOf({ crop, width }: BudgetOption): string[] {
  return [`network.crop=${crop}`, `network.width=${width}`];
}

function readMinutes(text: string): number {
  const minutes = Number(text);
  if (minutes > 0 && Number.isFinite(minutes)) return minutes;
  throw new InvalidArgumentError('It is a number of minutes.');
}

function budgetText(budget: StudyBudget, options: PlanOptions): string {
  return [optionsText(budget, options), relationsText(budget)].join('\n\n');
}

function optionsText(
  { options, best, command, threads, atOnce }: StudyBudget,
  { minutes, preset }: PlanOptions,
): string {
  if (best === null) return `No study of the preset ${preset} fits into ${durationText(60 * minutes)}.`;
  const table = textTable(
    ['Crop>', 'Width>', 'Epochs of A>', 'Seeds>', 'Trainings>', 'Time>', 'Rates'],
    (options ?? []).map(({ crop, width, epochs, isShortened, seeds, runs, seconds, ratesFrom }) => [
      String(crop),
      String(width),
      isShortened ? `${epochs}, all nets` : String(epochs),
      String(seeds),
      String(runs),
      durationText(seconds),
      rateWords[ratesFrom],
    ]),
  );
  const choice = best.isShortened
    ? "No size keeps the preset's epochs, so nets may not have learned by the end. With the most epochs:"
    : `The largest nets with the preset's epochs${best.seeds >= 3 ? ' and three seeds or more' : ''}:`;
  const note = ratesNote(
    (options ?? []).map(({ ratesFrom }) => ratesFrom),
    threads,
    atOnce,
  );
  return [table, '', note, '', choice, `  ${command ?? ''}`].join('\n');
}

function relationsText({ relations, resolution, valImages }: StudyBudget): string {
  const table = textTable(
    ['The paper says', 'by points>', 'Decidable', 'Images needed>'],
    relations.map(({ text, points, isDecidable, imagesNeeded }) => [
      text,
      points.toFixed(1),
      isDecidable ? 'yes' : 'no',
      countText(imagesNeeded),
    ]),
  );
  return (
    `${countText(valImages)} validation images tell a difference of ${resolution.toFixed(1)} points of error from chance, ` +
    `where two nets disagree on a fifth of them.\nIf nets differ as much as the paper's do on ILSVRC:\n\n${table}`
  );
}
