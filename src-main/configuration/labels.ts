/** Labels of keys whose last name alone would say too little. */
const labels = new Map([
  ['network.config', 'Net'],
  ['data.validationShare', 'Share that validates'],
  ['data.splitSeed', 'Seed of the split'],
  ['data.trainScale', 'Train scale S'],
  ['data.colourShift', 'RGB shift'],
  ['data.mean', 'Mean RGB'],
  ['data.deviation', 'RGB deviation'],
  ['data.channels', 'Order of the channels'],
  ['data.skipBroken', 'Leave out broken images'],
  ['initialisation.from', 'Start from'],
  ['initialisation.layers', 'Layers copied'],
  ['training.trainable', 'Layers that learn'],
  ['training.plateau.factor', 'Drop factor'],
  ['training.plateau.drops', 'Drops at most'],
  ['training.clipNorm', 'Clip the gradient at'],
  ['training.statisticsEvery', 'Steps between layer statistics'],
  ['training.checkpointSeconds', 'Seconds between checkpoints'],
  ['evaluation.testScales', 'Test scales Q'],
]);

/** The label of a key in a form: its last name in words, unless that says too little. */
export function labelOf(key: string): string {
  const name = key.slice(key.lastIndexOf('.') + 1);
  const words = name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return labels.get(key) ?? words.charAt(0).toUpperCase() + words.slice(1);
}
