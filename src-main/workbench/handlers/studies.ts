import { isDeepStrictEqual } from 'node:util';
import { WorkbenchError } from '../../foundation/errors.ts';
import type { RunLog } from '../../runs/RunLog.ts';
import type { Study } from '../../runs/StudyStore.ts';
import { newId } from '../../runs/ids.ts';
import { studyDefinitionSchema, type StudyDefinition } from '../../studies/definition.ts';
import { planStudy } from '../../studies/plan.ts';
import type { StudySnapshot } from '../../studies/StudyProgress.ts';
import { readPreset, type Preset } from '../../studies/preset.ts';
import { lastingLocation, openDataset } from '../../data/openDataset.ts';
import { requireSplits } from '../../data/dataset.ts';
import { implementer } from '../implementer.ts';

const { studies } = implementer;

export const studyHandlers = studies.router({
  list: studies.list.handler(({ context: { log } }) => log.studies.list()),

  get: studies.get.handler(({ input, context: { log } }) => {
    const study = log.studies.get(input.id);
    return { study, runs: log.studies.runsOf(study.id), progress: studySnapshot(log, study.id) };
  }),

  create: studies.create.handler(async ({ input, context: { log } }) => {
    const named = readPreset(input.preset);
    const preset = { ...named, seeds: [...new Set(input.seeds ?? named.seeds)] };
    // The study may be resumed from another working directory.
    const dataset = lastingLocation(input.dataset ?? presetDataset(input.preset, preset));
    const definition: StudyDefinition = { preset, dataset, overrides: input.overrides };
    requireSplits(await openDataset(dataset), ['train', 'val']);
    // Refuse settings that cannot be run before there is a study.
    planStudy(preset, dataset, input.overrides);
    const earlier = input.fresh ? undefined : sameStudy(log, definition);
    return { id: earlier?.id ?? createStudy(log, input.preset, definition), known: earlier !== undefined };
  }),

  start: studies.start.handler(async ({ input, context }) => {
    await context.startStudy(context.log.studies.resolve(input.id));
    return undefined;
  }),

  watch: studies.watch.handler(({ input, context }) => context.activeStudy(input.id).events.read()),

  stop: studies.stop.handler(({ input, context }) => {
    const study = context.activeStudy(input.id);
    if (input.now) study.kill();
    else study.stop();
    return undefined;
  }),
});

/** @throws WorkbenchError `dataset-needed` for a preset that is meant for a dataset of one's own */
function presetDataset(name: string, { base }: Preset): string {
  const dataset = base.data?.dataset;
  if (typeof dataset === 'string') return dataset;
  throw new WorkbenchError(
    'dataset-needed',
    `The preset ${name} brings no images of its own.`,
    'Give an image folder or ILSVRC-2012 with --data.',
  );
}

/** The newest study with the same definition. */
function sameStudy(log: RunLog, definition: StudyDefinition): Study | undefined {
  return log.studies.list().find((study) => {
    const known = studyDefinitionSchema.safeParse(study.definition);
    return known.success && isDeepStrictEqual(known.data, definition);
  });
}

function createStudy(log: RunLog, preset: string, definition: StudyDefinition): string {
  const now = new Date();
  const id = newId(now, 'study', preset);
  log.studies.put({
    id,
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

function studySnapshot(_log: RunLog, id: string): StudySnapshot {
  return { id, runs: [], activity: null, seconds: 0, etaSeconds: null };
}
