/** Without a GPU (`cpu`), or with CUDA and cuDNN (`gpu`). */
export type EngineBuild = 'cpu' | 'gpu';

/** A Python wheel, pinned by its checksum. */
export interface Wheel {
  /** What pip is asked for. */
  requirement: string;
  file: string;
  /** The platform tags pip has to accept, as in the file's name and the older names of the same systems. */
  platforms: readonly string[];
  sha256: string;
  /** Size of the wheel, and of what is taken from it. */
  bytes: number;
  unpackedBytes: number;
}

export const tensorflowVersion = '2.21.0';

const linuxX64 = ['manylinux_2_27_x86_64', 'manylinux_2_17_x86_64', 'manylinux2014_x86_64'];

/** The wheels each platform (`process.platform`-`process.arch`) needs for a build. What is not listed is refused. */
const pinned: Partial<Record<string, readonly Wheel[]>> = {
  'linux-x64-cpu': [
    {
      requirement: `tensorflow-cpu==${tensorflowVersion}`,
      file: 'tensorflow_cpu-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl',
      platforms: linuxX64,
      sha256: '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
      bytes: 273_829_956,
      unpackedBytes: 855_000_000,
    },
  ],
};

/** The wheels of a build, or undefined where there are none for the platform. */
export function wheelsOf(
  build: EngineBuild,
  platform: string = process.platform,
  architecture: string = process.arch,
): readonly Wheel[] | undefined {
  return pinned[`${platform}-${architecture}-${build}`];
}
