import { isDeepStrictEqual } from 'node:util';
import { defined } from '../../foundation/defined.ts';
import { WorkbenchError } from '../../foundation/errors.ts';
import { isThisProcess } from '../../runs/owner.ts';
import type { RunLog } from '../../runs/RunLog.ts';
import type { Study } from '../../runs/study.ts';
import { newId } from '../../runs/ids.ts';
import {
  planOf,
  readDefinition,
  studyDefinitionSchema,
  tablesOf,
  type StudyDefinition,
} from '../../studies/definition.ts';
import { readComparison } from '../../studies/comparison/readComparison.ts';
import type { TableNumber } from '../../vocabulary/paperTables.ts';
import type { JobStatus } from '../../vocabulary/jobStatus.ts';
import type { PlannedRun } from '../../studies/PlannedRun.ts';
import { datasetNeeded } from '../inputs/datasetNeeded.ts';
import { loadPreset } from '../../studies/preset.ts';
import { isDone, type StudySnapshot } from '../../studies/StudyProgress.ts';
import { progressFromLog, snapshotFromLog } from '../../studies/progressFromLog.ts';
import { comparisonOf } from '../../studies/title.ts';
import { lastingLocation, openDataset } from '../../data/openDataset.ts';
import { requireSplits } from '../../data/dataset.ts';
import { selectRuns } from '../../studies/select.ts';
import { givenWeights } from '../inputs/givenWeights.ts';
import { moveStudyImages } from '../inputs/movedImages.ts';
import { implementer } from '../implementer.ts';
import { movedStream } from './movedStream.ts';
import { requireRoom } from '../preview/sharing.ts';
import type { StudyDraft } from '../preview/studyPreview.ts';

const { studies } = implementer;

export const studyHandlers = studies.router({
  list: studies.list.handler(async ({ context: { log, submissions } }) => {
    await submissions.updateUnattached();
    const statuses = submissions.unattachedStatuses();
    return log.studies.list().map((study) => {
      const runs = knownPlan(study);
      const progress = progressFromLog(log, study.id, runs);
      return {
        ...study,
        status: statuses.get(study.id) ?? study.status,
        runs: runs.length,
        done: progress.filter(({ status }) => isDone(status)).length,
        comparison: comparisonOf(study),
      };
    });
  }),

  get: studies.get.handler(async ({ input, context }) => {
    const { log, submissions } = context;
    // A look attaches to nothing: it asks no scheduler and submits nothing.
    await submissions.updateUnattached();
    const study = log.studies.get(input.id);
    const unattached = submissions.unattached(study.id);
    const work = submissions.attached(study.id);
    const attachedTo = work?.isUnderWay ? submissions.clusterOf(study.id) : null;
    return {
      study: unattached ? { ...study, status: unattached.status } : study,
      runs: log.studies.runsOf(study.id),
      startsFrom: Object.fromEntries(
        knownPlan(study).flatMap(({ key, dependsOn }) => (dependsOn === null ? [] : [[key, dependsOn]])),
      ),
      progress:
        context.studyUnderWay(study.id)?.snapshot() ??
        (attachedTo === null ? undefined : work?.snapshot()) ??
        withJobStatuses(snapshotFromLog(log, study.id, knownPlan(study)), unattached?.jobStatuses),
      tables: tablesOf(studyDefinitionSchema.safeParse(study.definition).data ?? {}),
      cluster: attachedTo ?? unattached?.cluster ?? null,
      isAttached: attachedTo !== null,
      isOurs: isThisProcess(study.owner),
    };
  }),

  preview: studies.preview.handler(({ input, context }) =>
    context.previews.ofStudy(context.log, settledBy(input, context.home), input),
  ),

  budget: studies.budget.handler(({ input: { minutes, ...settings }, context }) => {
    const settled = settledBy(settings, context.home);
    if (settled.preset.evaluates) throw trainsNothing(settings.preset);
    const definition = { ...settled, dataset: settled.dataset ?? needDataset(settings.preset) };
    return context.previews.ofBudget(context.log, definition, settings, 60 * minutes);
  }),

  create: studies.create.handler(async ({ input, context: { home, log } }) => {
    const settled = settledBy(input, home);
    const weights = await givenWeights(input.preset, settled.preset, input.weights);
    // The study may be resumed from another working directory.
    const dataset = lastingLocation(settled.dataset ?? needDataset(input.preset));
    const definition: StudyDefinition = { ...settled, dataset, ...(weights && { weights }) };
    // Refuse settings that cannot be run before the study is created.
    const [first] = planOf(definition);
    requireSplits(await openDataset(dataset, first?.config.data), weights ? ['val'] : ['train', 'val']);
    const earlier = input.fresh ? undefined : sameStudy(log, definition);
    if (earlier) addTables(log, earlier, tablesOf(definition));
    return { id: earlier?.id ?? createStudy(log, input.preset, definition), known: earlier !== undefined };
  }),

  addTables: studies.addTables.handler(({ input, context: { log } }) => {
    addTables(log, log.studies.get(input.id), input.tables);
    return undefined;
  }),

  moveImages: studies.moveImages.handler(({ input, context: { log }, signal }) =>
    movedStream(signal, (options) => moveStudyImages(log, input.id, input.dataset, options)),
  ),

  start: studies.start.handler(async ({ input, context }) => {
    const { only, parallel, on } = input;
    const { submissions } = context;
    const id = context.log.studies.resolve(input.id);
    if (on) await submissions.submitStudy(id, only, on);
    else if (submissions.attach(id)?.isUnderWay !== true) {
      await requireRoom(parallel, selectRuns(knownPlan(context.log.studies.get(id)), only));
      await context.startStudy(id, { only, parallel });
      return { cluster: null };
    }
    return { cluster: submissions.clusterOf(id) };
  }),

  watch: studies.watch.handler(async ({ input, context }) => {
    const { log, submissions } = context;
    const work = submissions.attached(log.studies.resolve(input.id));
    return (work?.isUnderWay ? work : await context.activeStudy(input.id)).events.read();
  }),

  stop: studies.stop.handler(async ({ input, context }) => {
    const { log, submissions } = context;
    const work = submissions.attach(log.studies.resolve(input.id));
    if (work?.isUnderWay) {
      await work.end(input.now ? 'now' : 'checkpoint');
      return undefined;
    }
    const study = await context.activeStudy(input.id);
    if (input.now) study.kill();
    else study.stop();
    return undefined;
  }),

  annotate: studies.annotate.handler(({ input: { id, ...changes }, context: { log } }) => {
    log.studies.annotate(id, changes);
    return undefined;
  }),

  remove: studies.remove.handler(({ input, context: { log, submissions } }) => {
    submissions.requireHere(log.studies.resolve(input.id));
    log.studies.remove(input.id);
    return undefined;
  }),

  restore: studies.restore.handler(({ input, context: { log } }) => {
    log.studies.restore(input.id);
    return undefined;
  }),
});

/** With the status of its jobs on a cluster, by their files. */
function withJobStatuses(
  snapshot: StudySnapshot,
  jobStatuses: ReadonlyMap<string, JobStatus> | undefined,
): StudySnapshot {
  if (!jobStatuses) return snapshot;
  const runs = snapshot.runs.map((run) => ({ ...run, jobStatus: jobStatuses.get(run.runId ?? '') ?? null }));
  return { ...snapshot, runs };
}

interface StudySettings extends Pick<StudyDefinition, 'overrides'> {
  preset: string;
  comparison?: string | undefined;
  dataset?: string | undefined;
  seeds?: number[] | undefined;
  tables?: TableNumber[] | undefined;
  only?: string[] | undefined;
}

/** The study that the settings define; without a dataset if neither they nor the preset name one. */
function settledBy(settings: StudySettings, home: string): StudyDraft {
  const { preset: name, comparison, dataset, seeds, overrides, tables, only } = settings;
  const named = loadPreset(name, home);
  if (comparison !== undefined && named.evaluates) throw trainsNothing(name);
  const shipped = named.base.data?.dataset;
  return {
    preset: { ...named, seeds: [...new Set(seeds ?? named.seeds)] },
    dataset: dataset ?? (typeof shipped === 'string' ? shipped : null),
    overrides,
    ...defined({
      tables: tables && inOrder(tables),
      comparison: comparison === undefined ? undefined : readComparison(comparison, name),
      only: only && [...new Set(only)].sort(),
    }),
  };
}

/** The error for a preset that trains nothing, since a comparison is of nets that are trained alike. */
function trainsNothing(preset: string): WorkbenchError {
  return new WorkbenchError(
    'preset-trains-nothing',
    `The preset ${preset} trains nothing.`,
    'Choose a preset that trains, such as quick.',
  );
}

/** Throws the error for a preset that needs the user's own dataset. */
function needDataset(preset: string): never {
  throw datasetNeeded(preset);
}

/** The newest study that differs only in the tables it fills, and in what a version says of its preset. */
function sameStudy(log: RunLog, definition: StudyDefinition): Study | undefined {
  const settings = ({
    tables: _tables,
    preset: { description: _description, ...preset },
    ...others
  }: StudyDefinition) => ({
    ...others,
    preset,
  });
  return log.studies.list().find((study) => {
    const known = studyDefinitionSchema.safeParse(study.definition);
    return known.success && isDeepStrictEqual(settings(known.data), settings(definition));
  });
}

function inOrder(tables: readonly TableNumber[]): TableNumber[] {
  return [...new Set(tables)].sort();
}

/** Makes a study fill more tables. Nothing that it has done is lost. */
function addTables(log: RunLog, { id, definition }: Study, tables: readonly TableNumber[]): void {
  const known = readDefinition(id, definition);
  if (known.comparison) return;
  const own = tablesOf(known);
  const all = inOrder([...own, ...tables]);
  if (all.length > own.length) log.studies.redefine(id, { ...known, tables: all });
}

function createStudy(log: RunLog, preset: string, definition: StudyDefinition): string {
  const now = new Date();
  const id = newId(now, 'study', ...(definition.comparison ? [definition.comparison.name] : []), preset);
  log.studies.put({
    id,
    name: '',
    notes: '',
    preset,
    dataset: definition.dataset,
    status: 'queued',
    createdAt: now.toISOString(),
    finishedAt: null,
    owner: null,
    definition,
  });
  return id;
}

/** The trainings of a study; empty if another version wrote its definition. */
function knownPlan({ id, definition }: Study): PlannedRun[] {
  try {
    return planOf(readDefinition(id, definition));
  } catch (error) {
    if (error instanceof WorkbenchError) return [];
    throw error;
  }
}
