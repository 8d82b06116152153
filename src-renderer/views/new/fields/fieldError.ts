import { excerpt } from '../../../../src-main/vocabulary/printable.ts';
import type { ConfigProblem, KeyDescription } from '../../../../src-main/workbench/contract.ts';

/** What a form has written: its fields as overrides, and all keys there are. */
interface Written {
  overrides: readonly string[];
  keys: readonly KeyDescription[];
}

/** What is wrong with a field, in the words of the form. */
export function fieldError(problem: ConfigProblem, written: Written): string {
  const description = written.keys.find(({ key }) => key === problem.key);
  if (description && written.overrides.includes(`${problem.key}=`))
    return `${description.label} needs a value: ${description.type}.`;
  return withLabels(`${problem.message} ${problem.nextStep}`, written);
}

/** A text about settings with labels in place of keys, and without the overrides, which the fields themselves show. */
export function withLabels(text: string, { overrides, keys }: Written): string {
  const labels = new Map(keys.map(({ key, label }) => [key, label]));
  return overrides
    .reduce((rest, override) => rest.replace(` (override ${excerpt(override)})`, ''), text)
    .replaceAll(/\b[a-z]+(?:\.\w+)+\b/gi, (name) => labels.get(name) ?? name);
}
