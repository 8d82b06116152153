import { z } from 'zod';
import { configurations } from '../vocabulary/configurations.ts';
import { precisions } from '../vocabulary/kernels.ts';
import { averages, protocols } from '../vocabulary/protocols.ts';
import { longestScale } from './defaultScales.ts';

/**
 * Which layers are copied: all, all but the last, the convolutions, those that deeper nets take from net A (Sect. 3.1), or
 * all of net A's, between which the others begin as the identity (Chen et al. 2016).
 */
export const copiedLayers = ['net-a', 'net-a-identity', 'all', 'all-but-last', 'convolutions'] as const;
export type CopiedLayers = (typeof copiedLayers)[number];

/** How the learning rate falls. */
export const schedules = ['plateau', 'linear', 'cosine'] as const;

/** Orders in which a net's first layer may read the channels of a pixel: Caffe's nets read BGR. */
export const channelOrders = ['RGB', 'BGR'] as const;
export type Channels = (typeof channelOrders)[number];

const side = z.int().min(32).max(longestScale);
const positive = z.number().positive();
const count = z.int().min(1).max(1_000_000);

/** S: a fixed smallest side, or a range from which it is drawn anew for each image (scale jittering, Sect. 3.1). */
const trainScale = z.union([
  side,
  z.tuple([side, side]).refine(([least, most]) => least < most, 'the smaller scale comes first'),
]);

const network = z.strictObject({
  config: z.enum(configurations).default('D').describe('The column of Table 1, or a net to compare with.'),
  width: positive
    .max(4)
    .default(1)
    .describe('Multiplies every layer’s channels; 1 is the paper’s (Sect. 2.1).'),
  crop: z.int().min(32).max(4096).default(224).describe('Side of the input crop in pixels (Sect. 2.1).'),
  classes: count.nullable().default(null).describe('Outputs of the last layer; null takes the dataset’s.'),
  dropout: z
    .number()
    .min(0)
    .lt(1)
    .default(0.5)
    .describe(
      'Share dropped after the first two FC layers (Sect. 3.1); follows the width unless given: 0.5 at full width, none at half of it or less, since narrow nets learn too little rather than by heart.',
    ),
});

const data = z.strictObject({
  dataset: z
    .string()
    .min(1)
    .default('fashion-mnist')
    .describe('A folder of images, or the name of a dataset.'),
  classList: z
    .string()
    .min(1)
    .nullable()
    .default(null)
    .describe(
      'A text file with the name of one class a line, in the order of the net’s outputs; by default that of the weights, else the sorted names.',
    ),
  validationShare: z
    .number()
    .gt(0)
    .lt(1)
    .nullable()
    .default(null)
    .describe(
      'The share of each class that validates, where the images come without val/: by default 0.2 of a folder of classes; a train/ alone is divided only if it is given.',
    ),
  splitSeed: z
    .int()
    .min(0)
    .max(0x7fffffff)
    .default(1)
    .describe('Which images of each class validate, where the images come without val/.'),
  trainScale: trainScale
    .default(256)
    .describe(
      'S, the smallest side of a training image, or a range such as 256-512 (Sect. 3.1); follows the crop unless given.',
    ),
  horizontalFlip: z.boolean().default(true).describe('Random horizontal flips (Sect. 3.1).'),
  colourShift: z
    .number()
    .min(0)
    .default(0.1)
    .describe('Deviation of the random RGB shift along the PCA of RGB (Sect. 3.1).'),
  mean: z
    .union([z.literal('training-set'), z.tuple([z.number(), z.number(), z.number()])])
    .default('training-set')
    .describe('Mean RGB (0–255) subtracted from each pixel (Sect. 2.1).'),
  deviation: z
    .union([z.literal('training-set'), z.tuple([positive, positive, positive])])
    .default('training-set')
    .describe(
      'Divides each channel once the mean is subtracted: training-set gives inputs of unit variance, 1 is the paper’s; a start from weights takes theirs.',
    ),
  channels: z
    .enum(channelOrders)
    .nullable()
    .default(null)
    .describe(
      "The order in which the first layer reads a pixel, in weights that do not name it and in the run’s own files; null is that of the weights' format, else RGB.",
    ),
  skipBroken: z
    .boolean()
    .default(false)
    .describe('Leave out images that cannot be read; they are counted in the run.'),
  workers: z.int().min(1).max(64).default(2).describe('Threads that decode and rescale images.'),
});

const initialisation = z
  .strictObject({
    scheme: z
      .enum(['normal', 'glorot', 'he', 'lsuv', 'pytorch'])
      .default('he')
      .describe(
        "How layers that are not copied start: He’s normal, which keeps the signal’s size through ReLUs (He et al. 2015, “Delving deep into rectifiers”), Glorot’s uniform, which also trains deep nets from scratch (Glorot and Bengio 2010; Sect. 3.1's later remark), " +
          'a normal with biases 0 (Sect. 3.1), LSUV, which scales orthonormal weights until every layer’s output has a variance of 1 over the first batch (Mishkin and Matas 2016), or PyTorch’s default.',
      ),
    fan: z
      .enum(['in', 'out'])
      .default('in')
      .describe(
        'Of He’s normal: its variance is 2 / the inputs, or 2 / the outputs, that one value meets (He et al. 2015, “Delving deep into rectifiers”, Sect. 2.2).',
      ),
    deviation: positive
      .nullable()
      .default(null)
      .describe('Standard deviation of the normal; 0.01 if neither is given.'),
    variance: positive
      .nullable()
      .default(null)
      .describe('Variance of the normal: the paper writes 1e-2 (Sect. 3.1).'),
    from: z
      .string()
      .min(1)
      .nullable()
      .default(null)
      .describe(
        'A run, or a file of weights that are copied: safetensors, Caffe’s .caffemodel, Keras’s .h5, torchvision’s .pth. What is left open of the net, the mean and the deviation is taken from them.',
      ),
    layers: z
      .enum(copiedLayers)
      .default('all')
      .describe(
        'What is copied: the first four conv and the three FC layers of net A (Sect. 3.1), all layers of net A with the others begun as the identity (Net2Net, Chen et al. 2016, which is not of the paper), everything, for other classes all but the last layer, or the convolutions alone, for files without the others.',
      ),
  })
  .refine((value) => value.deviation === null || value.variance === null, {
    path: ['variance'],
    message: 'give the deviation or the variance, not both',
  });

const training = z.strictObject({
  batch: count.default(256).describe('Images in one step of gradient descent (Sect. 3.1).'),
  microBatch: count
    .nullable()
    .default(null)
    .describe('Images held in memory at once; gradients add up to the batch.'),
  processes: z
    .int()
    .min(1)
    .max(64)
    .default(1)
    .describe(
      'Processes that train the net in step, each on its share of every batch, as the paper does on four GPUs (Sect. 3.3). They talk over ports that are open to the network while it lasts.',
    ),
  threads: z
    .int()
    .min(1)
    .max(64)
    .nullable()
    .default(null)
    .describe(
      'Threads that compute, in each process; null for one on each core. A run gives the same bytes each time on as many.',
    ),
  precision: z
    .enum(precisions)
    .default('float32')
    .describe(
      'What 3×3 convolutions multiply while the net trains: floats, or numbers rounded to bfloat16, whose products are added up as floats: up to half of the time at full width on a processor with AVX512-BF16. Weights, updates, validation and evaluation are float32 either way.',
    ),
  trainable: z
    .enum(['all', 'fully-connected'])
    .default('all')
    .describe(
      'Which layers learn: all of them, or the fully-connected ones, the others staying as they start.',
    ),
  epochs: z
    .int()
    .min(0)
    .max(1_000_000)
    .default(74)
    .describe(
      'Passes over the training set, at most (Sect. 3.1); with 0 the weights are scored as they start.',
    ),
  learningRate: positive
    .default(0.03)
    .describe('Before it falls; the paper’s is 0.01 (Sect. 3.1), and so is that of a start from weights.'),
  schedule: z
    .enum(schedules)
    .default('linear')
    .describe(
      'How the learning rate falls: at every step down to 0 at the end of the last epoch, evenly or along a cosine (Loshchilov and Hutter 2017, without restarts), or divided when the validation error stops improving, as the paper’s (Sect. 3.1).',
    ),
  warmUpEpochs: z
    .number()
    .min(0)
    .max(1_000_000)
    .default(0.5)
    .describe(
      'Epochs, or a part of one, in which the learning rate rises evenly to its value (Goyal et al. 2017).',
    ),
  clipNorm: positive
    .nullable()
    .default(1)
    .describe(
      'A gradient whose L2 norm over all weights is longer is scaled down to this (Pascanu et al. 2013); null for none.',
    ),
  momentum: z.number().min(0).lt(1).default(0.9).describe('Sect. 3.1.'),
  weightDecay: z
    .number()
    .min(0)
    .default(5e-4)
    .describe('L2: adds this times the weight to its gradient (Sect. 3.1).'),
  plateau: z
    .strictObject({
      factor: z.number().gt(1).default(10).describe('Divides the learning rate at a drop (Sect. 3.1).'),
      patience: count.default(5).describe('Validations without improvement before a drop.'),
      threshold: z
        .number()
        .min(0)
        .default(0.1)
        .describe('Percentage points of top-1 error that count as improvement.'),
      drops: z.int().min(0).max(1_000_000).default(3).describe('Drops at most (Sect. 3.1).'),
    })
    .prefault({}),
  validationsPerEpoch: count
    .default(1)
    .describe(
      'How often the validation images are scored in an epoch, where epochs are few; patience counts validations.',
    ),
  earlyStopping: count
    .nullable()
    .default(null)
    .describe('Stop after so many validations without improvement.'),
  checkpointSeconds: positive
    .default(300)
    .describe('A checkpoint at least this often, besides one per epoch.'),
  keepEpochs: count
    .nullable()
    .default(null)
    .describe(
      'Also keep the weights after every so many epochs, to look into later; each takes 4 bytes a parameter (553 MB for net D).',
    ),
  statisticsEvery: count
    .nullable()
    .default(50)
    .describe(
      'Steps between two looks at every layer: norms of gradients and weights, activations, dead units; null for none. It changes nothing in the training.',
    ),
  seed: z.int().min(0).max(0x7fffffff).default(1).describe('Of every random stream of the run.'),
});

const evaluation = z.strictObject({
  testScales: z
    .array(side)
    .min(1)
    .max(100)
    .default([256])
    .describe(
      'Q: smallest sides at which a test image is scored, such as 224,256,288 (Sect. 3.2); S, or the middle of its range, unless given.',
    ),
  protocol: z.enum(protocols).default('dense').describe('Sect. 3.2.'),
  average: z
    .enum(averages)
    .default('before-softmax')
    .describe('Where the score map is averaged over space; the paper averages it before (Sect. 3.2).'),
  horizontalFlip: z
    .boolean()
    .default(true)
    .describe('Also score the mirrored image and take the mean (Sect. 3.2).'),
  checkpoint: z.enum(['best', 'last']).default('best').describe('Which of a run’s weights are scored.'),
  keepPosteriors: z
    .boolean()
    .default(true)
    .describe(
      'Keep the posterior of every image and class with each evaluation, for fusion (Sect. 4.4): 4 bytes each, 200 MB an evaluation for ILSVRC.',
    ),
});

/** Everything that decides a run. One schema serves file, command line, form, API and database. */
export const runConfigSchema = z.strictObject({
  network: network.prefault({}),
  data: data.prefault({}),
  initialisation: initialisation.prefault({}),
  training: training.prefault({}),
  evaluation: evaluation.prefault({}),
});

/** A resolved configuration: every value present. */
export type RunConfig = z.infer<typeof runConfigSchema>;
/** A configuration as written: what is absent takes its default. */
export type RunConfigInput = z.input<typeof runConfigSchema>;
/** One number for each channel of a pixel. */
export type Rgb = readonly [red: number, green: number, blue: number];
export type EvaluationSettings = RunConfig['evaluation'];
