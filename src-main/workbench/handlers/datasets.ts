import { join, resolve } from 'node:path';
import { downloadsFolder, fetchedFolder, fetchSet } from '../../data/fetched/fetchSet.ts';
import { namedDatasets, namedDataset, type NamedDataset } from '../../data/namedDatasets.ts';
import type { FetchableSet } from '../../data/fetched/catalogue.ts';
import { WorkbenchError } from '../../foundation/errors.ts';
import { expanded } from '../../foundation/home.ts';
import type { FetchProgress } from '../../vocabulary/fetchProgress.ts';
import type { DatasetFacts, FetchEvent } from '../contract.ts';
import { implementer } from '../implementer.ts';
import { streamOf } from '../streamOf.ts';

const { datasets } = implementer;
const millisecondsBetweenEvents = 100;

export const datasetHandlers = datasets.router({
  list: datasets.list.handler(() => namedDatasets.map(factsOf)),

  fetch: datasets.fetch.handler(({ input: { name, file }, signal }) =>
    streamOf<FetchEvent>(async (emit) => {
      await fetchSet(needFetchable(name), {
        file: file === undefined ? undefined : resolve(expanded(file)),
        signal,
        onProgress: seldom((progress) => {
          emit({ type: 'progress', progress });
        }),
      });
      emit({ type: 'fetched', name, folder: fetchedFolder(name) });
    }),
  ),
});

function factsOf({ state, fetched, open: _open, ...facts }: NamedDataset): DatasetFacts {
  return {
    ...facts,
    state: state(),
    fetched: fetched && {
      address: fetched.addresses[0] ?? '',
      homepage: fetched.homepage,
      bytes: fetched.bytes,
      byHand: join(downloadsFolder(), fetched.file),
    },
  };
}

/** @throws WorkbenchError `dataset-not-found` */
function needFetchable(name: string): FetchableSet {
  const dataset = namedDataset(name);
  if (dataset?.fetched) return dataset.fetched;
  const names = namedDatasets.filter(({ fetched }) => fetched).map((fetchable) => fetchable.name);
  throw new WorkbenchError(
    'dataset-not-found',
    dataset === undefined ? `No dataset is called ${name}.` : `${name} is not one that is fetched.`,
    `Those that can be fetched are ${names.join(', ')}.`,
  );
}

/** Passes on ten a second, and the end of each stage. */
function seldom(report: (progress: FetchProgress) => void): (progress: FetchProgress) => void {
  let reportedAt = -Infinity;
  return (progress) => {
    const now = performance.now();
    if (now - reportedAt < millisecondsBetweenEvents && progress.done < progress.total) return;
    reportedAt = now;
    report(progress);
  };
}
