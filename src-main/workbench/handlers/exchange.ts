import { resolve } from 'node:path';
import { exportArchive, exportEventFiles, exportFolders } from '../../exchange/exportRuns.ts';
import { importRuns } from '../../exchange/importRuns.ts';
import { Transfer, type TransferProgress } from '../../exchange/Transfer.ts';
import { WorkbenchError } from '../../foundation/errors.ts';
import type { RunLog } from '../../runs/RunLog.ts';
import type { ExportEvent, ImportEvent } from '../contract.ts';
import { implementer } from '../implementer.ts';
import { streamOf } from '../streamOf.ts';

const { exchange } = implementer;
const millisecondsBetweenEvents = 100;

export const exchangeHandlers = exchange.router({
  export: exchange.export.handler(({ input, context: { log }, signal }) =>
    streamOf<ExportEvent>((emit) =>
      transferring(emit, signal, async (transfer) => {
        const target = resolve(input.target);
        const paths = await exportAs(log, { ...input, target }, transfer);
        emit({ type: 'exported', paths });
      }),
    ),
  ),

  import: exchange.import.handler(({ input, context: { log }, signal }) =>
    streamOf<ImportEvent>((emit) =>
      transferring(emit, signal, async (transfer) => {
        const { runs, studies } = await importRuns(log, input.path, transfer);
        emit({ type: 'imported', runs: runs.map(({ id }) => id), studies });
      }),
    ),
  ),
});

type Export = Parameters<Parameters<typeof exchange.export.handler>[0]>[0]['input'];

/** @returns the paths of what was written */
async function exportAs(log: RunLog, wanted: Export, transfer: Transfer): Promise<string[]> {
  const { target } = wanted;
  const ids = wanted.runs.map((id) => log.runs.resolve(id));
  switch (wanted.as) {
    case 'folders':
      return await exportFolders(log, ids, target, transfer);
    case 'archive':
      return await exportArchive(log, ids, wanted.studies, target, transfer);
    case 'tensorboard':
      return await exportEventFiles(log, ids, target, transfer);
  }
}

/** Tells how far a transfer is, now and then, and that it was stopped. */
async function transferring(
  emit: (event: Extract<ExportEvent, { type: 'progress' }>) => void,
  signal: AbortSignal | undefined,
  work: (transfer: Transfer) => Promise<void>,
): Promise<void> {
  let toldAt = -Infinity;
  const tell: TransferProgress = (doneBytes, totalBytes) => {
    if (performance.now() - toldAt < millisecondsBetweenEvents) return;
    toldAt = performance.now();
    emit({ type: 'progress', doneBytes, totalBytes });
  };
  try {
    await work(new Transfer(tell, signal));
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
