import type { RunLog } from '../runs/RunLog.ts';
import type { RunStatus } from '../runs/records.ts';
import type { EntryId } from './entries.ts';

/**
 * What became of the entry that was under way when the program was killed: its trainer is still at work, it has ended
 * meanwhile, or the trainer was cut off, too. What came of it must be in the log. A study of which no net was cut off is
 * under way: it goes on with the next one.
 */
export function stateAfterRestart(
  { runs, studies }: RunLog,
  { kind, id }: EntryId,
): 'under way' | 'ended' | 'cut off' {
  if (kind === 'run') return runs.has(id) ? goneOnAs(runs.get(id).status) : 'ended';
  const statuses = studies
    .runsOf(id)
    .filter(({ runId }) => runs.has(runId))
    .map(({ runId }) => runs.get(runId).status);
  return statuses.length === 0 || statuses.includes('interrupted') ? 'cut off' : 'under way';
}

function goneOnAs(status: RunStatus): 'under way' | 'ended' | 'cut off' {
  if (status === 'running') return 'under way';
  return status === 'finished' || status === 'failed' ? 'ended' : 'cut off';
}
