import { fork } from 'node:child_process';
import { join } from 'node:path';

interface Options {
  env?: NodeJS.ProcessEnv;
  execArgv?: string[];
  stdio?: ('ignore' | 'pipe' | 'inherit')[];
}

export const utilityProcess = {
  /** A child process of Node that finds `process.parentPort` in place of Node's channel. */
  fork(path: string, words: string[], { env, execArgv = [], stdio = [] }: Options = {}) {
    const child = fork(join(import.meta.dirname, 'utility.ts'), [path, ...words], {
      serialization: 'advanced',
      execArgv,
      stdio: [...stdio, 'ipc'],
      ...(env === undefined ? {} : { env }),
    });
    return Object.assign(child, {
      postMessage(message: unknown) {
        if (child.connected) child.send(message as object, () => undefined);
      },
    });
  },
};
