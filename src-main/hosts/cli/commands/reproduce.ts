import { Option, type Command } from 'commander';
import { join, resolve } from 'node:path';
import { requireFolder } from '../../../foundation/files.ts';
import { reportJson, reportText } from '../output/reports.ts';
import { StudyView } from '../output/StudyView.ts';
import { ensureEngine } from '../ensureEngine.ts';
import { exitCodeOf, exitCodes } from '../exitCodes.ts';
import type { Session } from '../Session.ts';
import { writeTables } from '../writeTables.ts';
import type { AddCommand } from './AddCommand.ts';

interface Options {
  preset: string;
  data?: string;
  seeds?: number[];
  out?: string;
  fresh?: boolean;
  study?: string;
}

export const addReproduce: AddCommand = (program, session) => {
  program
    .command('reproduce')
    .description("train every net of the paper's Tables 3 and 4 and write both tables")
    .argument('[settings...]', 'any key of the configuration as key.path=value, over the preset')
    .option('--preset <NAME>', 'how large and how long (see vgg presets)', 'quick')
    .option('--data <DIR>', "a folder of images, or a dataset that ships, in place of the preset's")
    .option('--seeds <NUMBER,…>', 'train every net once for each, for mean and deviation', (text) =>
      text.split(',').map((seed) => (/^\d+$/.test(seed.trim()) ? Number(seed) : NaN)),
    )
    .option('--out <DIR>', 'where the tables go (default: tables/ in the data folder)')
    .option('--fresh', 'start a new study even if there is one of the same settings')
    .addOption(new Option('--study <ID>', 'go on with this study').conflicts(['data', 'seeds', 'fresh']))
    .action(async (settings: string[], options: Options, command: Command) => {
      if (
        options.study !== undefined &&
        (settings.length > 0 || command.getOptionValueSource('preset') === 'cli')
      ) {
        command.error('error: --study goes on with the settings the study has: give no others');
      }
      await reproduce(session, options, settings);
    });
};

async function reproduce(session: Session, options: Options, overrides: string[]): Promise<void> {
  const { client, progress } = session;
  const { preset, data, seeds, fresh, study } = options;
  const { id: wanted, known } =
    study === undefined
      ? await client.studies.create({ preset, dataset: data, seeds, overrides, fresh })
      : { id: study, known: true };
  const { id, status } = (await client.studies.get({ id: wanted })).study;
  const folder = resolve(options.out ?? join(session.home, 'tables', id));
  requireFolder(folder);
  if (status === 'finished') {
    progress.note(`Study ${id} has been finished before; --fresh trains everything anew.`);
  } else {
    progress.note(`Study ${id}${known ? ', taken up again' : ''}`);
  }
  // Also a finished one: it trains again what was deleted of it since.
  await ensureEngine(session);
  await client.studies.start({ id });
  await followStudy(session, id);
  const tables = await writeTables(session, id, folder);
  const { study: ended } = await client.studies.get({ id });
  session.result({ study: id, status: ended.status, tables: folder }, () => tables.join('\n'));
  progress.note(`Tables: ${folder} (CSV, Markdown, LaTeX)\nRuns: ${join(session.home, 'runs')}`);
  if (ended.status !== 'finished') progress.note(`Go on with: npm run -s vgg -- reproduce --study ${id}`);
}

async function followStudy(session: Session, id: string): Promise<void> {
  const { client, interrupts, progress } = session;
  const view = new StudyView(progress);
  const stop = async (now: boolean) => {
    if (!now) progress.note('Stopping after this step, with a checkpoint. Ctrl+C again ends it at once.');
    await client.studies.stop({ id, now });
  };
  await interrupts.during(stop, async () => {
    for await (const event of await client.studies.watch({ id })) {
      if (session.json)
        session.line(
          event.type === 'ended' && event.error ? { ...event, error: reportJson(event.error) } : event,
        );
      view.show(event.snapshot);
      if (event.type !== 'ended') continue;
      const { status, error } = event;
      if (error) process.stderr.write(reportText(error));
      if (status !== 'finished') session.exitCode = error ? exitCodeOf(error.kind) : exitCodes.interrupted;
    }
  });
}
