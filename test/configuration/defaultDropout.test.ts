import { expect, it } from 'vitest';
import { resolveRunConfig } from '../../src-main/configuration/resolve.ts';

const dropoutOf = (...overrides: string[]) => resolveRunConfig({ overrides }).network.dropout;

it("dropout that nobody gives follows the width: 0.5 at the paper's, none at half of it", () => {
  expect([1, 2, 0.75, 0.5, 0.25].map((width) => dropoutOf(`network.width=${width}`))).toEqual([
    0.5, 0.5, 0.25, 0, 0,
  ]);
  expect(dropoutOf('network.width=0.25', 'network.dropout=0.4')).toBe(0.4);
});
