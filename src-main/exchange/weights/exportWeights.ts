import { SafetensorsFile } from '../../foundation/safetensors.ts';
import type { Run } from '../../runs/records.ts';
import { readCheckpoint } from '../../training/checkpoint.ts';
import { placeholderName } from '../../vgg/weights/classNames.ts';
import type { Transfer } from '../Transfer.ts';
import { exportSafetensors } from './exportSafetensors.ts';
import type { NetToExport } from './NetToExport.ts';
import { exportOnnx } from './onnx/exportOnnx.ts';
import { exportTfjs } from './tfjs/exportTfjs.ts';

/** Formats for other programs: a file for PyTorch, a file for ONNX Runtime, a folder for TensorFlow.js. */
export const exportFormats = ['safetensors', 'onnx', 'tfjs'] as const;
export type ExportFormat = (typeof exportFormats)[number];

const writers = {
  safetensors: exportSafetensors,
  onnx: exportOnnx,
  tfjs: exportTfjs,
} as const satisfies Record<
  ExportFormat,
  (target: string, net: NetToExport, transfer: Transfer) => Promise<void>
>;

/** A checkpoint of a run. */
export interface ExportedCheckpoint {
  run: Run;
  path: string;
  kind: string;
  /** Names for the classes of a checkpoint that names none; where there are none either, numbers replace them. */
  classes: readonly string[];
}

/**
 * Writes the net of a checkpoint for other programs, with everything that they need to use it.
 *
 * @throws WorkbenchError `checkpoint-damaged`, `weights-damaged`, `weights-corrupt`, `disk-full`, `write-failed`; `no-such-layer`,
 *   `onnx-too-large` if the format cannot hold the net; the signal's reason
 */
export async function exportWeights(
  { run, path, kind, classes }: ExportedCheckpoint,
  format: ExportFormat,
  target: string,
  transfer: Transfer,
): Promise<void> {
  const { architecture, state } = readCheckpoint(path);
  const configured = run.config.data.deviation;
  const weights = new SafetensorsFile(path);
  try {
    // The formats read it in parts, which have no checksums.
    await weights.requireIntact();
    const net: NetToExport = {
      architecture,
      weights,
      preprocessing: {
        channels: state.channels,
        crop: architecture.crop,
        mean: state.mean,
        deviation: configured === 'training-set' ? state.deviation : configured,
      },
      classes: Array.from(
        { length: architecture.classes },
        (_, output) => (state.classes ?? classes)[output] ?? placeholderName(output),
      ),
      source: { run: run.id, checkpoint: kind, step: state.step, epoch: state.epoch },
    };
    await writers[format](target, net, transfer);
  } finally {
    weights.close();
  }
}
