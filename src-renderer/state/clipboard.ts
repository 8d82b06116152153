import { toasts } from './Toasts.svelte.ts';

/** Whether it worked; why not is told. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch (error) {
    toasts.fail(error);
    return false;
  }
}
