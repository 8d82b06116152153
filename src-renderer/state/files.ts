import type { HostFacts, OfferedFile, PathKind } from '../../src-main/workbench/contract.ts';
import { api } from '../api/api.ts';
import { askAgain } from '../api/askAgain.ts';
import { toasts } from './Toasts.svelte.ts';

let known: Promise<HostFacts> | undefined;

/** What the window lives in: it does not change while it is open. */
export function hostFacts(): Promise<HostFacts> {
  known ??= askAgain(() => api.host.facts());
  known.catch(() => (known = undefined));
  return known;
}

/** Saves by the host's dialog, or as the browser's download where there is none. */
export async function saveFile(suggestedName: string, content: string | Blob): Promise<void> {
  await toasts.attempt(async () => {
    if ((await hostFacts()).dialogs) {
      const path = await api.host.saveFile({ suggestedName, content });
      if (path !== null) toasts.say(`Saved to ${path}.`);
      return;
    }
    const address = URL.createObjectURL(content instanceof Blob ? content : new Blob([content]));
    follow(address, suggestedName);
    setTimeout(() => {
      URL.revokeObjectURL(address);
    }, 10_000);
  });
}

/** Has the browser fetch a file that the workbench offers: the server sends it as it is on the disk. */
export function fetchOffered({ id, name }: OfferedFile): void {
  follow(`download/${id}`, name);
}

function follow(address: string, name: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
}

/** A path by the host's dialog; null if it was cancelled or there is none: then it is typed. */
export async function choosePath(what: PathKind, title: string): Promise<string | null> {
  const path = await toasts.attempt(() => api.host.choosePath({ what, title }));
  return path ?? null;
}
