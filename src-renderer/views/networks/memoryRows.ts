import type {
  MemoryMeasurement,
  MemoryOfPass,
  NetworkDescription,
} from '../../../src-main/workbench/contract.ts';
import { bytesText } from '../../../src-main/vocabulary/bytes.ts';

export const memoryHeadings = ['Net', 'Pass', 'Computed', 'Tensors', 'Resident', 'Resident by computed'];

/** A net as settings of a configuration. */
export function settingsOf({ config, width, crop, classes }: NetworkDescription): string[] {
  return [
    `network.config=${config}`,
    `network.width=${width}`,
    `network.crop=${crop}`,
    `network.classes=${classes}`,
  ];
}

/** Two rows a net; before anything was measured what is computed of training. */
export function memoryRows(
  networks: readonly NetworkDescription[],
  measured: readonly MemoryMeasurement[],
): { key: string; cells: string[] }[] {
  return networks.flatMap(({ config, activationBytes }, index) => {
    const passes = measured[index]?.passes;
    if (!passes) {
      return [{ key: `${index}`, cells: [config, 'training', bytesText(activationBytes), '–', '–', '–'] }];
    }
    return passes.map((pass) => ({ key: `${index} ${pass.pass}`, cells: [config, ...passCells(pass)] }));
  });
}

function passCells(of: MemoryOfPass): string[] {
  return [
    of.pass,
    bytesText(of.computedBytesPerImage),
    bytesText(Math.round(of.tensorBytesPerImage)),
    bytesText(Math.round(of.residentBytesPerImage)),
    (of.residentBytesPerImage / of.computedBytesPerImage).toFixed(2),
  ];
}
