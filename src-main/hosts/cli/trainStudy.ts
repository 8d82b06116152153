import { InvalidArgumentError, Option, type Command } from 'commander';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { WorkbenchError } from '../../foundation/errors.ts';
import { requireFolder } from '../../foundation/files.ts';
import { parseParallel, type Parallel } from '../../vocabulary/parallel.ts';
import { followOnCluster, addClusterOptions, targetOf, type ClusterOptions } from './onCluster.ts';
import { ensureEngine } from './ensureEngine.ts';
import { followMove } from './followMove.ts';
import { followStudy } from './followStudy.ts';
import { requireMemory, addMemoryOption, type MemoryOptions } from './requireMemory.ts';
import { writeClaims } from './writeClaims.ts';
import type { Session } from './Session.ts';
import type { StudyRunStatus, TableNumber, TrainScale } from '../../workbench/contract.ts';

/** The options of every command that trains a study. */
export interface StudyOptions extends ClusterOptions, MemoryOptions {
  preset: string;
  data?: string;
  seeds?: number[];
  out?: string;
  fresh?: boolean;
  study?: string;
  parallel?: Parallel;
}

/** A study to make, or to resume if one has the same settings or `study` names one. */
export interface StudyRequest extends StudyOptions {
  /** Name of a comparison that ships with the workbench; by default the paper's tables. */
  comparison?: string;
  /** Tables of the paper to fill, besides those the study fills already. */
  tables?: TableNumber[];
  /** Nets trained elsewhere, which are scored instead of training any. */
  weights?: { path: string; trainedAt?: TrainScale | undefined }[] | undefined;
  /** Makes it a study of these nets only. */
  nets?: string[];
  overrides: string[];
  /** The runs to train now; by default all that remain. */
  only?: string[];
}

/** How a study's results are written, and which command makes it. */
export interface StudyOutput {
  /** Writes the results into an existing folder; returns the text to print. */
  write: (study: string, folder: string) => Promise<string[]>;
  /** `reproduce`: the command that resumes a study given by `--study`. */
  command: string;
}

export function addStudyOptions(command: Command): Command {
  return addMemoryOption(addClusterOptions(command))
    .option('--preset <NAME|FILE>', 'how large and how long (see vgg presets), or a preset file', 'quick')
    .option(
      '--data <DIR>',
      "a folder of images, or the name of a dataset, in place of the preset's; with --study, where its images are now",
    )
    .option('--seeds <NUMBER,…>', 'train every net once for each, for mean and deviation', readSeeds)
    .option('--out <DIR>', 'where the tables go (default: tables/ in the data folder)')
    .option(
      '--parallel <COUNT>',
      'how many nets train at once, each on its part of the cores, or auto: as many as cores and memory allow',
      readParallel,
    )
    .option('--fresh', 'start a new study even if there is one of the same settings')
    .addOption(new Option('--study <ID>', 'go on with this study').conflicts(['seeds', 'fresh']));
}

export function readParallel(text: string): Parallel {
  const parallel = parseParallel(text);
  if (parallel === undefined) throw new InvalidArgumentError('It is auto, or a number from 1 to 16.');
  return parallel;
}

export function readSeeds(text: string): number[] {
  const seeds = text.split(',').map((seed) => seed.trim());
  if (seeds.every((seed) => /^\d+$/.test(seed))) return seeds.map(Number);
  throw new InvalidArgumentError('Seeds are whole numbers with commas between.');
}

/** @throws CommanderError for settings together with `--study` */
export function refuseSettingsOfKnown(
  command: Command,
  { study }: StudyOptions,
  settings: readonly string[],
): void {
  if (study === undefined) return;
  if (settings.length === 0 && command.getOptionValueSource('preset') !== 'cli') return;
  command.error('error: --study goes on with the settings the study has: give no others');
}

/** Trains the remaining runs of a study, prints its progress and writes its results, however it ends. */
export async function trainStudy(
  session: Session,
  request: StudyRequest,
  { write, command }: StudyOutput,
): Promise<void> {
  const { client, progress } = session;
  const { preset, comparison, tables, weights, nets, data, seeds, overrides, fresh, only } = request;
  // Refuse what cannot be done before the study is created.
  if (request.out !== undefined) requireFolder(resolve(request.out));
  const on = targetOf(session, request);
  if (request.study === undefined) await requireStudy(session, request);
  const { id: requested, known } =
    request.study === undefined
      ? await client.studies.create({
          preset,
          comparison,
          tables,
          weights,
          dataset: data,
          seeds,
          overrides,
          only: nets,
          fresh,
        })
      : { id: request.study, known: true };
  if (request.study !== undefined && data !== undefined)
    await followMove(session, await client.studies.moveImages({ id: requested, dataset: data }), 'study');
  if (request.study !== undefined && tables) await client.studies.addTables({ id: requested, tables });
  const { study: found, progress: before } = await client.studies.get({ id: requested });
  const { id } = found;
  const folder = resolve(request.out ?? join(session.home, 'tables', id));
  requireFolder(folder);
  if (found.status === 'finished' && before.runs.every(({ status }) => isDone(status))) {
    progress.note(`Study ${id} has been finished before; --fresh trains everything anew.`);
  } else {
    progress.note(`Study ${id}${known ? ', taken up again' : ''}`);
  }
  // Even a finished study is started: it trains again runs that were deleted since.
  const isOnCluster = on !== undefined || (await client.cluster.list()).some((one) => one.id === id);
  if (!isOnCluster) {
    noteCrowding(session, request.parallel);
    await ensureEngine(session);
  }
  const { cluster } = await client.studies.start({ id, only, parallel: request.parallel, on });
  const again = `npm run -s vgg -- ${command} --study ${id}`;
  if (cluster === null) await followStudy(session, id);
  else if (!(await followOnCluster(session, { id, cluster, again, detach: request.detach === true }))) return;
  const written = [...(await write(id, folder)), await writeClaims(session, id, folder)];
  const { study: ended } = await client.studies.get({ id });
  session.result({ study: id, status: ended.status, tables: folder }, () => written.join('\n'));
  progress.note(`Tables: ${folder} (CSV, Markdown, LaTeX)\nRuns: ${join(session.home, 'runs')}`);
  if (ended.status !== 'finished') progress.note(`Go on with: ${again}`);
}

/** Says that more nets at once than cores are slower; a number is a person's own choice. */
function noteCrowding({ progress }: Session, parallel: Parallel | undefined): void {
  const cores = availableParallelism();
  if (typeof parallel !== 'number' || parallel <= cores) return;
  const here = cores === 1 ? 'one core' : `${cores} cores`;
  progress.note(
    `Note: ${parallel} nets at once on ${here} wait for each other; --parallel auto takes no more than fit.`,
  );
}

/** @throws WorkbenchError `study-run-unknown`, `beyond-memory` */
async function requireStudy({ client }: Session, request: StudyRequest): Promise<void> {
  // What only scores weights trains nothing.
  if (request.weights) return;
  const { preset, comparison, tables, data: dataset, seeds, overrides, nets, only = nets } = request;
  const settings = { preset, comparison, tables, dataset, seeds, overrides, only };
  // What cannot be looked at is refused when the study is made, by its own reason.
  const preview = await client.studies.preview(settings).catch(() => null);
  const unknown = preview?.problems.find(({ field }) => field === 'only');
  if (unknown) throw new WorkbenchError(unknown.code, unknown.message, unknown.nextStep);
  if (preview && request.on === undefined) requireMemory(preview, request);
}

function isDone(status: StudyRunStatus): boolean {
  return status === 'finished' || status === 'diverged';
}
