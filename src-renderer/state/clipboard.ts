import { toasts } from './Toasts.svelte.ts';

/** Whether it worked; if not, a message says why. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch (error) {
    toasts.fail(error);
    return false;
  }
}
