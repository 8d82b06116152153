import { oc } from '@orpc/contract';
import { z } from 'zod';
import { answer } from './answer.ts';

/** What a path is asked for. Of files only those are shown that may be it. */
export const pathKinds = ['folder', 'image', 'weights', 'yaml', 'archive'] as const;
export type PathKind = (typeof pathKinds)[number];

export interface FolderEntry {
  name: string;
  path: string;
  isFolder: boolean;
  /** What of a dataset it looks like, such as `train and val`; null for what looks like none or was not looked into. */
  dataset: string | null;
}

/** A part of a folder of the workbench's machine. */
export interface FolderListing {
  /** Its whole path. */
  folder: string;
  /** The folder above; null at the root. */
  above: string | null;
  /** What the folder itself looks like. */
  dataset: string | null;
  /** Folders first, by name; at most {@link mostEntries}. */
  entries: FolderEntry[];
  /** How many there are in all, of those that may be shown and begin as was asked. */
  total: number;
}

export const mostEntries = 500;

export const serverFilesContract = {
  /**
   * The folder that a path names, or the folder above with the entries that begin as the path ends; the user's own where
   * it is empty. Only in a host without dialogs.
   */
  folder: oc
    .input(
      z.strictObject({
        path: z.string().max(10_000).default(''),
        what: z.enum(pathKinds),
        hidden: z.boolean().default(false),
      }),
    )
    .output(answer<FolderListing>()),
};
