import type { ImageReference } from '../../../src-main/workbench/contract.ts';
import { api } from '../../api/api.ts';
import { upload } from '../../api/upload.ts';
import { hostFacts } from '../../state/files.ts';
import { toasts } from '../../state/Toasts.svelte.ts';

/** Sends the first image file of what was dropped or pasted to the workbench; undefined if there is none or it was refused. */
export async function imageGiven(data: DataTransfer | null): Promise<ImageReference | undefined> {
  const files = [...(data?.files ?? [])];
  const file = files.find(({ type }) => type.startsWith('image/'));
  const [other] = files;
  if (!file && other) toasts.say(`${other.name} is no image: drop a JPEG, PNG, WebP or another picture.`);
  if (!file) return undefined;
  return await toasts.attempt(async (): Promise<ImageReference> => {
    // In a browser it is sent as every file is, under its own name.
    if ((await hostFacts()).kind === 'browser') {
      const { signal } = new AbortController();
      return { kind: 'file', path: await upload(file, 'image', { signal, onProgress: () => undefined }) };
    }
    return { kind: 'upload', id: (await api.insight.upload({ file })).id };
  });
}
