/** Draws at most once a frame, and only while the element is on the screen. */
export class FrameDraw {
  readonly #draw: () => void;
  readonly #observer: IntersectionObserver;
  #visible = true;
  #due = false;
  #frame = 0;

  constructor(element: Element, draw: () => void) {
    this.#draw = draw;
    this.#observer = new IntersectionObserver((entries) => {
      this.#visible = entries.at(-1)?.isIntersecting ?? true;
      if (this.#due) this.request();
    });
    this.#observer.observe(element);
  }

  request(): void {
    this.#due = true;
    if (!this.#visible || this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#due = false;
      this.#draw();
    });
  }

  stop(): void {
    this.#observer.disconnect();
    cancelAnimationFrame(this.#frame);
  }
}
