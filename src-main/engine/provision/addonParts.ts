import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, extname, join } from 'node:path';
import { outsideArchive, projectFolder } from '../../foundation/project.ts';

/** One compilation: an object file of the addon. */
export interface AddonPart {
  source: string;
  /** Name of the object file, without its ending. */
  name: string;
  parameters: readonly string[];
}

const packages = createRequire(import.meta.url);
const tfjsPackage = packageFolder('@tensorflow/tfjs-node-gpu');
const tfjsFolder = join(tfjsPackage, 'binding');
const nodeHeaders = join(packageFolder('node-api-headers'), 'include');
const nativeFolder = outsideArchive(join(projectFolder, 'src-main', 'engine', 'native'));

/** tfjs-node gets its context from `collectives.cc`. */
const tfjsDefinitions = [
  '-DNAPI_VERSION=8',
  '-DNODE_GYP_MODULE_NAME=tfjs_binding',
  '-DTFE_NewContext=VggNewContext',
];
const tfjsParameters = [
  ...['-O2', '-w', ...tfjsDefinitions],
  // The sources name their headers from the package and from the folder that node-gyp would run in.
  ...[tfjsPackage, dirname(tfjsPackage), nodeHeaders].map((folder) => `-I${folder}`),
];

/** -Wno-psabi: vectors are passed between functions of the same object only. */
const nativeParameters = ['-O3', '-fno-math-errno', '-fno-trapping-math', '-Wno-psabi'];

const instructionSets = {
  avx512: [
    '-DVGG_LANES=16',
    '-mavx512f',
    '-mavx512vl',
    '-mavx512bw',
    '-mavx512dq',
    '-mprefer-vector-width=512',
  ],
  avx2: ['-DVGG_LANES=8'],
};

/** The sources that kernels consist of besides those that TensorFlow sees: also for a program of their own, as in a test. */
export function kernelParts(parameters: readonly string[] = nativeParameters): AddonPart[] {
  return [
    ...Object.entries(instructionSets).map(([name, flags]) => ({
      source: join(nativeFolder, 'kernels.cc'),
      name,
      parameters: [...parameters, '-mavx2', '-mfma', `-DVGG_KERNELS=${name}Kernels`, ...flags],
    })),
    ...['threads', 'choice', 'memory'].map((name) => ({
      source: join(nativeFolder, `${name}.cc`),
      name,
      parameters,
    })),
  ];
}

/** What makes the kernels TensorFlow's operations, and what gives back memory when the addon is loaded. */
export function operationParts(): AddonPart[] {
  return ['operations', 'pages'].map((name) => ({
    source: join(nativeFolder, `${name}.cc`),
    name,
    parameters: ['-O2'],
  }));
}

/** The addon of tfjs-node, which calls TensorFlow from JavaScript, and the context that it calls it with. */
export function tfjsParts(): AddonPart[] {
  const collectives = {
    source: join(nativeFolder, 'collectives.cc'),
    name: 'collectives',
    parameters: ['-O2'],
  };
  const own = sourcesIn(tfjsFolder)
    .filter((source) => extname(source) === '.cc')
    .map((source) => ({ source, name: basename(source, '.cc'), parameters: tfjsParameters }));
  return [...own, collectives];
}

/** Everything besides the library that the compiled addon depends on: the content of all sources, headers included. */
export function* addonContent(): Generator<string | Buffer> {
  for (const source of [...sourcesIn(tfjsFolder), ...sourcesIn(nativeFolder)]) yield readFileSync(source);
  for (const { parameters } of [...kernelParts(), ...operationParts()]) yield parameters.join(' ');
  yield tfjsDefinitions.join(' ');
}

function sourcesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => /\.(cc|h)$/.test(name))
    .sort()
    .map((name) => join(folder, name));
}

/** The folder of a package for the compiler, which cannot read the packaged app's archive. */
function packageFolder(name: string): string {
  return outsideArchive(dirname(packages.resolve(`${name}/package.json`)));
}
