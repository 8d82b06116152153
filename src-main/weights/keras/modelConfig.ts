import { z } from 'zod';

/** Layers that compute what a net here does, or nothing when it is not trained. */
const known = new Set([
  ...[
    'InputLayer',
    'Conv2D',
    'MaxPooling2D',
    'ZeroPadding2D',
    'Flatten',
    'Dense',
    'Activation',
    'ReLU',
    'Softmax',
  ],
  'Convolution2D',
  'Sequential',
  'Functional',
  'Model',
  'Dropout',
  'SpatialDropout2D',
  'GaussianNoise',
  'RandomFlip',
  'RandomRotation',
  'RandomZoom',
  'RandomTranslation',
  'RandomContrast',
  'RandomCrop',
]);
const knownActivations = new Set(['relu', 'linear', 'softmax']);

const layerSchema = z.object({
  class_name: z.string().max(80),
  config: z
    .object({ activation: z.unknown().optional(), layers: z.unknown().optional() })
    .or(z.array(z.unknown())),
});
const layersSchema = z.array(layerSchema.catch({ class_name: '', config: [] })).max(1000);

const deepest = 6;

/**
 * What a person should know of a model of Keras that has more than a net here, a sentence: layers and activations, which
 * leave no weights. None if the description cannot be read.
 *
 * @param json `model_config` of an HDF5 file, `config.json` of an archive
 */
export function modelNotes(json: string): string[] {
  const strange = [...new Set(strangeIn(parsed(json), 0))];
  if (strange.length === 0) return [];
  return [
    `Its model has ${strange.slice(0, 5).join(', ')}, which no net here has: unless --mean and --deviation do the same, its answers differ.`,
  ];
}

function parsed(json: string): unknown {
  try {
    return [JSON.parse(json)];
  } catch {
    return [];
  }
}

function strangeIn(layers: unknown, depth: number): string[] {
  if (depth > deepest) return [];
  return (layersSchema.safeParse(layers).data ?? []).flatMap(({ class_name: name, config }) => {
    // Models of Keras 1 are lists of layers.
    if (Array.isArray(config)) return strangeIn(config, depth + 1);
    const { activation, layers: within } = config;
    const isStrange = name !== '' && !known.has(name) && within === undefined;
    const isStrangeActivation = typeof activation === 'string' && !knownActivations.has(activation);
    return [
      ...(isStrange ? [name] : []),
      ...(isStrangeActivation ? [`the activation ${activation.slice(0, 80)}`] : []),
      ...strangeIn(within, depth + 1),
    ];
  });
}
