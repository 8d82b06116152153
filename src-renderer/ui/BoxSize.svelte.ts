import type { Attachment } from 'svelte/attachments';

/**
 * The size of an element in pixels, as it changes: `<div {@attach box.measure}>`. Its observer ends with the element;
 * Svelte's `bind:clientWidth` shares one that keeps elements which have gone.
 */
export class BoxSize {
  width = $state(0);
  height = $state(0);
  readonly #isSupposed: boolean;

  /** @param supposed the likely size, which is used until the page is laid out */
  constructor(supposed?: { width: number; height: number }) {
    this.width = supposed?.width ?? 0;
    this.height = supposed?.height ?? 0;
    this.#isSupposed = supposed !== undefined;
  }

  readonly measure: Attachment<HTMLElement> = (element) => {
    const read = () => {
      this.width = element.clientWidth;
      this.height = element.clientHeight;
    };
    const observer = new ResizeObserver(read);
    observer.observe(element);
    if (!this.#isSupposed) read();
    return () => {
      observer.disconnect();
    };
  };
}
