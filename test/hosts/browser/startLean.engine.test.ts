import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const module = join(import.meta.dirname, '../../../src-main/hosts/browser/startLean.ts');
const saidSchema = z.strictObject({
  pid: z.int(),
  words: z.array(z.string()),
  execArgv: z.array(z.string()),
  arenas: z.string().nullable(),
});

it.skipIf(process.platform === 'win32')(
  'starts a program anew in the same process, and what that starts as usual',
  async () => {
    const program = join(temporaryFolder(), 'program.ts');
    writeFileSync(
      program,
      `import { startLean } from ${JSON.stringify(module)};
       startLean(import.meta.filename);
       const { pid, argv, execArgv, env } = process;
       console.log(JSON.stringify({ pid, words: argv.slice(2), execArgv, arenas: env.MALLOC_ARENA_MAX ?? null }));
       setInterval(() => {}, 1000);`,
    );
    const child = spawn(process.execPath, ['--no-warnings', program, '--port', '0'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [text] = (await once(child.stdout, 'data')) as [Buffer];
    const said = saidSchema.parse(JSON.parse(text.toString()));
    expect(said).toEqual({
      pid: child.pid,
      words: ['--port', '0'],
      execArgv: ['--no-warnings'],
      arenas: null,
    });
    if (process.platform === 'linux') {
      expect(readFileSync(`/proc/${said.pid}/environ`, 'utf8')).toContain('MALLOC_ARENA_MAX=1');
      expect(execFileSync('ps', ['-o', 'args=', '-p', String(said.pid)], { encoding: 'utf8' })).toContain(
        '--max-semi-space-size=1 ',
      );
    }
    child.kill();
  },
);
