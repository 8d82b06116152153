import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const sources = join(import.meta.dirname, '../../../src-main/hosts/browser');

it('a server with nothing under way ends without a word of checkpoints', async () => {
  const folder = temporaryFolder();
  const pages = join(folder, 'pages');
  mkdirSync(pages);
  writeFileSync(join(pages, 'index.html'), '<!doctype html><head></head>');
  const program = join(folder, 'program.ts');
  writeFileSync(
    program,
    `import { builtPages } from ${JSON.stringify(join(sources, 'WindowPages.ts'))};
     import { runBrowserHost } from ${JSON.stringify(join(sources, 'runBrowserHost.ts'))};
     await runBrowserHost(() => builtPages(${JSON.stringify(pages)}));`,
  );
  const server = spawn(
    process.execPath,
    ['--no-warnings', program, '--port', '0', '--home', join(folder, 'home')],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let said = '';
  const ready = Promise.withResolvers<undefined>();
  server.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    if (said.includes('Ctrl+C ends')) ready.resolve(undefined);
  });
  const closed = once(server, 'close');
  await Promise.race([ready.promise, closed]);
  server.kill('SIGTERM');
  expect(await closed).toEqual([0, null]);
  expect(said).toContain('Ctrl+C ends the workbench');
  expect(said).not.toContain('Checkpointing');
});
