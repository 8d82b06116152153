import { z } from 'zod';

/** Incremented with each change that older versions could not read. */
export const archiveVersion = 1;

/** The file in an archive that lists the others. */
export const manifestName = 'vgg-workbench.json';

/** What every version can read of a manifest. */
export const archiveHeadSchema = z.object({
  format: z.literal('vgg-workbench-archive'),
  version: z.int().min(1),
});

export const manifestSchema = z.object({
  ...archiveHeadSchema.shape,
  /** The version of the workbench that wrote it. */
  workbench: z.string(),
  createdAt: z.iso.datetime(),
  files: z.array(
    z.object({
      path: z.string(),
      bytes: z.int().min(0),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  ),
});
export type Manifest = z.infer<typeof manifestSchema>;
export type ManifestFile = Manifest['files'][number];

/** A file name valid on every system: no device, no parent folder, no character with a meaning to shells or drives. */
const name = /^(?!\.{1,2}$)[^/\\:*?"<>|\p{Cc}]{1,200}$/u;

/** Whether a path may occur in an archive: `runs/ID/…` or `studies/ID.json`, and nothing that leads elsewhere. */
export function isArchivePath(path: string): boolean {
  const [kind, ...rest] = path.split('/');
  if (!rest.every((part) => name.test(part)) || rest.length > 8) return false;
  if (kind === 'studies') return rest.length === 1 && path.endsWith('.json');
  return kind === 'runs' && rest.length >= 2;
}

/** The ids of the runs, or of the studies, to which files belong. */
export function idsIn(kind: 'runs' | 'studies', files: readonly ManifestFile[]): string[] {
  const ids = files
    .map(({ path }) => path.split('/'))
    .filter(([first]) => first === kind)
    .map(([, second = '']) => (kind === 'studies' ? second.slice(0, -'.json'.length) : second));
  return [...new Set(ids)];
}
