import type { Command } from 'commander';
import type { Run } from '../../../workbench/contract.ts';
import { ensureEngine } from '../ensureEngine.ts';
import { followMove } from '../followMove.ts';
import { followRun, reportRun } from '../followRun.ts';
import { noteLines } from '../output/findings.ts';
import type { Session } from '../Session.ts';
import { sourcesOf, takesSources, takesSettings } from '../settings.ts';
import type { AddCommand } from './AddCommand.ts';

export const addTrain: AddCommand = (program, session, keys) => {
  const train = program
    .command('train')
    .description('train a net, evaluate it, and keep both in the log')
    .argument('[settings...]', 'any key of the configuration as key.path=value (see vgg keys)')
    .option('--name <TEXT>', 'a name for the run');
  takesSettings(takesSources(train), keys).action(
    async (settings: string[], _: unknown, command: Command) => {
      const { name } = command.opts<{ name?: string }>();
      const { id, notes } = await session.client.runs.create({ ...sourcesOf(command, settings), name });
      for (const line of noteLines(notes)) session.progress.note(line);
      await ensureEngine(session);
      await session.client.runs.start({ id });
      await followRun(session, id);
    },
  );

  program
    .command('resume')
    .description('go on with a run that was interrupted or failed')
    .argument('<run>', 'its id, the beginning of it, or its last four characters')
    .option(
      '--from-best',
      'from its best checkpoint, if the last is damaged: the epochs since are trained again',
    )
    .option('--data <DIR>', 'where its images are now, if they were moved')
    .option('--epochs <COUNT>', 'train it for so many epochs in all, also if it is finished', Number)
    .action(async (requested: string, { fromBest, data, epochs }: ResumeOptions) => {
      const { run } = await session.client.runs.get({ id: requested });
      if (data !== undefined) {
        const moving = await session.client.runs.moveImages({ id: run.id, dataset: data });
        await followMove(session, moving, 'run');
      }
      if (epochs !== undefined) await prolong(session, run, epochs);
      else if (run.status === 'finished') {
        session.progress.note(
          [
            `Run ${run.id} is finished.`,
            `To train it further: vgg resume ${run.id} --epochs ${2 * run.config.training.epochs}.`,
            `To start a new run from its weights: vgg train --from ${run.id}.`,
          ].join(' '),
        );
        await reportRun(session, run.id);
        return;
      }
      await ensureEngine(session);
      await session.client.runs.start({ id: run.id, fromBest });
      await followRun(session, run.id);
    });
};

interface ResumeOptions {
  fromBest?: true;
  data?: string;
  /** NaN for what is no number, which the workbench refuses. */
  epochs?: number;
}

async function prolong(session: Session, { id, notes }: Run, epochs: number): Promise<void> {
  await session.client.runs.extend({ id, epochs });
  const { run } = await session.client.runs.get({ id });
  if (run.notes !== notes)
    session.progress.note(`Noted with the run: ${run.notes.slice(notes.length).trim()}`);
}
