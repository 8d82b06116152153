import { describe, expect, test } from 'vitest';
import { isNeeded } from '../../../src-main/engine/provision/libraryFiles.ts';
import { platformTags, spaceNeeded, wheelsOf } from '../../../src-main/engine/provision/wheels.ts';

const provided = [
  ['cpu', 'linux', 'x64'],
  ['gpu', 'linux', 'x64'],
  ['cpu', 'linux', 'arm64'],
  ['cpu', 'darwin', 'arm64'],
] as const;

describe.each(provided)('the %s build for %s on %s', (build, platform, architecture) => {
  const wheels = wheelsOf(build, platform, architecture);

  test('is TensorFlow 2.21.0, pinned by SHA-256', () => {
    expect(wheels[0]?.requirement).toMatch(/^tensorflow(_cpu)?==2\.21\.0$/);
    for (const { sha256 } of wheels) expect(sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  test('names wheels of that platform', () => {
    const tags = { x64: /x86_64$/, arm64: /(aarch64|arm64)$/ };
    for (const tag of wheels.flatMap(platformTags)) expect(tag).toMatch(tags[architecture]);
  });

  test('needs more space than its downloads', () => {
    expect(spaceNeeded(wheels)).toBeGreaterThan(2 * wheels.reduce((sum, { bytes }) => sum + bytes, 0));
  });
});

test('the GPU build brings CUDA and cuDNN as TensorFlow 2.21.0 asks for them', () => {
  // The extra `and-cuda` of its metadata, but for nvidia-cuda-nvcc-cu12.
  const asked = {
    nvidia_cublas_cu12: ['12.5.3.2', '13.0'],
    nvidia_cuda_cupti_cu12: ['12.5.82', '13.0'],
    nvidia_cuda_nvrtc_cu12: ['12.5.82', '13.0'],
    nvidia_cuda_runtime_cu12: ['12.5.82', '13.0'],
    nvidia_cudnn_cu12: ['9.3.0.75', '10.0'],
    nvidia_cufft_cu12: ['11.2.3.61', '12.0'],
    nvidia_curand_cu12: ['10.3.6.82', '11.0'],
    nvidia_cusolver_cu12: ['11.6.3.83', '12.0'],
    nvidia_cusparse_cu12: ['12.5.1.3', '13.0'],
    nvidia_nccl_cu12: ['2.27.7', '3.0'],
    nvidia_nvjitlink_cu12: ['12.5.82', '13.0'],
  };
  const brought = wheelsOf('gpu', 'linux', 'x64')
    .slice(1)
    .map(({ requirement }) => requirement.split('=='));
  expect(brought.map(([name]) => name)).toEqual(Object.keys(asked));
  const order = new Intl.Collator('en', { numeric: true });
  for (const [name = '', version = ''] of brought) {
    const [least = '', below = ''] = asked[name as keyof typeof asked];
    expect(order.compare(version, least), name).toBeGreaterThanOrEqual(0);
    expect(order.compare(version, below), name).toBeLessThan(0);
  }
});

test.each([
  ['cpu', 'win32', 'x64'],
  ['gpu', 'darwin', 'arm64'],
  ['cpu', 'linux', 'riscv64'],
] as const)('the %s build for %s on %s is refused', (build, platform, architecture) => {
  expect(() => wheelsOf(build, platform, architecture)).toThrow(
    expect.objectContaining({
      code: 'platform-not-supported',
      message: expect.stringContaining(`for ${platform} on ${architecture}`) as unknown,
      nextStep: expect.stringContaining('VGG_TENSORFLOW=<folder>') as unknown,
    }),
  );
});

test('of a wheel, the libraries, the headers of the C API and CUDA’s libraries are taken', () => {
  expect(isNeeded('tensorflow/include/tensorflow/c/eager/c_api.h')).toBe(true);
  expect(isNeeded('nvidia/cublas/lib/libcublas.so.12')).toBe(true);
  expect(isNeeded('nvidia/cuda_runtime/lib/libcudart_static.a')).toBe(false);
  expect(isNeeded('nvidia/cublas/include/cublas.h')).toBe(false);
  expect(isNeeded('tensorflow/include/tensorflow/core/framework/op.h')).toBe(false);
  expect(isNeeded('tensorflow/python/_pywrap_tensorflow_internal.so')).toBe(false);
});
