import { readFile } from 'node:fs/promises';
import { availableParallelism, cpus, release, totalmem } from 'node:os';
import { z } from 'zod';
import { runProgram } from './provision/runProgram.ts';

const gpuSchema = z.object({
  name: z.string().min(1),
  /** Null where the driver does not report it. */
  memoryBytes: z.number().nonnegative().nullable(),
  driver: z.string(),
});

/** The facts of a machine that a run's speed and its last digits depend on. */
export const deviceFactsSchema = z.object({
  platform: z.string(),
  architecture: z.string(),
  system: z.string(),
  cpu: z.object({ model: z.string(), cores: z.int().positive(), features: z.array(z.string()) }),
  /** Of the machine, or of the container the process is confined to. */
  memoryBytes: z.number().positive(),
  gpus: z.array(gpuSchema),
});

export type DeviceFacts = z.infer<typeof deviceFactsSchema>;
export type Gpu = z.infer<typeof gpuSchema>;

/** The instructions that TensorFlow's and oneDNN's kernels choose between, as Linux names them (x64, then arm64). */
const featuresOfInterest = new Set([
  'sse4_1',
  'sse4_2',
  'avx',
  'avx2',
  'fma',
  'f16c',
  'avx_vnni',
  ...[
    'avx512f',
    'avx512vl',
    'avx512bw',
    'avx512dq',
    'avx512_vnni',
    'avx512_bf16',
    'avx512_fp16',
    'amx_tile',
    'amx_bf16',
    'amx_int8',
  ],
  'asimd',
  'asimdhp',
  'asimddp',
  'sve',
  'sve2',
  'bf16',
  'i8mm',
]);

/** Describes the machine without loading TensorFlow. */
export async function deviceFacts(): Promise<DeviceFacts> {
  return {
    platform: process.platform,
    architecture: process.arch,
    system: release(),
    cpu: {
      model: cpus()[0]?.model.trim() ?? 'unknown',
      cores: availableParallelism(),
      features: await cpuFeatures(),
    },
    memoryBytes: memoryOfMachine(),
    gpus: await nvidiaGpus(),
  };
}

/** In bytes: the machine's, or what this process may have of it. */
export function memoryOfMachine(): number {
  const confined = process.constrainedMemory();
  return confined > 0 ? Math.min(confined, totalmem()) : totalmem();
}

/** The GPUs that NVIDIA's driver knows; none where there is no driver. */
export async function nvidiaGpus(): Promise<Gpu[]> {
  const end = await runProgram('nvidia-smi', [
    '--query-gpu=driver_version,memory.total,name',
    '--format=csv,noheader,nounits',
  ]);
  if (end.outcome !== 'succeeded') return [];
  return end.lines.flatMap((line) => {
    const [driver = '', mebibytes = '', ...name] = line.split(',').map((field) => field.trim());
    const memory = Number(mebibytes);
    const gpu = gpuSchema.safeParse({
      name: name.join(', '),
      memoryBytes: Number.isFinite(memory) ? memory * 2 ** 20 : null,
      driver,
    });
    return gpu.success ? [gpu.data] : [];
  });
}

/** Linux lists them; elsewhere finding them would need a program of our own. */
async function cpuFeatures(): Promise<string[]> {
  const facts = await readFile('/proc/cpuinfo', 'utf8').catch(() => '');
  const flags = /^(?:flags|Features)\s*:\s*(.*)$/m.exec(facts)?.[1] ?? '';
  return flags.split(' ').filter((flag) => featuresOfInterest.has(flag));
}
