import { pairedText } from '../output/paired.ts';
import { comparisonText, runListText, runText, unreadableText } from '../output/runs.ts';
import { pairedRuns } from '../pairedRuns.ts';
import type { AddCommand } from './AddCommand.ts';
import { addAnnotate } from './annotate.ts';
import { addDeletion } from './deletion.ts';
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
      const unreadable = await session.client.runs.unreadable();
      session.result(list, () => [runListText(list), ...unreadable.map(unreadableText)].join('\n'));
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
    .description(
      'several runs: only what differs, the best of each, and each image by image against the first',
    )
    .argument('<runs...>')
    .action(async (ids: string[]) => {
      const comparison = await session.client.runs.compare({ ids });
      const paired = await pairedRuns(
        session,
        comparison.runs.map(({ id }) => id),
      );
      session.result({ ...comparison, paired }, () =>
        [comparisonText(comparison), pairedText(paired)].join('\n\n'),
      );
    });

  addAnnotate(runs, session);
  addTransfers(runs, session);

  addDeletion(runs, session);
};
