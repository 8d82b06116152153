import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { errorMeanings, isErrorCode } from '../../src-main/foundation/errorCodes.ts';
import { root } from './markdown.ts';
import type { ThrownError } from './thrownErrors.ts';

export const errorsPagePath = join(root, 'docs', 'errors.md');

const kinds: Record<string, string> = {
  input: 'bad input',
  failure: 'failure',
  interrupted: 'interruption',
};

const introduction = `# Errors

What the workbench refuses on purpose has a code, says what happened, and says what to do next. The code is stable: scripts
can rely on it, and \`--json\` prints it. Any other error is a defect and has the code \`internal\`.

The kind decides the exit code of the command line: a bad input ends it with 2, a failure with 1, an interruption with 130.

Where the advice depends on the case, all of it is listed here, with … for what is filled in. This page is written by
\`npm run docs:errors\` from the catalogue in \`src-main/foundation/errorCodes.ts\` and from the places that throw.
`;

/** The page about all errors, by code, formatted as it is kept. */
export async function errorsPage(errors: readonly ThrownError[]): Promise<string> {
  const thrown = Map.groupBy(errors, ({ code }) => code);
  const sections = Object.entries(errorMeanings)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([code, meaning]) => section(code, meaning, isErrorCode(code) ? (thrown.get(code) ?? []) : []));
  const options = await resolveConfig(errorsPagePath);
  return await format([introduction, ...sections].join('\n'), { ...options, filepath: errorsPagePath });
}

function section(code: string, meaning: string, thrown: readonly ThrownError[]): string {
  const kindsHere = distinct(thrown.map(({ kind }) => kinds[kind] ?? kind))
    .sort()
    .join(' or ');
  const folders = distinct(thrown.map(({ folder }) => `\`${folder}\``))
    .sort()
    .join(', ');
  // In an order that does not change when a file is moved.
  const steps = distinct(thrown.flatMap(({ nextSteps }) => nextSteps)).sort();
  return [
    `## ${code}\n`,
    `${meaning}\n`,
    ...steps.map((step) => `- ${escaped(step.trim())}`),
    ...(thrown.length > 0 ? [`\n_${kindsHere}, from ${folders}_\n`] : []),
  ].join('\n');
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)];
}

/** Angle brackets would be tags, and stars emphasis. */
function escaped(text: string): string {
  return text.replaceAll(/[<>*_]/g, String.raw`\$&`);
}
