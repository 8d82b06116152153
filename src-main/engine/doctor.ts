import { createRequire } from 'node:module';
import { z } from 'zod';
import { problemSchema } from '../foundation/errorSchemas.ts';
import { problemOf, type Problem } from '../foundation/errors.ts';
import { cacheHome } from '../foundation/home.ts';
import { instructionSets } from '../vocabulary/kernels.ts';
import { type DeviceFacts, deviceFacts, deviceFactsSchema } from './device.ts';
import { requireSpace } from './provision/cacheErrors.ts';
import { type EngineFiles, findEngine } from './provision/provideEngine.ts';
import { whyNotLoadable } from './provision/loadable.ts';
import { damagedLibraryFiles, providedLibrary } from './provision/provideLibrary.ts';
import { compilerMissing, compilerVersion, pipMissing, pipVersion } from './provision/tools.ts';
import { spaceNeeded, wheelsOf } from './provision/wheels.ts';

/** The software and the machine that run the networks, and the problems found with them. */
export const engineExaminationSchema = z.object({
  versions: z.object({
    node: z.string(),
    tfjs: z.string(),
    tfjsNode: z.string(),
    tensorflow: z.string().nullable(),
  }),
  /** Null while it is not provided. */
  library: z.object({ folder: z.string(), addon: z.string(), build: z.enum(['cpu', 'gpu']) }).nullable(),
  cacheFolder: z.string(),
  /** The first line that each prints as its version; null where it is missing. */
  compiler: z.string().nullable(),
  pip: z.string().nullable(),
  /** Whether TensorFlow uses oneDNN's kernels, as it does by default. */
  oneDnn: z.boolean(),
  /** Whether the workbench's own kernels compute the layers of the paper's nets, and for which processor; else why not. */
  kernels: z.object({
    own: z.enum(instructionSets).nullable(),
    /** Whether they multiply bfloat16. */
    bfloat16: z.boolean(),
    why: z.string().nullable(),
  }),
  device: deviceFactsSchema,
  problems: z.array(problemSchema),
});

export type EngineExamination = z.infer<typeof engineExaminationSchema>;

/** Checks everything the engine needs, also that it loads. Provides nothing and does not throw for what is missing. */
export async function examineEngine(): Promise<EngineExamination> {
  const problems: Problem[] = [];
  const [engine, compiler, pip, device] = await Promise.all([
    findEngine().catch((error: unknown) => {
      problems.push(problemOf(error));
      return undefined;
    }),
    compilerVersion(),
    pipVersion(),
    deviceFacts(),
  ]);
  const oneDnn = !/^(0|false)$/i.test(process.env.TF_ENABLE_ONEDNN_OPTS ?? '');
  if (engine === undefined) problems.push(...problemsOfSetUp(compiler, pip));
  else problems.push(...(await problemsOfContent(engine)));
  problems.push(...problemsOfDevice(engine, device, oneDnn));
  return {
    versions: {
      node: process.version,
      tfjs: packageVersion('@tensorflow/tfjs'),
      tfjsNode: packageVersion('@tensorflow/tfjs-node-gpu'),
      tensorflow: engine?.version ?? null,
    },
    library: engine ? { folder: engine.libraryFolder, addon: engine.addon, build: engine.build } : null,
    cacheFolder: cacheHome(),
    compiler: compiler ?? null,
    pip: 'version' in pip ? pip.version : null,
    oneDnn,
    kernels: kernelsOf(engine, device),
    device,
    problems,
  };
}

/** The choice that the addon makes when it is loaded (`native/choice.cc`), and why it makes it. */
function kernelsOf(engine: EngineFiles | undefined, device: DeviceFacts): EngineExamination['kernels'] {
  const without = (why: string) => ({ own: null, bfloat16: false, why });
  const has = (...features: string[]) => features.every((name) => device.cpu.features.includes(name));
  const requested = process.env.VGG_ISA ?? '';
  if (!engine) return without('the engine is not provided yet');
  if (engine.build === 'gpu' && device.gpus.length > 0) return without('the GPU computes');
  if (engine.kernelsMissing !== null) return without(engine.kernelsMissing);
  if (!has('avx2', 'fma')) return without('the processor has no AVX2');
  if (requested === 'none') return without('VGG_ISA is none');
  const isWide = has('avx512f', 'avx512vl', 'avx512bw', 'avx512dq') && ['', 'avx512'].includes(requested);
  return { own: isWide ? 'avx512' : 'avx2', bfloat16: isWide && has('avx512_bf16'), why: null };
}

/** That the engine is not set up yet, or why its set-up would fail. */
function problemsOfSetUp(
  compiler: Awaited<ReturnType<typeof compilerVersion>>,
  pip: Awaited<ReturnType<typeof pipVersion>>,
): Problem[] {
  const problems: Problem[] = [];
  if (compiler === undefined) problems.push(problemOf(compilerMissing()));
  if (process.env.VGG_TENSORFLOW) {
    return [
      ...problems,
      notProvided('The addon for the TensorFlow that VGG_TENSORFLOW names is not compiled.'),
    ];
  }
  if (providedLibrary('cpu') !== undefined) {
    return [...problems, notProvided('The addon for TensorFlow is not compiled.')];
  }
  if ('missing' in pip) problems.push(problemOf(pipMissing(pip.missing)));
  try {
    requireSpace(cacheHome(), spaceNeeded(wheelsOf('cpu')));
  } catch (error) {
    problems.push(problemOf(error));
  }
  return [...problems, notProvided('TensorFlow is not provided.')];
}

/** Damage that leaves every file its size. */
async function problemsOfContent({ libraryFolder, addon }: EngineFiles): Promise<Problem[]> {
  const nextStep = 'Run npm run setup: it mends what it has provided.';
  const damaged = await damagedLibraryFiles(libraryFolder);
  if (damaged.length > 0) {
    const message = `Files of TensorFlow in ${libraryFolder} are damaged: ${damaged.join(', ')}.`;
    return [{ code: 'engine-unusable', message, nextStep }];
  }
  const reason = await whyNotLoadable(addon);
  if (reason === undefined) return [];
  return [{ code: 'engine-unusable', message: `TensorFlow's addon does not load: ${reason}.`, nextStep }];
}

function notProvided(message: string): Problem {
  return {
    code: 'engine-not-provided',
    message,
    nextStep: 'Run npm run setup, or any command that needs it: it does the same first.',
  };
}

function problemsOfDevice(engine: EngineFiles | undefined, device: DeviceFacts, oneDnn: boolean): Problem[] {
  const problems: Problem[] = [];
  const gpu = device.gpus[0];
  if (gpu !== undefined && engine?.build === 'cpu') {
    problems.push({
      code: 'gpu-unused',
      message: `${gpu.name} is there, but the TensorFlow in use is a CPU build: training runs on the CPU.`,
      nextStep: 'Run npm run setup -- --gpu.',
    });
  }
  if (gpu === undefined && engine?.build === 'gpu') {
    problems.push({
      code: 'gpu-not-found',
      message: 'The TensorFlow in use is a GPU build, but nvidia-smi shows no GPU: training runs on the CPU.',
      nextStep: 'Check the NVIDIA driver (nvidia-smi) if a GPU is meant to be used.',
    });
  }
  if (!oneDnn) {
    problems.push({
      code: 'onednn-off',
      message: 'TF_ENABLE_ONEDNN_OPTS turns oneDNN off: on a CPU, training takes several times as long.',
      nextStep: 'Unset TF_ENABLE_ONEDNN_OPTS.',
    });
  }
  const { features } = device.cpu;
  if (device.architecture === 'x64' && features.length > 0 && !features.includes('avx')) {
    problems.push({
      code: 'cpu-too-old',
      message: `${device.cpu.model} has no AVX instructions, which TensorFlow's own builds need.`,
      nextStep: 'Use another machine, or name a TensorFlow built for this one with VGG_TENSORFLOW=<folder>.',
    });
  }
  return problems;
}

function packageVersion(name: string): string {
  const description: unknown = createRequire(import.meta.url)(`${name}/package.json`);
  return z.object({ version: z.string() }).parse(description).version;
}
