import { Document, isMap, isScalar, isSeq } from 'yaml';
import type { YAMLMap } from 'yaml';
import { describeKey } from './keys.ts';
import type { RunConfig } from './schema.ts';

/** Texts of sections: the runs of a study share all but a few, and a text takes longer to make than its file to write. */
const known = new Map<string, string>();
const mostKnown = 1000;

/** A configuration as a YAML file that resolves to the same one, each key with its description above it. */
export function writeRunConfig(config: RunConfig): string {
  return Object.entries(config)
    .map(([name, settings]) => sectionText({ [name]: settings }))
    .join('');
}

function sectionText(section: Partial<RunConfig>): string {
  const key = JSON.stringify(section);
  const text = known.get(key) ?? textOf(section);
  if (known.size >= mostKnown) known.clear();
  known.set(key, text);
  return text;
}

function textOf(section: Partial<RunConfig>): string {
  const document = new Document(section);
  if (isMap(document.contents)) annotate(document.contents, []);
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

function annotate(section: YAMLMap, path: readonly string[]): void {
  for (const { key, value } of section.items) {
    if (!isScalar(key)) continue;
    const inner = [...path, String(key.value)];
    const description = describeKey(inner.join('.'))?.description;
    if (description !== undefined) key.commentBefore = ` ${description}`;
    if (isMap(value)) annotate(value, inner);
    if (isSeq(value)) value.flow = true;
  }
}
