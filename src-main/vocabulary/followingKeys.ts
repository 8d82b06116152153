/**
 * Keys whose default follows from others: Q follows S, and S the crop. What is set of them stays set, even where it equals
 * the default.
 */
export const followingKeys: readonly string[] = ['evaluation.testScales', 'data.trainScale'];
