import type { RunConfig } from '../../configuration/schema.ts';
import { isFingerprintOf } from '../../data/fingerprint.ts';
import type { InspectionOptions } from '../../data/inspectDataset.ts';
import { requireSplits } from '../../data/dataset.ts';
import { lastingLocation, openDataset } from '../../data/openDataset.ts';
import { usualSplit, type SplitChoice } from '../../data/ownSplit.ts';
import { prepareDataset } from '../../data/prepareDataset.ts';
import { splitsOf } from '../../data/splitsOf.ts';
import { WorkbenchError } from '../../foundation/errors.ts';
import { runBusy, studyBusy } from '../../runs/errors.ts';
import type { Run } from '../../runs/records.ts';
import type { RunLog } from '../../runs/RunLog.ts';
import { planOf, studyDefinitionSchema } from '../../studies/definition.ts';
import { openImages } from '../../trainer/openImages.ts';
import { readCheckpoint } from '../../training/checkpoint.ts';
import { checkpointKindsIn } from '../../training/checkpointFiles.ts';

/**
 * Records where the images of a run are now, once all of them were found to be those that it was trained on so far.
 *
 * @throws WorkbenchError `run-busy`, `dataset-changed`, those of opening and checking the images
 */
export async function moveImages(
  log: RunLog,
  run: Run,
  location: string,
  options: InspectionOptions,
): Promise<void> {
  log.setConfig(run.id, await configAt(log, run, location, options));
}

/**
 * The same for a study, and for all of its runs that have begun: either all are moved or none.
 *
 * @throws WorkbenchError `study-busy`, and those of {@link moveImages}
 */
export async function moveStudyImages(
  log: RunLog,
  requested: string,
  location: string,
  options: InspectionOptions,
): Promise<void> {
  const study = log.studies.get(requested);
  if (study.status === 'running') throw studyBusy(study.id);
  const dataset = lastingLocation(location);
  requireSplits(
    await openDataset(dataset, divisionOf(study.definition)),
    study.definition.weights ? ['val'] : ['train', 'val'],
  );
  const moved: [string, RunConfig][] = [];
  for (const { runId } of log.studies.runsOf(study.id))
    moved.push([runId, await configAt(log, log.runs.get(runId), location, options)]);
  for (const [id, config] of moved) log.setConfig(id, config);
  log.studies.put({ ...study, dataset, definition: { ...study.definition, dataset } });
}

/** How a study's images are divided; as usual where its settings cannot be read, as those of another version. */
function divisionOf(definition: unknown): SplitChoice {
  const { data } = studyDefinitionSchema.safeParse(definition);
  return (data && planOf(data)[0]?.config.data) ?? usualSplit;
}

/** The settings of a run with its images where they are now, once these were found to be the same. */
async function configAt(
  log: RunLog,
  run: Run,
  location: string,
  options: InspectionOptions,
): Promise<RunConfig> {
  if (run.status === 'running') throw runBusy(run.id);
  const { config } = run;
  const moved: RunConfig = { ...config, data: { ...config.data, dataset: lastingLocation(location) } };
  const splits = splitsOf(config);
  const classes = classesOf(log, run);
  const opened = await openImages(
    { ...moved.data, classList: classes ? null : config.data.classList },
    splits,
    classes ? { names: classes, origin: `run ${run.id}` } : undefined,
  );
  const { skipBroken } = config.data;
  const { dataset } = await prepareDataset(opened.dataset, { ...options, splits, skipBroken });
  if (run.dataset !== null && !isFingerprintOf(run.dataset.fingerprint, dataset)) {
    throw new WorkbenchError(
      'dataset-changed',
      `The images in ${moved.data.dataset} are not those that run ${run.id} was trained on so far.`,
      'Give the folder to which the very same images were moved, or start a new run from its weights with initialisation.from.',
    );
  }
  return moved;
}

/** The names of the run's classes, if a checkpoint has them; a damaged one is reported when the run goes on. */
function classesOf(log: RunLog, { id }: Run): string[] | null {
  const folder = log.folder(id);
  for (const kind of checkpointKindsIn(folder.checkpoints)) {
    try {
      return readCheckpoint(folder.checkpoint(kind)).state.classes;
    } catch {
      continue;
    }
  }
  return null;
}
