import { openBox } from '../../exchange/box.ts';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { zipFolder } from '../../exchange/archive/zipFolder.ts';
import { exportArchive, exportEventFiles, exportFolders, requireNew } from '../../exchange/exportRuns.ts';
import { importRuns } from '../../exchange/importRuns.ts';
import { Transfer, type TransferProgress } from '../../exchange/Transfer.ts';
import { exportWeights } from '../../exchange/weights/exportWeights.ts';
import { WorkbenchError } from '../../foundation/errors.ts';
import { safeFileName } from '../../foundation/safeFileName.ts';
import { expanded } from '../../foundation/home.ts';
import type { ExportEvent, ImportEvent } from '../contract.ts';
import { classNamesOf } from '../images/classNames.ts';
import { implementer } from '../implementer.ts';
import { checkpointView } from '../images/insightInput.ts';
import { targetOf } from '../inputs/targets.ts';
import { removeImported } from '../inputs/uploads.ts';
import { streamOf } from '../streamOf.ts';
import type { Download } from '../Downloads.ts';
import type { Workbench } from '../Workbench.ts';

const { exchange } = implementer;
const millisecondsBetweenEvents = 100;

export const exchangeHandlers = exchange.router({
  export: exchange.export.handler(({ input, context, signal }) =>
    streamOf<ExportEvent>((emit) =>
      transferring(emit, signal, async (transfer) => {
        if (input.target === null) {
          const { id, name, bytes } = await offered(context, input, transfer);
          emit({ type: 'exported', paths: [], download: { id, name, bytes } });
          return;
        }
        const target = targetOf(context.host, input.target, endingOf(input));
        const paths = await exportAs(context, { ...input, target }, transfer);
        emit({ type: 'exported', paths, download: null });
      }),
    ),
  ),

  import: exchange.import.handler(({ input, context: { log, home }, signal }) =>
    streamOf<ImportEvent>((emit) =>
      transferring(emit, signal, async (transfer) => {
        const { runs, studies, known } = await importRuns(log, expanded(input.path), transfer);
        removeImported(home, expanded(input.path));
        emit({ type: 'imported', runs: runs.map(({ id }) => id), studies, known });
      }),
    ),
  ),

  box: exchange.box.handler(async ({ context: { log } }) => ({ run: await openBox(log) })),
});

type Export = Parameters<Parameters<typeof exchange.export.handler>[0]>[0]['input'];

type Targeted = Export & { target: string };

/** What the name of the file ends with; null for a folder. */
function endingOf(requested: Export): string | null {
  if (requested.as === 'archive') return '.zip';
  return requested.as === 'weights' && requested.format !== 'tfjs' ? `.${requested.format}` : null;
}

/** Writes an export where a browser can fetch it, in one file. @throws WorkbenchError `no-downloads` */
async function offered(context: Workbench, requested: Export, transfer: Transfer): Promise<Download> {
  if (context.host.kind !== 'browser') {
    throw new WorkbenchError(
      'no-downloads',
      'Only a browser can fetch an export.',
      'Give a place to write it to.',
    );
  }
  const ending = endingOf(requested);
  const name = offeredName(requested);
  return await context.downloads.offer(`${name}${ending ?? '.zip'}`, async (path, folder) => {
    const target = ending === null ? join(folder, name) : path;
    await exportAs(context, { ...requested, target }, transfer);
    if (ending !== null) return;
    await zipFolder(target, path);
    rmSync(target, { recursive: true, force: true });
  });
}

/** What it is called, without an ending. */
function offeredName(requested: Export): string {
  if (requested.as === 'weights') {
    return safeFileName(
      `${requested.run}-${requested.checkpoint}${requested.format === 'tfjs' ? '-tfjs' : ''}`,
    );
  }
  const studies = requested.as === 'archive' ? requested.studies : [];
  const [first = 'nothing', ...others] = [...studies, ...requested.runs];
  const kind = { archive: '', folders: '-folders', tensorboard: '-tensorboard' }[requested.as];
  return safeFileName(`${others.length === 0 ? first : `${others.length + 1}-exports`}${kind}`);
}

/** @returns the paths of what was written */
async function exportAs(context: Workbench, requested: Targeted, transfer: Transfer): Promise<string[]> {
  const { log } = context;
  const { target } = requested;
  const resolved = (ids: readonly string[]) => [...new Set(ids.map((id) => log.runs.resolve(id)))];
  switch (requested.as) {
    case 'folders':
      return await exportFolders(log, resolved(requested.runs), target, transfer);
    case 'archive': {
      const contents = { runs: resolved(requested.runs), studies: requested.studies };
      return await exportArchive(log, contents, target, transfer);
    }
    case 'tensorboard':
      return await exportEventFiles(log, resolved(requested.runs), target, transfer);
    case 'weights': {
      const { run, view } = checkpointView(context, requested);
      requireNew(target);
      const classes = await classNamesOf(context, run);
      const checkpoint = { run, path: view.checkpoint, kind: requested.checkpoint, classes };
      await exportWeights(checkpoint, requested.format, target, transfer);
      return [target];
    }
  }
}

/** Reports the progress of a transfer from time to time, and that it was stopped. */
async function transferring(
  emit: (event: Extract<ExportEvent, { type: 'progress' }>) => void,
  signal: AbortSignal | undefined,
  work: (transfer: Transfer) => Promise<void>,
): Promise<void> {
  // Short transfers are not reported.
  let reportedAt = performance.now();
  const report: TransferProgress = (doneBytes, totalBytes) => {
    if (performance.now() - reportedAt < millisecondsBetweenEvents) return;
    reportedAt = performance.now();
    emit({ type: 'progress', doneBytes, totalBytes });
  };
  try {
    await work(new Transfer(report, signal));
  } catch (error) {
    if (signal?.aborted !== true || error !== signal.reason) throw error;
    throw new WorkbenchError(
      'transfer-interrupted',
      'It was stopped, and nothing of it was kept.',
      'Start it again.',
      { kind: 'interrupted', cause: error },
    );
  }
}
