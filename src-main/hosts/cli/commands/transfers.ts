import { Option, type Command } from 'commander';
import { WorkbenchError } from '../../../foundation/errors.ts';
import type { ExportFormat } from '../../../workbench/contract.ts';
import { followTransfer } from '../followTransfer.ts';
import type { Session } from '../Session.ts';

interface ExportOptions {
  folder?: string;
  archive?: string;
  tensorboard?: string;
  study?: string[];
  weights?: string;
  format?: ExportFormat;
  checkpoint?: string;
}

const formats: readonly ExportFormat[] = ['safetensors', 'onnx', 'tfjs'];

/** Adds the commands that export and import runs to the group of commands about runs. */
export function addTransfers(runs: Command, session: Session): void {
  runs
    .command('export')
    .description('copy runs for another machine or program; nothing that exists is written over')
    .argument('[runs...]')
    .option('--folder <DIR>', 'each as a folder in DIR, from which it can be imported')
    .option('--archive <FILE>', 'all in one .zip file, which can be imported')
    .option('--study <ID...>', 'with --archive: studies, and all their runs')
    .option(
      '--tensorboard <DIR>',
      "TensorBoard's event files, in a log directory; made again, they follow the run",
    )
    .option(
      '--weights <PATH>',
      'the net of one run, for other programs: its name ends with .safetensors or .onnx',
    )
    .addOption(
      new Option('--format <FORMAT>', 'of the weights; tfjs is a folder for TensorFlow.js').choices(formats),
    )
    .option('--checkpoint <KIND>', 'of the weights: best, last or of an epoch, epoch-0003 (default: best)')
    .action(async (ids: string[], options: ExportOptions) => {
      const request = exportRequest(ids, options);
      const { paths } = await followTransfer(session, (signal) =>
        session.client.exchange.export(request, { signal }),
      );
      session.result({ exported: paths }, () => paths.map((path) => `Exported to ${path}`).join('\n'));
    });

  runs
    .command('import')
    .description('take in the folder of a run, or an archive: all of it or nothing')
    .argument('<path>')
    .action(async (path: string) => {
      const imported = await followTransfer(session, (signal) =>
        session.client.exchange.import({ path }, { signal }),
      );
      const { runs: ids, studies, known } = imported;
      session.result({ imported: ids, studies, known }, () =>
        [
          ...ids.map((id) => (known.includes(id) ? `Here already, unchanged: ${id}` : `Imported ${id}`)),
          ...studies.map((id) => `Imported study ${id}`),
        ].join('\n'),
      );
    });
}

type ExportRequest = Parameters<Session['client']['exchange']['export']>[0];

/** @throws WorkbenchError `usage` unless exactly one export is named */
function exportRequest(runs: string[], options: ExportOptions): ExportRequest {
  const { folder, archive, tensorboard, study, weights, format } = options;
  const requests: ExportRequest[] = [];
  if (folder !== undefined) requests.push({ as: 'folders', runs, target: folder });
  if (archive !== undefined) requests.push({ as: 'archive', runs, studies: study ?? [], target: archive });
  if (tensorboard !== undefined) requests.push({ as: 'tensorboard', runs, target: tensorboard });
  if (weights !== undefined) requests.push(requestedWeights(runs, weights, options));
  const [first, second] = requests;
  if (first === undefined || second !== undefined) {
    throw usage(
      'An export makes one thing.',
      'Give one of --folder, --archive, --tensorboard and --weights.',
    );
  }
  if (study !== undefined && first.as !== 'archive')
    throw usage('Only an archive takes studies.', 'Give --archive with --study.');
  if ((format ?? options.checkpoint) !== undefined && first.as !== 'weights')
    throw usage(
      'Only weights have a format and a checkpoint.',
      'Give --weights with --format and --checkpoint.',
    );
  return first;
}

function requestedWeights(
  runs: readonly string[],
  target: string,
  { format, checkpoint }: ExportOptions,
): ExportRequest {
  const [run, second] = runs;
  if (run === undefined || second !== undefined)
    throw usage('Weights are those of one run.', 'Name one run with --weights.');
  const chosen = format ?? formats.find((each) => target.endsWith(`.${each}`));
  if (chosen === undefined)
    throw usage(`${target} does not name a format.`, 'Give --format safetensors, onnx or tfjs.');
  return { as: 'weights', run, target, format: chosen, checkpoint };
}

function usage(fact: string, nextStep: string): WorkbenchError {
  return new WorkbenchError('usage', fact, nextStep);
}
