/**
 * Keys whose default follows from other keys: Q follows S, and S follows the crop. A value set explicitly stays set,
 * even if it equals the default.
 */
export const followingKeys: readonly string[] = ['evaluation.testScales', 'data.trainScale'];
