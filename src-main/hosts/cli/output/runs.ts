import { stringify } from 'yaml';
import type { RunDetails } from '../../../workbench/contract.ts';
import type { WorkbenchClient } from '../../../workbench/api.ts';
import { evaluationTable } from './evaluations.ts';
import { formatBytes, formatCount, formatError, formatScales, formatTime } from './format.ts';
import { textTable } from './textTable.ts';

type Runs = WorkbenchClient['runs'];
type RunList = Awaited<ReturnType<Runs['list']>>;
type Comparison = Awaited<ReturnType<Runs['compare']>>;

export function runListText(list: RunList): string {
  if (list.length === 0) return 'There are no runs yet.';
  const table = textTable(
    ['Run', 'Name', 'Status', 'Started', 'Net', 'S>', 'Seed>', 'Dataset', 'Top-1>', 'Top-5>'],
    list.map((run) => [
      run.id,
      run.name,
      run.status,
      formatTime(run.startedAt),
      run.config,
      formatScales(run.trainScale, '-'),
      String(run.seed),
      run.dataset,
      formatError(run.top1Error),
      formatError(run.top5Error),
    ]),
  );
  return `${table}\n\nErrors by the protocol, scales and checkpoint in each run's settings, on its own validation images.`;
}

export function runText({
  run,
  evaluations,
  checkpoints,
  series,
  learning,
  folderMissing,
}: RunDetails): string {
  const { environment, dataset } = run;
  const facts = [
    ['Run', run.id],
    ['Name', run.name],
    ['Status', run.status],
    ['Started', formatTime(run.startedAt)],
    ['Ended', formatTime(run.finishedAt)],
    [
      'Dataset',
      dataset
        ? `${dataset.name}, ${formatCount(dataset.trainImages)} + ${formatCount(dataset.valImages)} images`
        : '',
    ],
    ['Learning', learning ? learningText(learning) : ''],
    ['Device', environment ? `${environment.device}, ${environment.gpu ?? environment.cpu}` : ''],
    ['Versions', environment ? `TensorFlow ${environment.tensorflow ?? '?'}, Node ${environment.node}` : ''],
    ['Commit', environment?.commit ?? ''],
    ['Folder', folderMissing ? 'gone: only what the index holds is left' : ''],
    ['Error', run.error ? `${run.error.message} ${run.error.nextStep}` : ''],
  ].filter(([, value]) => value !== '');
  const parts = [facts.map(([name = '', value = '']) => `${name.padEnd(10)}${value}`).join('\n')];
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
          formatBytes(bytes),
        ]),
      ),
    );
  }
  parts.push(stringify(run.config).trimEnd());
  return parts.join('\n\n');
}

/** Whether a net learns: `stalled at chance level (a loss of 2.30) since step 300`. */
function learningText({ kind, step, chanceLoss }: NonNullable<RunDetails['learning']>): string {
  const chance = `chance level (a loss of ${chanceLoss.toFixed(2)})`;
  switch (kind) {
    case 'learns':
      return `better than ${chance} since step ${step ?? 0}`;
    case 'stalled':
      return step === null ? `never left ${chance}` : `stalled at ${chance} since step ${step}`;
    case 'diverged':
      return `diverged: the loss was no longer a number at step ${step ?? 0}`;
  }
}

export function comparisonText({ runs, differences }: Comparison): string {
  return textTable(
    ['', ...runs.map(({ id }) => id)],
    [
      ['status', ...runs.map(({ status }) => status)],
      ['top-1 error, own protocol', ...runs.map(({ top1Error }) => formatError(top1Error))],
      ['top-5 error, own protocol', ...runs.map(({ top5Error }) => formatError(top5Error))],
      ...differences.map(({ key, values }) => [key, ...values.map((value) => JSON.stringify(value))]),
    ],
  );
}

function short(value: number): string {
  return value.toPrecision(5);
}
