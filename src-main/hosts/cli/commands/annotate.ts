import { InvalidArgumentError, type Command } from 'commander';
import type { Session } from '../Session.ts';

type Annotation = Omit<Parameters<Session['client']['runs']['annotate']>[0], 'id' | 'pinned'> & {
  pin?: boolean;
};

/** `runs annotate`: what people note about a run; training neither reads nor changes it. */
export function addAnnotate(runs: Command, session: Session): void {
  runs
    .command('annotate')
    .description('name, tag, colour or pin a run, or write notes about it; what is left out stays')
    .argument('<run>')
    .option('--name <TEXT>')
    .option('--tags <TAG,…>', 'in place of those it has; empty for none', (text) =>
      text
        .split(',')
        .map((tag) => tag.trim())
        .filter((tag) => tag !== ''),
    )
    .option('--notes <TEXT>')
    .option('--colour <#RRGGBB>', 'of its curves; none takes the palette', readColour)
    .option('--pin', 'to the top of the list')
    .option('--no-pin', 'back to its place')
    .action(async (id: string, { pin, ...changes }: Annotation) => {
      const { client } = session;
      await client.runs.annotate({ id, ...changes, pinned: pin });
      const { run } = await client.runs.get({ id });
      const { name, tags, notes, colour, pinned } = run;
      session.result({ run: run.id, name, tags, notes, colour, pinned }, () => `Annotated ${run.id}`);
    });
}

function readColour(text: string): string | null {
  if (text === 'none') return null;
  if (/^#[0-9a-f]{6}$/i.test(text)) return text.toLowerCase();
  throw new InvalidArgumentError('A colour is written #rrggbb, or none.');
}
