import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { appCommands, settingsSchema } from '../Host.ts';
import type { AppCommand, HostFacts, Settings } from '../Host.ts';
import { answer } from './answer.ts';

export type { AppCommand, HostFacts, Settings };
export { appCommands };

/** What the window asks of the program it lives in. */
export const hostContract = {
  facts: oc.output(answer<HostFacts>()),
  /** A native dialog; null if it was cancelled. Only where `facts` says there are dialogs. */
  choosePath: oc
    .input(
      z.strictObject({
        what: z.enum(['folder', 'image', 'weights', 'yaml', 'archive']),
        title: z.string(),
      }),
    )
    .output(answer<string | null>()),
  /** A native dialog, then the file; null if it was cancelled. Only where `facts` says there are dialogs. */
  saveFile: oc
    .input(z.strictObject({ suggestedName: z.string(), content: z.union([z.string(), z.instanceof(Blob)]) }))
    .output(answer<string | null>()),
  /** What the native menu asks of the window. */
  commands: oc.output(eventIterator(answer<AppCommand>())),
  settings: oc.output(answer<Settings>()),
  /** Changes what is given and answers with all. */
  changeSettings: oc.input(settingsSchema.partial()).output(answer<Settings>()),
};
