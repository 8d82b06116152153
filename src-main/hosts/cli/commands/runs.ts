import { WorkbenchError } from '../../../foundation/errors.ts';
import { momentText } from '../../../vocabulary/moments.ts';
import { comparisonText, runListText, runText } from '../output/runs.ts';
import { textTable } from '../output/textTable.ts';
import type { AddCommand } from './AddCommand.ts';
import { addAnnotate } from './annotate.ts';
import { addTransfers } from './transfers.ts';
import { addRunLayers } from './runLayers.ts';

export const addRuns: AddCommand = (program, session) => {
  const runs = program.command('runs').description('what the log holds');

  runs
    .command('list', { isDefault: true })
    .description('all runs, newest first')
    .option('--status <STATUS>', 'only runs that stand so')
    .option('--limit <COUNT>', 'at most so many', Number)
    .action(async (options: { status?: string; limit?: number }) => {
      const list = await session.client.runs.list(options);
      session.result(list, () => runListText(list));
    });

  runs
    .command('show')
    .description('one run: settings, evaluations, checkpoints')
    .argument('<run>')
    .action(async (id: string) => {
      const details = await session.client.runs.get({ id });
      session.result(details, () => runText(details));
    });

  addRunLayers(runs, session);

  runs
    .command('compare')
    .description('several runs: only what differs, and the best of each')
    .argument('<runs...>')
    .action(async (ids: string[]) => {
      const comparison = await session.client.runs.compare({ ids });
      session.result(comparison, () => comparisonText(comparison));
    });

  addAnnotate(runs, session);
  addTransfers(runs, session);

  runs
    .command('delete')
    .description('move runs to the trash, from which they can be restored for 30 days')
    .argument('<runs...>')
    .option('--forever', 'delete them for good')
    .option('--yes', 'without asking, with --forever')
    .action(async (wanted: string[], { forever, yes }: { forever?: boolean; yes?: boolean }) => {
      if (forever === true && yes !== true && !(await confirmed(wanted))) {
        throw new WorkbenchError('not-confirmed', 'Nothing was deleted.', 'Confirm with --yes.');
      }
      const ids = await session.client.runs.remove({ ids: wanted, forever: forever ?? false });
      session.result({ deleted: ids }, () =>
        forever === true
          ? `Deleted ${ids.join(', ')}`
          : `In the trash: ${ids.join(', ')}. To take them back: vgg runs restore ${ids.join(' ')}`,
      );
    });

  runs
    .command('trash')
    .description('what was deleted and can be restored, the newest first')
    .action(async () => {
      const trashed = await session.client.runs.trash();
      session.result(trashed, () =>
        trashed.length === 0
          ? 'The trash is empty.'
          : textTable(
              ['Run', 'Name', 'Deleted'],
              trashed.map(({ id, name, removedAt }) => [id, name, momentText(removedAt)]),
            ),
      );
    });

  runs
    .command('restore')
    .description('take runs back from the trash')
    .argument('<runs...>')
    .action(async (wanted: string[]) => {
      const ids = await session.client.runs.restore({ ids: wanted });
      session.result({ restored: ids }, () => `Restored ${ids.join(', ')}`);
    });
};

/** Asks on a terminal; where nobody can answer, the answer is no. */
async function confirmed(wanted: readonly string[]): Promise<boolean> {
  if (!process.stdin.isTTY) return false;
  const { createInterface } = await import('node:readline/promises');
  const dialogue = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test(await dialogue.question(`Delete ${wanted.join(', ')} for good? [y/N] `));
  } finally {
    dialogue.close();
  }
}
