import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { WorkbenchError } from '../../../src-main/foundation/errors.ts';
import type { Wheel } from '../../../src-main/engine/provision/wheels.ts';

/** The environment in which pip finds the wheels of one folder and nothing else. */
export function pipFinds(folder: string): Record<string, string> {
  return { PIP_CONFIG_FILE: '/dev/null', PIP_NO_INDEX: '1', PIP_FIND_LINKS: folder, PIP_CONSTRAINT: '' };
}

/** A real wheel, laid out as TensorFlow's and one of CUDA's together, 3 MB instead of a gigabyte. */
export function makeWheel(folder: string): Wheel {
  const file = 'little_tensorflow-1.0-py3-none-any.whl';
  const path = join(folder, file);
  execFileSync('python3', ['-c', writeWheel, path]);
  const content = readFileSync(path);
  return {
    requirement: 'little_tensorflow==1.0',
    file,
    sha256: createHash('sha256').update(content).digest('hex'),
    bytes: content.length,
    unpackedBytes: 4_000_000,
  };
}

const writeWheel = `
import os, sys, zipfile
with zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_DEFLATED) as wheel:
    about = 'little_tensorflow-1.0.dist-info/'
    for name, content in {
        'tensorflow/libtensorflow_cc.so.2': os.urandom(3_000_000),
        'tensorflow/libtensorflow_framework.so.2': os.urandom(1000),
        'tensorflow/libtensorflow_cc.2.dylib': os.urandom(1000),
        'tensorflow/libtensorflow_framework.2.dylib': os.urandom(1000),
        'tensorflow/include/tensorflow/c/c_api.h': '// functions',
        'tensorflow/include/Eigen/Core': '// not needed',
        'tensorflow/python/__init__.py': '# not needed',
        'nvidia/cudnn/lib/libcudnn.so.9': os.urandom(1000),
        'nvidia/cudnn/include/cudnn.h': '// not needed',
        about + 'METADATA': 'Metadata-Version: 2.1\\nName: little-tensorflow\\nVersion: 1.0\\n',
        about + 'WHEEL': 'Wheel-Version: 1.0\\nRoot-Is-Purelib: false\\nTag: py3-none-any\\n',
        about + 'RECORD': '',
    }.items():
        wheel.writestr(name, content)
`;
import { temporaryFolder } from '../../support/temporaryFolder.ts';

/** A PATH of the named programs alone, each of them the machine's own. */
export function pathOf(...programs: ('python3' | 'g++')[]): string {
  const folder = join(temporaryFolder(), 'bin');
  mkdirSync(folder);
  // Python is asked for itself: what the PATH has may be a script that needs more of the PATH.
  const real = {
    python3: () => execFileSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' }),
    'g++': () => execFileSync('/bin/sh', ['-c', 'command -v g++'], { encoding: 'utf8' }),
  };
  for (const program of programs) makeProgram(folder, program, `exec '${real[program]().trim()}' "$@"`);
  return folder;
}

/** A shell script as a program in a folder. */
export function makeProgram(folder: string, name: string, script: string): void {
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, name), 0o755);
}

/** A compiler that knows no vectors, as for `kernels.cc`. It does not optimise the rest, which gives the same numbers. */
export function compilerWithoutVectors(): string {
  const folder = temporaryFolder();
  const refuses = 'echo "kernels.cc:1: error: unknown vector type" >&2; exit 1';
  makeProgram(folder, 'compiler', `case "$*" in *kernels.cc*) ${refuses};; esac\nexec g++ "$@" -O0`);
  return join(folder, 'compiler');
}

/**
 * A PATH whose `python3` has a pip that copies the wheel of a folder: the real one takes two seconds of the processor.
 *
 * @param gate a pipe that somebody has to write into before it copies
 */
export function pathOfQuickPip(index: string, gate = '/dev/null'): string {
  const folder = join(temporaryFolder(), 'bin');
  mkdirSync(folder);
  const copies = `while [ "$1" != --dest ]; do shift; done; cat '${gate}'; exec cp '${index}'/*.whl "$2"`;
  makeProgram(folder, 'python3', `case "$*" in *--version) echo 1.0;; *) ${copies};; esac`);
  return `${folder}:${process.env.PATH ?? ''}`;
}

/** The error that something ends with, which has to be one for a person. */
export async function refusal(work: Promise<unknown>): Promise<WorkbenchError> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof WorkbenchError) return error;
  throw new Error('not refused with a WorkbenchError', { cause: error });
}
