import { WorkbenchError } from '../../foundation/errors.ts';
import { serverFolder } from '../inputs/serverFolder.ts';
import { implementer } from '../implementer.ts';

const { host } = implementer;

export const hostHandlers = host.router({
  facts: host.facts.handler(({ context }) => context.facts()),
  choosePath: host.choosePath.handler(({ input, context }) =>
    context.host.choosePath(input.what, input.title),
  ),
  folder: host.folder.handler(({ input, context }) => {
    if (context.host.kind !== 'browser') throw dialogsInstead();
    return serverFolder(input);
  }),
  saveFile: host.saveFile.handler(async ({ input, context }) => {
    const { content } = input;
    const bytes = typeof content === 'string' ? Buffer.from(content) : await content.bytes();
    return await context.host.saveFile(input.suggestedName, bytes);
  }),
  commands: host.commands.handler(({ context }) => context.host.commands()),
  settings: host.settings.handler(({ context }) => context.settings.read()),
  changeSettings: host.changeSettings.handler(({ input, context }) => context.settings.change(input)),
});

function dialogsInstead(): WorkbenchError {
  return new WorkbenchError(
    'no-browsing',
    'Folders are listed only for a browser: here the system has dialogs, or paths are typed.',
    'Choose the path in the dialog.',
  );
}
