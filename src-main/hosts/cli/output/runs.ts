import { stringify } from 'yaml';
import { bytesText } from '../../../vocabulary/bytes.ts';
import { countText } from '../../../vocabulary/counts.ts';
import { convergenceSentence, convergenceText } from '../../../vocabulary/convergence.ts';
import { shownValue } from '../../../vocabulary/shownValue.ts';
import { learningText } from '../../../vocabulary/learning.ts';
import { momentText } from '../../../vocabulary/moments.ts';
import { percentText } from '../../../vocabulary/percentages.ts';
import { oneLine } from '../../../vocabulary/printable.ts';
import { shownTrainScale } from '../../../vocabulary/scales.ts';
import { jobStatusText } from '../../../vocabulary/jobStatus.ts';
import type { RunDetails, UnreadableFolder } from '../../../workbench/contract.ts';
import type { WorkbenchClient } from '../../../workbench/api.ts';
import { evaluationTable } from './evaluations.ts';
import { textTable } from './textTable.ts';

type Runs = WorkbenchClient['runs'];
type RunList = Awaited<ReturnType<Runs['list']>>;
type Comparison = Awaited<ReturnType<Runs['compare']>>;

export function runListText(list: RunList): string {
  if (list.length === 0) return 'There are no runs yet.';
  const table = textTable(
    ['Run', 'Name', 'Status', 'Started', 'Net', 'S>', 'Seed>', 'Dataset', 'Top-1>', 'Top-5>', 'Training'],
    list.map((run) => [
      run.id,
      run.name,
      run.unresponsiveSince === null ? run.status : 'not responding',
      momentText(run.startedAt),
      run.config,
      shownTrainScale(run.trainScale),
      String(run.seed),
      run.dataset,
      percentText(run.top1Error),
      percentText(run.top5Error),
      run.convergence ? convergenceText(run.convergence) : '',
    ]),
  );
  return `${table}\n\nErrors by the protocol, scales and checkpoint in each run's settings, on its own validation images.`;
}

export function unreadableText({ path, error }: UnreadableFolder): string {
  return `Cannot be read: ${path}. ${error.message} ${error.nextStep}`;
}

export function runText({
  run,
  evaluations,
  checkpoints,
  series,
  learning,
  convergence,
  folderMissing,
  onCluster,
}: RunDetails): string {
  const facts = factsOf({ run, learning, convergence, folderMissing, onCluster });
  const parts = [facts.map(([name = '', value = '']) => `${name.padEnd(10)}${oneLine(value)}`).join('\n')];
  if (evaluations.length > 0) parts.push(evaluationTable(evaluations));
  if (series.length > 0) {
    parts.push(
      textTable(
        ['Series', 'Latest>', 'Lowest>', 'at step>'],
        series.map(({ name, latest, lowest }) => [
          name,
          short(latest.value),
          lowest ? short(lowest.value) : '',
          lowest ? String(lowest.step) : '',
        ]),
      ),
    );
  }
  if (checkpoints.length > 0) {
    parts.push(
      textTable(
        ['Checkpoint', 'Step>', 'Epoch>', 'Size>'],
        checkpoints.map(({ kind, step, epoch, bytes }) => [
          kind,
          String(step),
          String(epoch),
          bytesText(bytes),
        ]),
      ),
    );
  }
  parts.push(stringify(run.config).trimEnd());
  return parts.join('\n\n');
}

/** What is known of a run, as names and values. */
function factsOf({
  run,
  learning,
  convergence,
  folderMissing,
  onCluster,
}: Pick<RunDetails, 'run' | 'learning' | 'convergence' | 'folderMissing' | 'onCluster'>): string[][] {
  const { environment, dataset } = run;
  return [
    ['Run', run.id],
    ['Name', run.name],
    [
      'Status',
      run.unresponsiveSince === null
        ? run.status
        : `${run.status}, not responding since ${momentText(run.unresponsiveSince)}`,
    ],
    ['Cluster', onCluster?.jobStatus ? jobStatusText(onCluster.jobStatus, Date.now()) : ''],
    ['Machine', run.status === 'running' ? (run.owner?.host ?? '') : ''],
    ['Started', run.startedAt === null ? '' : momentText(run.startedAt)],
    ['Ended', run.finishedAt === null ? '' : momentText(run.finishedAt)],
    [
      'Dataset',
      dataset
        ? `${dataset.name}, ${countText(dataset.trainImages)} + ${countText(dataset.valImages)} images`
        : '',
    ],
    ['Training', convergence ? convergenceSentence(convergence) : ''],
    ['Learning', learning ? learningText(learning) : ''],
    ['Device', environment ? `${environment.device}, ${environment.gpu ?? environment.cpu}` : ''],
    ['Versions', environment ? `TensorFlow ${environment.tensorflow ?? '?'}, Node ${environment.node}` : ''],
    ['Commit', environment?.commit ?? ''],
    ['Folder', folderMissing ? 'gone: only what the index holds is left' : ''],
    ['Error', run.error ? `${run.error.message} ${run.error.nextStep}` : ''],
  ].filter(([, value]) => value !== '');
}

export function comparisonText({ runs, differences }: Comparison): string {
  return textTable(
    ['', ...runs.map(({ id }) => id)],
    [
      ['status', ...runs.map(({ status }) => status)],
      ['top-1 error, own protocol', ...runs.map(({ top1Error }) => percentText(top1Error))],
      ['top-5 error, own protocol', ...runs.map(({ top5Error }) => percentText(top5Error))],
      ...differences.map(({ key, values }) => [
        key,
        ...values.map((value) => JSON.stringify(shownValue(key, value))),
      ]),
    ],
  );
}

function short(value: number): string {
  return value.toPrecision(5);
}
