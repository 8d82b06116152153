import { comparisonOf } from '../../studies/title.ts';
import type { TrashedThing } from '../contract.ts';
import { implementer } from '../implementer.ts';

const { trash } = implementer;

export const trashHandlers = trash.router({
  list: trash.list.handler(async ({ context: { log } }) => {
    const runs = await Promise.all(
      log.trash.list().map(async ({ id, name, removedAt }): Promise<TrashedThing> => ({
        kind: 'run',
        id,
        name,
        comparison: null,
        preset: null,
        removedAt,
        bytes: await log.trash.bytesOf(id),
      })),
    );
    const studies = log.studies.trashed().map(({ id, removedAt, bytes, record }): TrashedThing => ({
      kind: 'study',
      id,
      removedAt,
      bytes,
      name: record?.name ?? '',
      comparison: record && comparisonOf(record),
      preset: record?.preset ?? null,
    }));
    return [...runs, ...studies].sort((one, other) => other.removedAt.localeCompare(one.removedAt));
  }),

  restore: trash.restore.handler(async ({ input, context: { log } }) => {
    // A run goes back to its places in the studies that are there, and a study to the runs that are there.
    const records = input.studies.map((id) => log.studies.restore(id));
    for (const id of input.runs) await log.restore(id);
    for (const record of records) log.studies.takeIn(record);
    return undefined;
  }),

  empty: trash.empty.handler(({ input, context: { log } }) => {
    for (const id of input.runs) log.trash.delete(id);
    for (const id of input.studies) log.studies.deleteTrashed(id);
    return undefined;
  }),
});
