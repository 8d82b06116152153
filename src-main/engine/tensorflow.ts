import { createRequire } from 'node:module';
import util from 'node:util';
import type * as tfjs from '@tensorflow/tfjs';
import { WorkbenchError } from '../foundation/errors.ts';
import { serverDef, type Membership } from './group/serverDef.ts';

export type Tensor = tfjs.Tensor;

declare module '@tensorflow/tfjs-core/dist/tensor.js' {
  interface Tensor {
    /** Frees it at the end of the block that declares it with `using`. */
    [Symbol.dispose](): void;
  }
}

/** An attribute of an operation, in the addon's form. */
export interface Attribute {
  name: string;
  type: number;
  value: number | boolean | string | readonly number[];
}

interface TensorMetadata {
  id: number;
  shape: number[];
  dtype: number;
}

/** The native addon: the C API of TensorFlow's eager mode. */
interface Binding {
  readonly TF_Version: string;
  readonly TF_FLOAT: number;
  readonly TF_INT32: number;
  readonly TF_UINT8: number;
  readonly TF_ATTR_TYPE: number;
  readonly TF_ATTR_INT: number;
  readonly TF_ATTR_FLOAT: number;
  readonly TF_ATTR_BOOL: number;
  readonly TF_ATTR_STRING: number;
  readonly TF_ATTR_SHAPE: number;
  createTensor(shape: readonly number[], dtype: number, data: Uint8Array): number;
  deleteTensor(id: number): void;
  executeOp(name: string, attributes: Attribute[], inputs: number[], outputs: number): TensorMetadata[];
}

interface Backend {
  readonly binding: Binding;
  readonly isUsingGpuDevice: boolean;
  createOutputTensor(metadata: TensorMetadata): Tensor;
  executeSingleOutput(name: string, attributes: Attribute[], inputs: Tensor[]): Tensor;
  executeMultipleOutputs(name: string, attributes: Attribute[], inputs: Tensor[], outputs: number): Tensor[];
}

interface Engine {
  readonly tf: typeof tfjs;
  readonly backend: Backend;
}

let opened: Engine | undefined;

/**
 * Loads TensorFlow into this process, once. From here on {@link tensorflow} and all of `engine/ops` work.
 *
 * The package's own entry looks for the addon inside `node_modules`; the parts behind it are loaded instead,
 * so that the addon may live in the cache folder and the package stay as it was installed.
 *
 * @param addon path of the compiled addon
 * @param afterOperation called after each operation: a sign of life from a thread that operations keep busy
 * @param member the group of processes that this one is to compute in step with, if any
 * @throws WorkbenchError `engine-unusable` if the addon or the library behind it does not load
 */
export function openTensorFlow(addon: string, afterOperation?: () => void, member?: Membership): void {
  if (opened) return;
  // The addon reads it while it is loaded: see `native/collectives.cc`.
  if (member) process.env.VGG_SERVER_DEF = serverDef(member).toString('hex');
  const require = createRequire(import.meta.url);
  // tfjs-node calls a function that Node removed in version 23.
  const legacy = util as unknown as Record<string, unknown>;
  legacy.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined;

  // First of all, since the library takes most memory while it is loaded.
  let binding: Binding;
  try {
    binding = require(addon) as Binding;
  } catch (error) {
    throw new WorkbenchError(
      'engine-unusable',
      `TensorFlow could not be loaded from ${addon}: ${error instanceof Error ? error.message : String(error)}`,
      'Run `npm run -s vgg -- doctor` to see what is wrong with the library.',
      { kind: 'failure', cause: error },
    );
  }
  const tf = require('@tensorflow/tfjs') as typeof tfjs;
  const { NodeJSKernelBackend } = require('@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend.js') as {
    NodeJSKernelBackend: new (binding: Binding, packageName: string) => Backend & tfjs.KernelBackend;
  };
  require('@tensorflow/tfjs-node-gpu/dist/register_all_kernels.js');
  const backend = new NodeJSKernelBackend(
    observed(binding, afterOperation ?? (() => undefined)),
    '@tensorflow/tfjs-node-gpu',
  );
  tf.registerBackend('tensorflow', () => backend, 3);
  // The JavaScript backends are a thousand times slower: better no engine than a silent fallback to one.
  for (const name of Object.keys(tf.engine().registryFactory)) {
    if (name !== 'tensorflow') tf.removeBackend(name);
  }
  tf.Tensor.prototype[Symbol.dispose] = function (this: Tensor) {
    this.dispose();
  };
  opened = { tf, backend };
}

/**
 * Wraps the binding, whose own properties cannot be replaced, so that `then` is called after each operation, and a
 * lack of memory is reported as that.
 */
function observed(binding: Binding, then: () => void): Binding {
  const executeOp: Binding['executeOp'] = (...operation) => {
    const outputs = executed(binding, operation);
    then();
    return outputs;
  };
  return Object.create(binding, { executeOp: { value: executeOp } }) as Binding;
}

function executed(
  binding: Binding,
  operation: Parameters<Binding['executeOp']>,
): ReturnType<Binding['executeOp']> {
  try {
    return binding.executeOp(...operation);
  } catch (error) {
    const [, shape] = /OOM when allocating tensor with shape\[([\d,]*)\]/.exec(String(error)) ?? [];
    if (shape === undefined) throw error;
    throw new WorkbenchError(
      'out-of-memory',
      `There is no memory for a tensor of ${shape.split(',').join('×')} numbers.`,
      'Choose a smaller width, crop, test scale or micro-batch (training.microBatch), or end other programs.',
      { kind: 'failure', cause: error },
    );
  }
}

/** The engine of this process. */
export function tensorflow(): Engine {
  if (!opened) throw new Error('openTensorFlow() comes before the first operation.');
  return opened;
}

/** TensorFlow's version and the device on which it computes, as TensorFlow itself reports them. */
export function engineFacts(): { tensorflow: string; device: 'cpu' | 'gpu' } {
  const { backend } = tensorflow();
  return { tensorflow: backend.binding.TF_Version, device: backend.isUsingGpuDevice ? 'gpu' : 'cpu' };
}

/** The number of tensors alive in this process; constant from step to step unless something leaks. */
export function liveTensors(): number {
  return tensorflow().tf.memory().numTensors;
}
