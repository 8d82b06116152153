import { WorkbenchError } from '../../foundation/errors.ts';

/** Without a GPU (`cpu`), or with CUDA and cuDNN (`gpu`). */
export type EngineBuild = 'cpu' | 'gpu';

/** A Python wheel, pinned by its checksum. */
export interface Wheel {
  /** The requirement passed to pip. */
  requirement: string;
  file: string;
  sha256: string;
  /** Size of the wheel. */
  bytes: number;
  /** Size of the files extracted from it; an allowance where it was not measured. */
  unpackedBytes: number;
}

export const tensorflowVersion = '2.21.0';

const tensorflow = {
  'cpu linux x64': wheel(
    'tensorflow_cpu-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl',
    '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
    273_829_956,
    855_000_000,
  ),
  'gpu linux x64': wheel(
    'tensorflow-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl',
    '9056fbc9ba04235810b71ae6cbd958a196e8804fb53bbcffbf3e23b56155f124',
    572_440_367,
    1_261_000_000,
  ),
  'cpu linux arm64': wheel(
    'tensorflow-2.21.0-cp311-cp311-manylinux_2_27_aarch64.whl',
    '4b24aca16d527a3cf1c37f720c04c484c3d20f4d0fdfa98632ac8b9f3be6eb5c',
    281_828_020,
    885_000_000,
  ),
  'cpu darwin arm64': wheel(
    'tensorflow-2.21.0-cp311-cp311-macosx_12_0_arm64.whl',
    '51f46f4806139d01fc7920cc72a4c75876f80649bf40ff083ab6212ceb43ca88',
    223_405_849,
    743_000_000,
  ),
};

/**
 * The packages of TensorFlow's extra `and-cuda`, in the newest versions that it allowed when these were pinned, without
 * CUDA's compiler (`nvidia-cuda-nvcc`), which only XLA runs.
 */
const cuda = [
  wheel(
    'nvidia_cublas_cu12-12.9.3.13-py3-none-manylinux_2_27_x86_64.whl',
    'd7d51055f161b317c7105ddaae90e71eda059026074ffef93cf7cde2886bfe72',
    581_217_458,
  ),
  wheel(
    'nvidia_cuda_cupti_cu12-12.9.79-py3-none-manylinux_2_25_x86_64.whl',
    '096bcf334f13e1984ba36685ad4c1d6347db214de03dbb6eebb237b41d9d934f',
    10_814_997,
  ),
  wheel(
    'nvidia_cuda_nvrtc_cu12-12.9.86-py3-none-manylinux2010_x86_64.manylinux_2_12_x86_64.whl',
    '210cf05005a447e29214e9ce50851e83fc5f4358df8b453155d5e1918094dcb4',
    89_568_129,
  ),
  wheel(
    'nvidia_cuda_runtime_cu12-12.9.79-py3-none-manylinux2014_x86_64.manylinux_2_17_x86_64.whl',
    '25bba2dfb01d48a9b59ca474a1ac43c6ebf7011f1b0b8cc44f54eb6ac48a96c3',
    3_493_179,
  ),
  wheel(
    'nvidia_cudnn_cu12-9.28.0.42-py3-none-manylinux_2_27_x86_64.whl',
    '9ff58b7f36dacd0a93e89f8f2957b52466889217963701daa15e577317cfa375',
    716_538_495,
  ),
  wheel(
    'nvidia_cufft_cu12-11.4.1.4-py3-none-manylinux2014_x86_64.manylinux_2_17_x86_64.whl',
    'c67884f2a7d276b4b80eb56a79322a95df592ae5e765cf1243693365ccab4e28',
    200_877_592,
  ),
  wheel(
    'nvidia_curand_cu12-10.3.10.19-py3-none-manylinux_2_27_x86_64.whl',
    '49b274db4780d421bd2ccd362e1415c13887c53c214f0d4b761752b8f9f6aa1e',
    68_295_626,
  ),
  wheel(
    'nvidia_cusolver_cu12-11.7.5.82-py3-none-manylinux_2_27_x86_64.whl',
    '15da72d1340d29b5b3cf3fd100e3cd53421dde36002eda6ed93811af63c40d88',
    338_117_415,
  ),
  wheel(
    'nvidia_cusparse_cu12-12.5.10.65-py3-none-manylinux2014_x86_64.manylinux_2_17_x86_64.whl',
    '73060ce019ac064a057267c585bf1fd5a353734151f87472ff02b2c5c9984e78',
    366_465_088,
  ),
  wheel(
    'nvidia_nccl_cu12-2.32.3-py3-none-manylinux_2_27_x86_64.whl',
    'bb94b2348e4861d5e8aa00b36c3d12d9bdf9c6369b82cbb723de0b582280a21c',
    351_526_311,
  ),
  wheel(
    'nvidia_nvjitlink_cu12-12.9.86-py3-none-manylinux2010_x86_64.manylinux_2_12_x86_64.whl',
    'e3f1171dbdc83c5932a45f0f4c99180a70de9bd2718c1ab77d14104f6d7147f9',
    39_748_338,
  ),
];

/**
 * By build, `process.platform` and `process.arch`. Only the CPU build on Linux x64 was run; for the others, the
 * checksums and (except for CUDA's) the names inside the wheels were looked up.
 */
const pinned: Partial<Record<string, readonly Wheel[]>> = {
  'cpu linux x64': [tensorflow['cpu linux x64']],
  'gpu linux x64': [tensorflow['gpu linux x64'], ...cuda],
  'cpu linux arm64': [tensorflow['cpu linux arm64']],
  'cpu darwin arm64': [tensorflow['cpu darwin arm64']],
};

/** The wheels of a build. @throws WorkbenchError `platform-not-supported` */
export function wheelsOf(
  build: EngineBuild,
  platform: string = process.platform,
  architecture: string = process.arch,
): readonly Wheel[] {
  const wheels = pinned[`${build} ${platform} ${architecture}`];
  if (wheels !== undefined) return wheels;
  throw new WorkbenchError(
    'platform-not-supported',
    `There is no ${build.toUpperCase()} build of TensorFlow for ${platform} on ${architecture} that the workbench ` +
      'can provide: this platform is not supported yet.',
    'Name a TensorFlow 2 library that is already on this machine with VGG_TENSORFLOW=<folder>, such as the ' +
      'tensorflow folder of a Python environment.',
  );
}

/** Disk space that a set-up needs at its peak: for a moment pip holds a wheel twice. */
export function spaceNeeded(wheels: readonly Wheel[]): number {
  const all = wheels.reduce((sum, { bytes, unpackedBytes }) => sum + bytes + unpackedBytes, 0);
  return all + Math.max(...wheels.map(({ bytes }) => bytes));
}

/** The platform tags of a wheel, the last part of its name: pip has to be asked to accept them. */
export function platformTags({ file }: Wheel): string[] {
  return (
    file
      .replace(/\.whl$/, '')
      .split('-')
      .at(-1)
      ?.split('.') ?? []
  );
}

function wheel(file: string, sha256: string, bytes: number, unpackedBytes = 2 * bytes): Wheel {
  const [name = '', version = ''] = file.split('-');
  return { requirement: `${name}==${version}`, file, sha256, bytes, unpackedBytes };
}
