import { availableParallelism } from 'node:os';

/**
 * The environment variables that a process needs from its start in order to run TensorFlow well.
 * They cannot be set from inside: the C library and TensorFlow read them once.
 *
 * @param threads that compute; null for one on each core
 * @param gpu the place of the only one to use among those that `CUDA_VISIBLE_DEVICES` allows; by default all of them
 */
export function engineEnvironment(
  threads: number | null,
  gpu?: number,
  environment: NodeJS.ProcessEnv = process.env,
): NodeJS.ProcessEnv {
  return {
    ...environment,
    ...(threads !== null && { VGG_THREADS: String(threads), TF_NUM_INTRAOP_THREADS: String(threads) }),
    ...(gpu !== undefined && { CUDA_VISIBLE_DEVICES: gpuAt(gpu, environment.CUDA_VISIBLE_DEVICES) }),
    // 0 prints everything, 3 only fatal errors. A researcher does not need TensorFlow's start-up notes.
    TF_CPP_MIN_LOG_LEVEL: environment.TF_CPP_MIN_LOG_LEVEL ?? '2',
    // Every activation is a fresh allocation of up to hundreds of MB. With 4 KB pages the kernel spends longer
    // clearing them than the operations take; with huge pages (glibc 2.35 and later) a ReLU gradient halves its time.
    GLIBC_TUNABLES: environment.GLIBC_TUNABLES ?? 'glibc.malloc.hugetlb=1',
    // sharp computes on libuv's threads, four by default, however many workers call it.
    UV_THREADPOOL_SIZE: environment.UV_THREADPOOL_SIZE ?? String(Math.max(4, availableParallelism() + 2)),
  };
}

/** None where the list is shorter. */
function gpuAt(place: number, allowed: string | undefined): string {
  return allowed === undefined ? String(place) : (allowed.split(',')[place]?.trim() ?? '');
}

/** The threads that compute in this process. */
export function computingThreads(): number {
  return Number(process.env.VGG_THREADS) || availableParallelism();
}
