import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildFolder } from '../../../src-main/foundation/project.ts';

/* Runs the built main process with the stand-in for Electron, and does in it what a test asks for. */

const standIn = pathToFileURL(join(import.meta.dirname, 'electron.ts')).href;
registerHooks({
  resolve: (name, context, next) =>
    name === 'electron' ? { url: standIn, shortCircuit: true } : next(name, context),
});

interface Question {
  id: number;
  /** A function as text, called with the stand-in and the argument. */
  work: string;
  argument: unknown;
}

type Work = (electron: unknown, argument: unknown) => unknown;

process.on('message', (question) => {
  void answer(question as Question);
});
// The test is gone.
process.on('disconnect', () => {
  void import('./chromium.ts').then(({ closeChromium }) => closeChromium()).finally(() => process.exit(1));
});
await import(pathToFileURL(join(buildFolder, 'main', 'hosts', 'electron', 'main.js')).href);

async function answer({ id, work, argument }: Question): Promise<void> {
  try {
    const source = `data:text/javascript,${encodeURIComponent(`export default ${work};`)}`;
    const { default: perform } = (await import(source)) as { default: Work };
    process.send?.({ type: 'answer', id, value: await perform(await import(standIn), argument) });
  } catch (error) {
    process.send?.({ type: 'answer', id, error: error instanceof Error ? error.message : String(error) });
  }
}
