import type { ErrorCode } from '../../../foundation/errors.ts';
import type { WorkbenchClient } from '../../../workbench/api.ts';
import { exitCodes } from '../exitCodes.ts';
import { kernelsText } from '../../../vocabulary/kernels.ts';
import { bytesText } from '../../../vocabulary/bytes.ts';
import { countText } from '../../../vocabulary/counts.ts';
import type { AddCommand } from './AddCommand.ts';

type Examination = Awaited<ReturnType<WorkbenchClient['doctor']>>;

/** Problems that impair training but do not prevent it. */
const bearable = new Set<ErrorCode>(['gpu-unused', 'gpu-not-found', 'onednn-off', 'engine-not-provided']);

export const addDoctor: AddCommand = (program, session) => {
  program
    .command('doctor')
    .description('versions, device, library, data folder, and what is wrong with any of them')
    .action(async () => {
      const examination = await session.client.doctor();
      session.result(examination, () => examinationText(examination));
      if (examination.problems.some(({ code }) => !bearable.has(code))) session.exitCode = exitCodes.failure;
    });
};

function examinationText({ engine, dataFolder, dataset, problems }: Examination): string {
  const { versions, library, device } = engine;
  const { cpu, gpus } = device;
  const rows: [string, string][] = [
    ['Node', versions.node],
    ['TensorFlow', versions.tensorflow ?? 'not provided yet'],
    ['tfjs', `${versions.tfjs}, tfjs-node ${versions.tfjsNode}`],
    ['Library', library ? `${library.folder} (${library.build.toUpperCase()} build)` : 'not provided yet'],
    ['Cache', engine.cacheFolder],
    ['Compiler', engine.compiler ?? 'missing'],
    ['pip', engine.pip ?? 'missing'],
    [
      'Kernels',
      kernelsText(engine.kernels.own, engine.kernels.bfloat16) +
        (engine.kernels.why === null ? '' : `: ${engine.kernels.why}`),
    ],
    ['oneDNN', engine.oneDnn ? 'on' : 'off'],
    [
      'CPU',
      `${cpu.model}, ${cpu.cores} cores${cpu.features.length > 0 ? `, ${cpu.features.join(' ')}` : ''}`,
    ],
    ['Memory', bytesText(device.memoryBytes)],
    ['GPU', gpus.map(gpuText).join('; ') || 'none'],
    [
      'Data folder',
      `${dataFolder.path}${dataFolder.exists ? `, ${dataFolder.runs ?? 'unreadable'} runs` : ', not made yet'}`,
    ],
    [
      'Dataset',
      dataset
        ? `${dataset.name}, ${countText(dataset.train)} + ${countText(dataset.val)} images of ${dataset.classes} classes`
        : 'missing',
    ],
  ];
  const report = rows.map(([name, value]) => `${name.padEnd(13)}${value}`).join('\n');
  if (problems.length === 0) return `${report}\n\nNothing is wrong.`;
  return [
    report,
    '',
    ...problems.map(({ code, message, nextStep }) => `! ${message}\n  ${nextStep} (${code})`),
  ].join('\n');
}

function gpuText(gpu: Examination['engine']['device']['gpus'][number]): string {
  return gpu.memoryBytes === null ? gpu.name : `${gpu.name}, ${bytesText(gpu.memoryBytes)}`;
}
