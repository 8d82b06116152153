import { bytesText } from '../../../src-main/vocabulary/bytes.ts';
import { none } from '../../../src-main/vocabulary/none.ts';
import type {
  MemoryMeasurement,
  MemoryOfPass,
  NetworkDescription,
} from '../../../src-main/workbench/contract.ts';
import type { Column } from '../../ui/dataTable.ts';

/** The memory of one pass of a net, in bytes an image. */
export interface MemoryRow {
  key: string;
  net: string;
  pass: MemoryOfPass['pass'];
  computed: number;
  /** Null until it was measured. */
  tensors: number | null;
  resident: number | null;
}

export const memoryColumns: readonly Column<MemoryRow>[] = [
  { title: 'Net', isName: true, text: ({ net }) => net },
  { title: 'Pass', text: ({ pass }) => pass },
  { title: 'Computed', isNumber: true, text: ({ computed }) => bytesText(computed) },
  { title: 'Tensors', isNumber: true, text: ({ tensors }) => measuredText(tensors) },
  { title: 'Resident', isNumber: true, text: ({ resident }) => measuredText(resident) },
  {
    title: 'Resident by computed',
    isNumber: true,
    text: ({ resident, computed }) => (resident === null ? none : (resident / computed).toFixed(2)),
  },
];

function measuredText(bytes: number | null): string {
  return bytes === null ? none : bytesText(Math.round(bytes));
}

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
): MemoryRow[] {
  return networks.flatMap(({ config: net, activationBytes }, index): MemoryRow[] => {
    const passes = measured[index]?.passes;
    if (!passes) {
      const computed = activationBytes;
      return [{ key: String(index), net, pass: 'training', computed, tensors: null, resident: null }];
    }
    return passes.map((of) => ({
      key: `${index} ${of.pass}`,
      net,
      pass: of.pass,
      computed: of.computedBytesPerImage,
      tensors: of.tensorBytesPerImage,
      resident: of.residentBytesPerImage,
    }));
  });
}
