import type { Command } from 'commander';
import { WorkbenchError } from '../../../foundation/errors.ts';
import { momentText } from '../../../vocabulary/moments.ts';
import { textTable } from '../output/textTable.ts';
import type { Session } from '../Session.ts';

/** Commands that move runs to the trash, list it, and restore from it. */
export function addDeletion(runs: Command, session: Session): void {
  runs
    .command('delete')
    .description('move runs to the trash, from which they can be restored for 30 days')
    .argument('<runs...>')
    .option('--forever', 'delete them for good')
    .option('--yes', 'without asking, with --forever')
    .action(async (requested: string[], { forever, yes }: { forever?: boolean; yes?: boolean }) => {
      if (forever === true && yes !== true && !(await confirmed(requested))) {
        throw new WorkbenchError('not-confirmed', 'Nothing was deleted.', 'Confirm with --yes.');
      }
      const ids = await session.client.runs.remove({ ids: requested, forever: forever ?? false });
      const trash = new Set((await session.client.runs.trash()).map(({ id }) => id));
      session.result({ deleted: ids }, () => deletedText(ids, forever === true ? new Set() : trash));
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
    .action(async (requested: string[]) => {
      const ids = await session.client.runs.restore({ ids: requested });
      session.result({ restored: ids }, () => `Restored ${ids.join(', ')}`);
    });
}

/** Of a run whose folder was gone nothing is in the trash, so nothing can be taken back. */
function deletedText(ids: readonly string[], trash: ReadonlySet<string>): string {
  const kept = ids.filter((id) => trash.has(id));
  const gone = ids.filter((id) => !trash.has(id));
  return [
    ...(kept.length === 0
      ? []
      : [
          `In the trash: ${kept.join(', ')}. To take them back: npm run -s vgg -- runs restore ${kept.join(' ')}`,
        ]),
    ...(gone.length === 0 ? [] : [`Deleted ${gone.join(', ')}`]),
  ].join('\n');
}

/** Asks on a terminal; without a terminal the answer is no. */
async function confirmed(requested: readonly string[]): Promise<boolean> {
  if (!process.stdin.isTTY) return false;
  const { createInterface } = await import('node:readline/promises');
  const dialogue = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test(await dialogue.question(`Delete ${requested.join(', ')} for good? [y/N] `));
  } finally {
    dialogue.close();
  }
}
