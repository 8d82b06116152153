import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { appCommands, settingsSchema } from '../Host.ts';
import type { AppCommand, HostFacts, Settings } from '../Host.ts';
import { pathKinds, serverFilesContract } from './serverFiles.ts';
import { answer } from './answer.ts';

export type { AppCommand, HostFacts, Settings };
export { appCommands };

/** What the window asks of the program that hosts it. */
export const hostContract = {
  facts: oc.output(answer<HostFacts>()),
  /** Opens a native dialog; null if it was cancelled. Only if `facts` says there are dialogs. */
  choosePath: oc
    .input(
      z.strictObject({
        what: z.enum(pathKinds),
        title: z.string(),
      }),
    )
    .output(answer<string | null>()),
  ...serverFilesContract,
  /** Opens a native dialog and writes the file; null if cancelled. Only if `facts` says there are dialogs. */
  saveFile: oc
    .input(z.strictObject({ suggestedName: z.string(), content: z.union([z.string(), z.instanceof(Blob)]) }))
    .output(answer<string | null>()),
  /** Commands of the native menu to the window. */
  commands: oc.output(eventIterator(answer<AppCommand>())),
  settings: oc.output(answer<Settings>()),
  /** Changes the given settings and returns all settings. */
  changeSettings: oc.input(settingsSchema.partial()).output(answer<Settings>()),
};
