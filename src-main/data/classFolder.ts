import { join } from 'node:path';
import type { Finding } from './findings.ts';
import { scanImages, visibleEntries, type FolderScan } from './scanFolder.ts';

/** The images of a class, and those that lie in one folder within its own, as Tiny ImageNet's do in `CLASS/images`. */
export async function scanClassFolder(
  folder: string,
  split: Finding['split'],
  name: string,
): Promise<FolderScan> {
  const direct = await scanImages(folder, split, `${name}/`);
  if (direct.images.length > 0) return direct;
  const { folders } = await visibleEntries(folder);
  const [inner] = folders;
  if (inner === undefined || folders.length > 1) return direct;
  const nested = await scanImages(join(folder, inner), split, `${name}/${inner}/`);
  if (nested.images.length === 0) return direct;
  return {
    images: nested.images.map(({ file, ...rest }) => ({ file: `${inner}/${file}`, ...rest })),
    // That the folder is not read is no longer so.
    findings: [
      ...direct.findings.filter(({ subject }) => subject !== `${name}/${inner}`),
      ...nested.findings,
    ],
  };
}
