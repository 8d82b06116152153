import type { Job } from '../Launcher.ts';

/** The fields that squeue is asked for; the comment last, since it may hold anything. */
export const jobFormat = '%A|%T|%r|%N|%S|%e|%k';

const overWords = new Set([
  'BOOT_FAIL',
  'CANCELLED',
  'COMPLETED',
  'DEADLINE',
  'FAILED',
  'NODE_FAIL',
  'OUT_OF_MEMORY',
  'PREEMPTED',
  'REVOKED',
  'SPECIAL_EXIT',
  'TIMEOUT',
]);
const waitingWords = new Set(['PENDING', 'REQUEUED', 'REQUEUE_FED', 'REQUEUE_HOLD', 'RESV_DEL_HOLD']);

/** How a job of the workbench is marked: its number may be given to another job once Slurm has lost its state. */
export function commentOf(submission: string, run: string): string {
  return `vgg:${submission}:${run}`;
}

/** The jobs of one submission in what squeue prints. */
export function jobsIn(output: string, submission: string): Job[] {
  const mark = commentOf(submission, '');
  return output.split('\n').flatMap((line) => {
    const [id = '', word = '', reason = '', node = '', start = '', end = '', ...rest] = line.split('|');
    const comment = rest.join('|').trim();
    if (!comment.startsWith(mark)) return [];
    const state = stateOf(word);
    return [
      {
        id,
        run: comment.slice(mark.length),
        state,
        word,
        reason: state === 'waiting' && reason !== 'None' ? reason : null,
        node: node === '' ? null : node,
        startsAt: state === 'waiting' ? timeOf(start) : null,
        endsAt: state === 'running' ? timeOf(end) : null,
      },
    ];
  });
}

function stateOf(word: string): Job['state'] {
  if (overWords.has(word)) return 'over';
  return waitingWords.has(word) ? 'waiting' : 'running';
}

/** Slurm writes local times without a zone, and `N/A` for none. */
function timeOf(text: string): string | null {
  const milliseconds = Date.parse(text);
  return Number.isNaN(milliseconds) ? null : new Date(milliseconds).toISOString();
}
