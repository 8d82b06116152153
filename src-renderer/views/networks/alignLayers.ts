import type { LayerDescription } from '../../../src-main/workbench/contract.ts';

/** The same place in two nets; undefined where a net has no such layer. */
export interface LayerPair {
  name: string;
  left: LayerDescription | undefined;
  right: LayerDescription | undefined;
  /** Whether one is missing, or they differ in filter, channels or parameters. */
  differs: boolean;
}

/** The layers whose names begin with the same number (`conv3_1`, `add3_1`), and the classifier behind the last map. */
export interface LayerBlock {
  title: string;
  pairs: LayerPair[];
  /** The max-pool that ends it; undefined behind the classifier, and where strides halve the map. */
  pool: LayerPair | undefined;
}

/** Puts the layers of two nets side by side, block by block; of one net alone nothing differs. */
export function alignLayers(
  left: readonly LayerDescription[],
  right: readonly LayerDescription[] | null,
): LayerBlock[] {
  const lefts = blocksOf(left);
  const rights = right && blocksOf(right);
  return lefts.map((ours, index) => {
    const theirs = rights?.[index] ?? [];
    const pairs = namesOf(ours, theirs).map((name): LayerPair => {
      const one = ours.find((layer) => layer.name === name);
      const other = theirs.find((layer) => layer.name === name);
      return { name, left: one, right: other, differs: rights !== null && !isSame(one, other) };
    });
    return {
      title: index < lefts.length - 1 ? `Block ${index + 1}` : headTitle(pairs),
      pairs: pairs.filter((pair) => !isPool(pair)),
      pool: pairs.find(isPool),
    };
  });
}

const isPool = (pair: LayerPair) => (pair.left ?? pair.right)?.kind === 'pool';

function headTitle(pairs: readonly LayerPair[]): string {
  return pairs.some(({ name }) => name === 'average') ? 'Classifier' : 'Fully connected';
}

/** Blocks in their order, the layers without a block's number last. */
function blocksOf(layers: readonly LayerDescription[]): LayerDescription[][] {
  const blocks = Map.groupBy(layers, ({ name }) => /^(?:conv|lrn|pool|add|proj)(\d+)/.exec(name)?.[1]);
  return [...blocks.values()];
}

/** In the order of both: what only one net has keeps its place behind the layer before it. */
function namesOf(ours: readonly LayerDescription[], theirs: readonly LayerDescription[]): string[] {
  const names = ours.map(({ name }) => name);
  theirs.forEach(({ name }, index) => {
    if (names.includes(name)) return;
    const before = theirs[index - 1]?.name;
    names.splice(before === undefined ? 0 : names.indexOf(before) + 1, 0, name);
  });
  return names;
}

function isSame(one: LayerDescription | undefined, other: LayerDescription | undefined): boolean {
  if (!one || !other) return false;
  return (
    one.kind === other.kind &&
    one.filter === other.filter &&
    one.step === other.step &&
    one.output[2] === other.output[2] &&
    one.parameters === other.parameters
  );
}
