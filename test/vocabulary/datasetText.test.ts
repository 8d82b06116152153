import { expect, it } from 'vitest';
import { namedDatasets } from '../../src-main/data/namedDatasets.ts';
import { datasetText } from '../../src-main/vocabulary/datasetText.ts';

it('what a program made is called synthetic, and nothing else is', () => {
  for (const { name, title } of namedDatasets)
    expect(datasetText(name), name).toBe(title.startsWith('synthetic') ? `${name} (synthetic)` : name);
  expect(datasetText('fashion-scenes')).toBe('fashion-scenes (synthetic)');
  // Once is enough, and a folder is no named dataset.
  expect(datasetText('fashion-scenes (synthetic)')).toBe('fashion-scenes (synthetic)');
  expect(datasetText('./fashion-scenes')).toBe('./fashion-scenes');
});
