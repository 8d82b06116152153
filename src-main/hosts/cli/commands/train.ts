import type { Command } from 'commander';
import { defined } from '../../../foundation/defined.ts';
import { denseNote } from '../../../vocabulary/protocolGap.ts';
import type { Run } from '../../../workbench/contract.ts';
import { ensureEngine } from '../ensureEngine.ts';
import { followMove } from '../followMove.ts';
import { followOnCluster, addClusterOptions, targetOf, type ClusterOptions } from '../onCluster.ts';
import { followRun, reportRun } from '../followRun.ts';
import { noteLines } from '../output/findings.ts';
import { requireMemory, addMemoryOption, type MemoryOptions } from '../requireMemory.ts';
import type { Session } from '../Session.ts';
import { sourcesOf, addSources, addSettings } from '../settings.ts';
import type { AddCommand } from './AddCommand.ts';

export const addTrain: AddCommand = (program, session, keys) => {
  const train = program
    .command('train')
    .description('train a net, evaluate it, and keep both in the log')
    .argument('[settings...]', 'any key of the configuration as key.path=value (see vgg keys)')
    .option('--name <TEXT>', 'a name for the run');
  addSettings(addSources(addMemoryOption(addClusterOptions(train))), keys).action(
    async (settings: string[], _: unknown, command: Command) => {
      const { name, ...options } = command.opts<{ name?: string } & ClusterOptions & MemoryOptions>();
      const sources = sourcesOf(command, settings);
      if (targetOf(session, options) === undefined) {
        // What cannot be looked at is refused below, by its own reason.
        const preview = await session.client.preview(sources).catch(() => null);
        if (preview?.cost) requireMemory(preview.cost, options);
      }
      const { id, notes } = await session.client.runs.create({ ...sources, name });
      for (const line of noteLines(notes)) session.progress.note(line);
      const { config } = (await session.client.runs.get({ id })).run;
      const scoring = denseNote(config.network.crop, config.evaluation.protocol);
      if (scoring !== null) session.progress.note(`Note: ${scoring}`);
      await trainRun(session, id, options);
    },
  );

  addClusterOptions(program.command('resume'))
    .description('go on with a run that was interrupted or failed')
    .argument('<run>', 'its id, the beginning of it, its last four characters, or its name')
    .option(
      '--from-best',
      'from its best checkpoint, if the last is damaged: the epochs since are trained again',
    )
    .option('--data <DIR>', 'where its images are now, if they were moved')
    .option('--epochs <COUNT>', 'train it for so many epochs in all, also if it is finished', Number)
    .action(async (requested: string, { fromBest, data, epochs, ...options }: ResumeOptions) => {
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
            `To train it further: npm run -s vgg -- resume ${run.id} --epochs ${2 * run.config.training.epochs}.`,
            `To start a new run from its weights: npm run -s vgg -- train --from ${run.id}.`,
          ].join(' '),
        );
        await reportRun(session, run.id);
        return;
      }
      await trainRun(session, run.id, { ...options, ...defined({ fromBest }) });
    });
};

/** Trains a run here or on a cluster, or attaches to it if it is on one. */
async function trainRun(
  session: Session,
  id: string,
  { fromBest, detach = false, ...options }: ClusterOptions & { fromBest?: true },
): Promise<void> {
  const { client } = session;
  const on = targetOf(session, options);
  const known = on ? undefined : (await client.cluster.list()).find((one) => one.id === id);
  const cluster = on?.cluster ?? known?.cluster;
  if (cluster === undefined) {
    await ensureEngine(session);
    await client.runs.start({ id, fromBest });
    await followRun(session, id);
    return;
  }
  session.progress.note(`Run ${id}`);
  if (session.json) session.line({ type: 'run', run: id });
  if (on) await client.runs.start({ id, fromBest, on });
  const again = `npm run -s vgg -- resume ${id}`;
  if (await followOnCluster(session, { id, cluster, again, detach })) await reportRun(session, id);
}

interface ResumeOptions extends ClusterOptions {
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
