import { describe, expect, it } from 'vitest';
import { groupStyles, mostApart, runGroups } from '../../../../src-renderer/views/compare/runGroups.ts';

const nets = ['A', 'B', 'C', 'D', 'E'];

/** Each net at two S with one seed, and A at the first S with two more. */
const settings = [
  ...nets.flatMap((config) => [
    { config, scale: 37, seed: 1 },
    { config, scale: [37, 73], seed: 1 },
  ]),
  { config: 'A', scale: 37, seed: 2 },
  { config: 'A', scale: 37, seed: 3 },
];
const ids = settings.map(({ config, scale, seed }) => `${config}@${String(scale)}#${seed}`);

const facts = {
  runs: ids.map((id) => ({ id })),
  differences: [
    // Epochs follow the net: they tell no more groups apart.
    { key: 'training.epochs', values: settings.map(({ config }) => (config === 'A' ? 4 : 3)) },
    { key: 'data.trainScale', values: settings.map(({ scale }) => scale) },
    { key: 'network.config', values: settings.map(({ config }) => config) },
    { key: 'training.seed', values: settings.map(({ seed }) => seed) },
  ],
};

describe('many runs in groups', () => {
  it('are named by net and S alone, if these tell them apart, the largest first', () => {
    const { drawn } = runGroups(facts, new Set());
    expect(drawn[0]).toMatchObject({ name: 'A, S 37', ids: ['A@37#1', 'A@37#2', 'A@37#3'] });
    expect(drawn[1]?.name).toBe('A, S 37–73');
  });

  it('are drawn as far as colours reach, and those that are not are said', () => {
    const { drawn, leftOut } = runGroups(facts, new Set());
    expect(drawn).toHaveLength(mostApart);
    expect(leftOut).toEqual(['E, S 37', 'E, S 37–73']);
  });

  it('make room where runs are hidden', () => {
    const { drawn, leftOut } = runGroups(facts, new Set(['B@37#1', 'B@37,73#1']));
    expect(leftOut).toEqual([]);
    expect(drawn.map(({ name }) => name)).not.toContain('B, S 37');
  });

  it('have one colour in the legend and in the charts', () => {
    const groups = runGroups(facts, new Set());
    const styles = groupStyles(ids, groups);
    expect(styles[0]).toBe(groups.drawn[0]?.style);
    expect(styles[10]).toBe(groups.drawn[0]?.style);
    // That of E is that of nothing drawn.
    expect(groups.drawn.map(({ style }) => style.colour)).not.toContain(styles[8]?.colour);
  });
});
