import type { RunConfig } from '../configuration/schema.ts';
import { WorkbenchError } from '../foundation/errors.ts';
import { readState, type RunState } from '../training/checkpoint.ts';
import { runBusy } from './errors.ts';
import type { RunLog } from './RunLog.ts';

/**
 * Gives a run another number of epochs, so that it can go on: also one that has finished. With the schedule `plateau`
 * the learning rate follows the validation error alone and not the number of epochs, so the weights become those of a run
 * that had this number from the start. Only the statistics of its layers have one entry more, at what was its last step.
 * A rate that falls to 0 falls from here on as that of a run with this number does; what came before it fell faster or
 * slower, and the notes of the run say so.
 *
 * @throws WorkbenchError `run-busy`; `override-owned-by-study` for a run of a study; `epochs-not-possible` if it has
 *   trained for so many, or ended because its error no longer improved; those of a damaged checkpoint
 */
export function extendRun(log: RunLog, requested: string, epochs: number): void {
  const { id, status, config } = log.runs.get(requested);
  if (status === 'running') throw runBusy(id);
  const [place] = log.studies.placesOf(id);
  if (place) {
    throw new WorkbenchError(
      'override-owned-by-study',
      `Run ${id} is of study ${place.studyId}, which settles training.epochs for all its runs.`,
      'Start a new run from its weights with initialisation.from.',
    );
  }
  if (config.training.epochs === 0) throw notPossible(`Run ${id} only scores its first weights`);
  const state = readState(log.folder(id).checkpoints, 'last');
  const done = state === undefined ? 0 : state.epoch + (state.stepInEpoch > 0 ? 1 : 0);
  if (epochs < Math.max(1, done) || (status === 'finished' && epochs === done))
    throw notPossible(`Run ${id} has trained for ${done} epochs already`);
  const { earlyStopping } = config.training;
  if (state && earlyStopping !== null && state.schedule.sinceImprovement >= earlyStopping) {
    throw notPossible(
      `Run ${id} ended since its validation error had not improved for ${earlyStopping} epochs (training.earlyStopping)`,
    );
  }
  if (state && config.training.schedule !== 'plateau') note(log, id, trainedSoFar(config, state, epochs));
  log.reconfigure(id, { ...config, training: { ...config.training, epochs } });
}

/** What the settings alone no longer tell of a run: with how many epochs in view its rate has fallen so far. */
function trainedSoFar({ training }: RunConfig, { step }: RunState, epochs: number): string {
  return (
    `Until step ${step} its learning rate fell as for ${training.epochs} epochs (${training.schedule}), from there on as for ` +
    `${epochs}: its weights are not those of a run that had ${epochs} from the start.`
  );
}

function note(log: RunLog, id: string, sentence: string): void {
  const { notes } = log.runs.get(id);
  log.annotate(id, { notes: notes === '' ? sentence : `${notes}\n\n${sentence}` });
}

function notPossible(fact: string): WorkbenchError {
  return new WorkbenchError(
    'epochs-not-possible',
    `${fact}.`,
    'Give more epochs, or start a new run from its weights with initialisation.from.',
  );
}
