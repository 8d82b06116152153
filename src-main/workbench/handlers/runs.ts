import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { resolveRunConfig } from '../../configuration/resolve.ts';
import { defined } from '../../foundation/defined.ts';
import { WorkbenchError } from '../../foundation/errors.ts';
import { runFinished } from '../../runs/errors.ts';
import { extendRun } from '../../runs/extendRun.ts';
import { listChanges } from '../../runs/ListChanges.ts';
import { ownResult } from '../../runs/ownEvaluation.ts';
import { runStatusSchema, type Series } from '../../runs/records.ts';
import { classesOfNet, countsOf } from '../inputs/classesOfNet.ts';
import { requireFittingWeights } from '../inputs/fittingWeights.ts';
import { lastingLocation, openDataset } from '../../data/openDataset.ts';
import { requireSplits } from '../../data/dataset.ts';
import { splitsOf } from '../../data/splitsOf.ts';
import { requirePixelScale } from '../inputs/pixelScale.ts';
import { moveImages } from '../inputs/movedImages.ts';
import { implementer } from '../implementer.ts';
import { movedStream } from './movedStream.ts';
import { withWeightsAsBase, readSources } from '../inputs/configSources.ts';

const { runs } = implementer;

export const runHandlers = runs.router({
  list: runs.list.handler(async ({ input, context: { log, submissions } }) => {
    const { status, limit } = input;
    const known = status === undefined ? undefined : runStatusSchema.safeParse(status);
    if (known && !known.success) {
      throw new WorkbenchError(
        'status-unknown',
        `There is no status ${status ?? ''}.`,
        `Choose one of: ${runStatusSchema.options.join(', ')}.`,
      );
    }
    await log.catchUp();
    await submissions.updateUnattached();
    return log.list.all(defined({ status: known?.data, limit }));
  }),

  values: runs.values.handler(({ context: { log } }) => log.list.values()),

  get: runs.get.handler(async ({ input, context: { log, learning, submissions } }) => {
    await submissions.updateUnattached();
    await log.catchUpWith(log.runs.resolve(input.id));
    const run = log.runs.get(input.id);
    const evaluations = log.evaluations.of(run.id);
    return {
      run,
      evaluations,
      result: ownResult(run, evaluations),
      checkpoints: log.evaluations.checkpointsOf(run.id),
      series: log.metrics.summaries(run.id),
      learning: await learning.of(log, run),
      convergence: log.judge.of(run),
      folderMissing: !existsSync(log.folder(run.id).path),
      onCluster: submissions.placeOf(run.id),
    };
  }),

  metrics: runs.metrics.handler(async ({ input: { id: requested, names, ...window }, context: { log } }) => {
    const id = log.runs.resolve(requested);
    await log.catchUpWith(id);
    const read: Series[] = [];
    for (const name of log.metrics.names(id)) {
      if (names?.includes(name) === false) continue;
      // Other work runs between two series, since a long series takes tens of milliseconds.
      await nextTurn();
      read.push(...log.metrics.read(id, { names: [name], ...window }));
    }
    return read;
  }),

  layers: runs.layers.handler(async ({ input: { id: requested, quantity, maxSteps }, context: { log } }) => {
    const id = log.runs.resolve(requested);
    await log.catchUpWith(id);
    return log.metrics.layers(id, quantity, maxSteps);
  }),

  create: runs.create.handler(async ({ input, context: { log } }) => {
    const { sources } = await withWeightsAsBase(log, readSources(input, log.home));
    const config = resolveRunConfig(sources);
    requirePixelScale(config);
    // The run may be resumed from another working directory.
    config.data.dataset = lastingLocation(config.data.dataset);
    const { classList } = config.data;
    if (classList !== null) config.data.classList = resolve(classList);
    const { from } = config.initialisation;
    if (from !== null && existsSync(from)) config.initialisation.from = resolve(from);
    // Refuse what cannot start before the run is created.
    const dataset = await openDataset(config.data.dataset, config.data);
    requireSplits(dataset, splitsOf(config));
    const counted = countsOf(dataset, splitsOf(config));
    await requireFittingWeights(log, config, counted, classesOfNet(config.data, counted));
    const { id } = log.create({ config, ...defined({ name: input.name }) });
    return { id, notes: dataset.structure };
  }),

  start: runs.start.handler(async ({ input, context }) => {
    const { id, status } = context.log.runs.get(input.id);
    if (status === 'finished') throw runFinished(id);
    if (input.on) {
      await context.submissions.submitRun(id, input.fromBest === true, input.on);
      return undefined;
    }
    await context.startRun(id, defined({ fromBest: input.fromBest }));
    return undefined;
  }),

  moveImages: runs.moveImages.handler(({ input, context: { log }, signal }) =>
    movedStream(signal, (options) => moveImages(log, log.runs.get(input.id), input.dataset, options)),
  ),

  extend: runs.extend.handler(({ input, context: { log, submissions } }) => {
    submissions.requireHere(log.runs.resolve(input.id));
    extendRun(log, input.id, input.epochs);
    return undefined;
  }),

  watch: runs.watch.handler(async ({ input, context }) => (await context.activeRun(input.id)).events.read()),

  changes: runs.changes.handler(({ input, context: { log, submissions } }) =>
    listChanges(log.list, input.since, () => submissions.updateUnattached()),
  ),

  annotate: runs.annotate.handler(({ input: { id, ...changes }, context: { log } }) => {
    log.annotate(id, changes);
    return undefined;
  }),

  log: runs.log.handler(({ input, context: { log } }) =>
    log.folder(log.runs.resolve(input.id)).logLines(input.lines),
  ),

  restore: runs.restore.handler(async ({ input, context: { log } }) => {
    const ids: string[] = [];
    for (const id of input.ids) ids.push(await log.restore(id));
    return ids;
  }),

  stop: runs.stop.handler(async ({ input, context }) => {
    const run = await context.activeRun(input.id);
    if (input.now) run.kill();
    else run.stop();
    return undefined;
  }),

  compare: runs.compare.handler(({ input, context: { log } }) => log.compare(input.ids)),

  unreadable: runs.unreadable.handler(async ({ context: { log } }) => {
    await log.catchUp();
    return log.rebuilt.failed;
  }),

  remove: runs.remove.handler(({ input, context: { log, submissions } }) => {
    const ids = input.ids.map((id) => log.runs.resolve(id));
    for (const id of ids) submissions.requireHere(id);
    for (const id of ids) {
      log.remove(id);
      if (input.forever) log.trash.delete(id);
    }
    return ids;
  }),

  trash: runs.trash.handler(({ context: { log } }) => log.trash.list()),
});
