import type { Session } from './Session.ts';
import { bytesText } from '../../vocabulary/bytes.ts';
import type { SetupEvent } from '../../workbench/contract.ts';

type SetupProgress = Extract<SetupEvent, { type: 'progress' }>['progress'];
type Engine = Extract<SetupEvent, { type: 'ready' }>['engine'];

/** Provides the engine if it is missing, with visible progress; an interruption keeps what was fetched so far. */
export async function ensureEngine(
  session: Session,
  options: { gpu?: boolean; verify?: boolean } = {},
): Promise<Engine> {
  const { client, interrupts, progress } = session;
  const interruption = new AbortController();
  const engine = await interrupts.during(
    () => {
      interruption.abort();
    },
    async () => {
      let step = '';
      for await (const event of await client.setup(options, { signal: interruption.signal })) {
        if (event.type === 'ready') return event.engine;
        const { stage, subject } = event.progress;
        if (stage === 'ready') continue;
        if (step !== `${stage} ${subject}`) {
          step = `${stage} ${subject}`;
          progress.note(`Set-up: ${words[stage]} ${subject}`);
        }
        progress.show([sizes(event.progress)]);
      }
      return undefined;
    },
  );
  progress.clear();
  if (engine) return engine;
  throw new Error('A set-up ends with an engine or an error.');
}

const words = {
  wait: 'waiting for another process that provides',
  download: 'downloading',
  verify: 'verifying',
  extract: 'extracting',
  compile: 'compiling',
  ready: 'ready:',
} satisfies Record<SetupProgress['stage'], string>;

function sizes({ doneBytes, totalBytes }: SetupProgress): string {
  if (doneBytes === undefined) return '  …';
  if (totalBytes === undefined || totalBytes === 0) return `  ${bytesText(doneBytes)}`;
  const percent = Math.floor((100 * doneBytes) / totalBytes);
  return `  ${percent} % · ${bytesText(doneBytes)} of ${bytesText(totalBytes)}`;
}
