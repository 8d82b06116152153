import { z } from 'zod';
import { comparisonOptionsSchema } from '../vocabulary/comparisonOptions.ts';
import { tableOptionsSchema } from '../vocabulary/tableOptions.ts';
import { WorkbenchError } from '../foundation/errors.ts';

/** What a native menu can ask of the window. */
export const appCommands = [
  'new-run',
  'new-study',
  'show-runs',
  'show-tables',
  'show-networks',
  'show-feature-maps',
  'show-settings',
  'command-palette',
  'keyboard-shortcuts',
] as const;
export type AppCommand = (typeof appCommands)[number];

export const settingsSchema = z.strictObject({
  theme: z.enum(['system', 'light', 'dark']),
  /** Whether the first-run page has been left. */
  welcomed: z.boolean(),
  /** Columns of the list of runs, in order; empty for the default ones. */
  runColumns: z.array(z.string()),
  /** Widths of columns that were drawn to another, by their ids, in pixels. */
  runColumnWidths: z.record(z.string(), z.number()),
  /** How the paper's tables are copied and saved; nothing for what is as usual. */
  tableOptions: tableOptionsSchema,
  /** The same of comparisons, by the name of each: they have columns of their own. */
  comparisonOptions: z.record(z.string(), comparisonOptionsSchema),
  /** Looks at the list of runs that were kept: filters, order, groups and axes as the address has them, and columns. */
  runViews: z.array(z.strictObject({ name: z.string(), address: z.string(), columns: z.array(z.string()) })),
});
export type Settings = z.infer<typeof settingsSchema>;

export interface HostFacts {
  kind: 'electron' | 'browser' | 'command line';
  /** Whether there are native dialogs; otherwise files are chosen by path or uploaded. */
  dialogs: boolean;
  version: string;
  platform: string;
  /** Folder of the database and the runs. */
  home: string;
  /** What starts the program again at the address of this window, in the project's folder; null where its window ends with it. */
  startCommand: string | null;
}

/** What only the program around the workbench can do. Hosts without a window or dialogs use {@link plainHost}. */
export interface Host {
  readonly kind: HostFacts['kind'];
  readonly dialogs: boolean;
  /** Of {@link HostFacts}. */
  startCommand?: string;
  choosePath(
    what: 'folder' | 'image' | 'weights' | 'yaml' | 'archive',
    title: string,
  ): Promise<string | null>;
  saveFile(suggestedName: string, content: Uint8Array): Promise<string | null>;
  commands(): AsyncGenerator<AppCommand, void, undefined>;
}

/** A host without dialogs or a menu of its own. */
export function plainHost(kind: 'browser' | 'command line'): Host {
  const refuse = () =>
    Promise.reject(
      new WorkbenchError('no-dialogs', 'There are no native dialogs here.', 'Give the path instead.'),
    );
  return {
    kind,
    dialogs: false,
    choosePath: refuse,
    saveFile: refuse,
    // oxlint-disable-next-line require-yield -- a stream without events
    async *commands() {
      await Promise.resolve();
    },
  };
}
