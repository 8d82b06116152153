import { z } from 'zod';
import { channelOrders, type Channels } from '../configuration/schema.ts';
import { SafetensorsFile } from '../foundation/safetensors.ts';
import { formats, type WeightsFormat } from './formats.ts';
import type { WeightsFile } from './WeightsFile.ts';

const statedSchema = z
  .string()
  .transform((json, context): unknown => {
    try {
      return JSON.parse(json);
    } catch {
      context.addIssue('It is no JSON.');
      return z.NEVER;
    }
  })
  .pipe(z.object({ channels: z.enum(channelOrders).optional() }));

/** Prefix of the metadata keys in the workbench's own files. */
const ownPrefix = 'vgg-workbench.';

/**
 * Opens a safetensors file: a checkpoint or an export of the workbench, or one with torchvision's or timm's names.
 *
 * @throws WorkbenchError `weights-not-found`, `weights-damaged`
 */
export function openSafetensorsWeights(path: string): WeightsFile {
  return asWeights(new SafetensorsFile(path));
}

/** A safetensors file that is already open, as weights. */
export function asWeights(file: SafetensorsFile): WeightsFile {
  return {
    path: file.path,
    format: formatOf(file),
    tensors: file.tensors,
    // Programs write them sorted by name, as text.
    isOrdered: false,
    notes: [],
    metadata: file.metadata,
    read: (name) => file.read(name),
    close: () => {
      file.close();
    },
  };
}

/** The order that a checkpoint or an export states; those of earlier versions read RGB. */
function channelsIn(metadata: Readonly<Record<string, string>>): Channels {
  const stated = ['preprocessing', 'state'].map(
    (key) => statedSchema.safeParse(metadata[ownPrefix + key]).data?.channels,
  );
  return stated.find((channels) => channels !== undefined) ?? 'RGB';
}

function formatOf({ metadata, tensors }: SafetensorsFile): WeightsFormat {
  if (Object.keys(metadata).some((key) => key.startsWith(ownPrefix)))
    return { ...formats.workbench, channels: channelsIn(metadata) };
  return tensors.has('head.fc.weight') ? formats.timm : formats.torchvision;
}
