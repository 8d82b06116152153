import type { ImageReference } from '../../../src-main/workbench/contract.ts';
import { api } from '../../api/api.ts';
import { toasts } from '../../state/Toasts.svelte.ts';

/** Sends the first image file of what was dropped or pasted to the workbench; undefined if there is none or it was refused. */
export async function imageGiven(data: DataTransfer | null): Promise<ImageReference | undefined> {
  const files = [...(data?.files ?? [])];
  const file = files.find(({ type }) => type.startsWith('image/'));
  const [other] = files;
  if (!file && other) toasts.say(`${other.name} is no image: drop a JPEG, PNG, WebP or another picture.`);
  if (!file) return undefined;
  const sent = await toasts.attempt(() => api.insight.upload({ file }));
  return sent && { kind: 'upload', id: sent.id };
}
