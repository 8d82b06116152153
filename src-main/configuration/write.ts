import { Document, isMap, isScalar, isSeq } from 'yaml';
import type { YAMLMap } from 'yaml';
import { describeKey } from './keys.ts';
import type { RunConfig } from './schema.ts';

/** A configuration as a YAML file that resolves to the same one, each key with its description above it. */
export function writeRunConfig(config: RunConfig): string {
  const document = new Document(config);
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
