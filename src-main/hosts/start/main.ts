import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { dataHome } from '../../foundation/home.ts';
import { buildIfStale } from './build.ts';
import { electronProgram } from './electronProgram.ts';
import { runElectron } from './runElectron.ts';

/* Opens the workbench: as a desktop app if possible, else in a browser, with the reason. */

process.exitCode = await main();

async function main(): Promise<number> {
  const options = readOptions();
  if (typeof options === 'string') {
    process.stderr.write(
      `${options}\nnpm start -- takes --browser, --home <folder>, --port <number> and --keep-training.\n`,
    );
    return 2;
  }
  const { browser, port, 'keep-training': keep } = options;
  const home = resolve(process.env.INIT_CWD ?? '.', dataHome(options.home));
  if (!(await buildIfStale())) return 1;

  if (!browser && port === undefined) {
    const program = await electronProgram();
    const end = 'reason' in program ? program : await runElectron(program.path, home);
    if ('code' in end) return end.code;
    process.stderr.write(`${end.reason} The workbench is served for a browser instead.\n`);
  }
  const given = [...(port === undefined ? [] : ['--port', port]), ...(keep ? ['--keep-training'] : [])];
  process.argv.splice(2, Infinity, '--home', home, ...given);
  await import('../browser/main.ts');
  return Number(process.exitCode ?? 0);
}

function readOptions() {
  try {
    return parseArgs({
      options: {
        browser: { type: 'boolean', default: false },
        home: { type: 'string' },
        port: { type: 'string' },
        'keep-training': { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
