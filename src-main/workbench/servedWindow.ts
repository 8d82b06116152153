import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { WorkbenchError } from '../foundation/errors.ts';
import { writeFileAtomically } from '../foundation/files.ts';
import { ownerAlive, isThisProcess, ownerOf } from '../runs/owner.ts';
import { ownerSchema } from '../runs/records.ts';
import type { Workbench } from './Workbench.ts';

const servedSchema = ownerSchema.extend({ port: z.int() });
type Served = z.infer<typeof servedSchema>;

/** Notes at which port this process serves a data folder, for whoever starts another; returns what takes the note back. */
export function noteServed(home: string, port: number): () => void {
  try {
    writeFileAtomically(pathIn(home), `${JSON.stringify({ ...ownerOf(process.pid), port })}\n`);
  } catch {
    // On a full disk the next start says less.
  }
  return () => {
    const noted = read(home);
    if (noted && isThisProcess(noted)) rmSync(pathIn(home), { force: true });
  };
}

/**
 * What to say where another program works through the queue of the data folder; undefined where none does.
 *
 * @param path of the window, the same for all that serve the folder
 */
export function otherWindow(workbench: Workbench, path: string): string | undefined {
  try {
    void workbench.queue;
    return undefined;
  } catch (error) {
    // What else is wrong with the queue, the window says.
    if (!(error instanceof WorkbenchError) || error.code !== 'queue-elsewhere') return undefined;
    const noted = read(workbench.home);
    const at =
      noted && ownerAlive(noted, null)
        ? `Its window is at http://127.0.0.1:${noted.port}${path} for the browser that it admitted.\n`
        : '';
    return (
      `Another program is open on this data folder, ${workbench.home}. ${error.message}\n${at}` +
      'Both show the same runs, but only the other trains what is started or waits, until it ends.\n'
    );
  }
}

function read(home: string): Served | undefined {
  try {
    return servedSchema.parse(JSON.parse(readFileSync(pathIn(home), 'utf8')));
  } catch {
    return undefined;
  }
}

function pathIn(home: string): string {
  return join(home, 'browser-server.json');
}
