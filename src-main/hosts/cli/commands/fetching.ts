import type { Command } from 'commander';
import { bytesText } from '../../../vocabulary/bytes.ts';
import { countText } from '../../../vocabulary/counts.ts';
import { fetchText } from '../../../vocabulary/fetchProgress.ts';
import type { DatasetFacts } from '../../../workbench/contract.ts';
import { textTable } from '../output/textTable.ts';
import type { Session } from '../Session.ts';

/** Adds the commands that list the datasets with names, and fetch them. */
export function addFetching(data: Command, session: Session): void {
  data
    .command('list')
    .description('the datasets that have names, with size and licence, and which of them are here')
    .action(async () => {
      const datasets = await session.client.datasets.list();
      session.result(datasets, () => listText(datasets));
    });

  data
    .command('get')
    .description('fetch a dataset by its name; what was interrupted goes on where it ended')
    .argument('<name>', 'of "vgg data list"')
    .option('--file <FILE>', 'its archive, if it is here already')
    .action(async (name: string, options: { file?: string }) => {
      const interruption = new AbortController();
      const stop = () => {
        interruption.abort();
      };
      await session.interrupts.during(stop, async () => {
        const events = await session.client.datasets.fetch(
          { name, ...options },
          { signal: interruption.signal },
        );
        for await (const event of events) {
          if (event.type === 'progress') session.progress.show([`${name}: ${fetchText(event.progress)}`]);
          else session.result(event, () => `${name} is in ${event.folder}; use it as --data ${name}`);
        }
      });
    });
}

function listText(datasets: readonly DatasetFacts[]): string {
  return textTable(
    ['Name', '', 'Images', 'Classes', 'What', 'Licence'],
    datasets.map((dataset) => [
      dataset.name,
      stateText(dataset),
      `${countText(dataset.images.train)} + ${countText(dataset.images.val)}`,
      String(dataset.classes),
      dataset.title,
      dataset.licence,
    ]),
  );
}

function stateText({ state, fetched }: DatasetFacts): string {
  switch (state) {
    case 'here':
      return 'here';
    case 'to-render':
      return 'rendered at first use';
    case 'to-install':
      return 'not installed';
    case 'to-fetch':
      return `to be fetched, ${bytesText(fetched?.bytes)}`;
  }
}
