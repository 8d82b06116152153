import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { WorkbenchError } from '../../foundation/errors.ts';
import { compile, linkedWith } from './compiler.ts';
import type { SetupContext } from './progress.ts';
import { runProgram } from './runProgram.ts';

/** TensorFlow's own version, and whether it was built with CUDA. */
export const libraryFactsSchema = z.object({ version: z.string().min(1), build: z.enum(['cpu', 'gpu']) });
export type LibraryFacts = z.infer<typeof libraryFactsSchema>;

// Both are looked up by name in what was loaded: see linkedWith. Only a C++ function says whether CUDA is included; its
// mangled name may disappear.
const question = `
#include <cstdio>
#include <dlfcn.h>
#include <tensorflow/c/c_api.h>
int main() {
  auto version = reinterpret_cast<decltype(&TF_Version)>(dlsym(RTLD_DEFAULT, "TF_Version"));
  if (!version) return 1;
  auto hasCuda = reinterpret_cast<bool (*)()>(dlsym(RTLD_DEFAULT, "_ZN10tensorflow19IsGoogleCudaEnabledEv"));
  std::printf("\\n{\\"version\\":\\"%s\\",\\"build\\":\\"%s\\"}\\n", version(), hasCuda && hasCuda() ? "gpu" : "cpu");
}
`;

/**
 * Asks a library for its version and build in a separate small program: a library that cannot be loaded here (another
 * processor, an older C library, a missing dependency) ends that program and not this one.
 *
 * @throws WorkbenchError `library-unusable`, and those of {@link compile}
 */
export async function askLibrary(
  folder: string,
  scratch: string,
  context: SetupContext,
): Promise<LibraryFacts> {
  const source = join(scratch, 'question.cc');
  const program = join(scratch, 'question');
  await writeFile(source, question);
  const linked = await linkedWith(folder, scratch, scratch, context);
  await compile([source, '-ldl', ...linked], folder, program, context);
  const end = await runProgram(program, [], { signal: context.signal });
  if (end.outcome === 'succeeded') {
    const facts = libraryFactsSchema.safeParse(parseJson(end.lines.at(-1)));
    if (facts.success) return facts.data;
  }
  const lines = end.outcome === 'missing' ? [] : end.lines;
  throw new WorkbenchError(
    'library-unusable',
    `The TensorFlow library in ${folder} does not load on this machine${lines.length > 0 ? `:\n${lines.slice(-4).join('\n')}` : '.'}`,
    'Use a TensorFlow that runs on this processor and system; Python on this machine can tell (import tensorflow).',
    { kind: 'failure' },
  );
}

function parseJson(line: string | undefined): unknown {
  try {
    return JSON.parse(line ?? '');
  } catch {
    return undefined;
  }
}
