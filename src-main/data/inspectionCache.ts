import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomically } from '../foundation/files.ts';
import { cacheHome } from '../foundation/home.ts';
import type { Dataset } from './dataset.ts';
import { stampOf } from './fingerprint.ts';
import {
  inspectDataset,
  inspectionSchema,
  type Inspection,
  type InspectionOptions,
} from './inspectDataset.ts';
import { inspectImage } from './inspectImage.ts';

/** The version is raised when an inspection would find something else, so that stored ones are made anew. */
const storedSchema = z.strictObject({ version: z.literal(3), inspection: inspectionSchema });

/** Inspects a dataset and keeps the result under its stamp. */
export async function inspectAndStore(
  dataset: Dataset,
  options: InspectionOptions = {},
): Promise<Inspection> {
  const inspection = await inspectDataset(dataset, options);
  const content = { version: 3, inspection } satisfies z.infer<typeof storedSchema>;
  writeFileAtomically(pathOf(dataset), JSON.stringify(content));
  return inspection;
}

/**
 * The inspection of a dataset: the stored one, else a new one. A stored one that found unusable images is used only
 * while each of them still is, so that a repaired file (its permissions, say) is noticed.
 */
export async function inspectionOf(dataset: Dataset, options: InspectionOptions = {}): Promise<Inspection> {
  const stored = readStored(dataset);
  if (stored === undefined || !(await stillBroken(dataset, stored)))
    return await inspectAndStore(dataset, options);
  return stored;
}

function readStored(dataset: Dataset): Inspection | undefined {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(pathOf(dataset), 'utf8'));
  } catch {
    return undefined;
  }
  return storedSchema.safeParse(content).data?.inspection;
}

async function stillBroken(dataset: Dataset, { findings }: Inspection): Promise<boolean> {
  for (const split of ['train', 'val'] as const) {
    const broken = new Set(
      findings.filter((f) => f.severity === 'error' && f.split === split).map((f) => f.subject),
    );
    if (broken.size === 0) continue;
    for (const sample of dataset[split].filter(({ name }) => broken.has(name))) {
      const now = await inspectImage(sample.source, false);
      if (!now.findings.some(({ severity }) => severity === 'error')) return false;
    }
  }
  return true;
}

function pathOf(dataset: Dataset): string {
  return join(cacheHome(), 'datasets', `${stampOf(dataset)}.json`);
}
