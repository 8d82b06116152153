import { implementer } from '../implementer.ts';

const { host } = implementer;

export const hostHandlers = host.router({
  facts: host.facts.handler(({ context }) => context.facts()),
  choosePath: host.choosePath.handler(({ input, context }) =>
    context.host.choosePath(input.what, input.title),
  ),
  saveFile: host.saveFile.handler(async ({ input, context }) => {
    const { content } = input;
    const bytes = typeof content === 'string' ? Buffer.from(content) : await content.bytes();
    return await context.host.saveFile(input.suggestedName, bytes);
  }),
  commands: host.commands.handler(({ context }) => context.host.commands()),
  settings: host.settings.handler(({ context }) => context.settings.read()),
  changeSettings: host.changeSettings.handler(({ input, context }) => context.settings.change(input)),
});
