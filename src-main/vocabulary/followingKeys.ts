/**
 * Keys whose default follows from other keys: Q follows S, S follows the crop, and dropout the width. A value set explicitly stays set,
 * even if it equals the default.
 */
export const followingKeys: readonly string[] = [
  'evaluation.testScales',
  'data.trainScale',
  'network.dropout',
];
