const digits = /\d/g;

/** How wide texts of the list are, in pixels: measured anew once the typeface has come, since until then another is. */
class TextWidths {
  /** Each text is measured once: most of a list stays as it is while runs train. */
  readonly #known = new Map<string, number>();
  #context: CanvasRenderingContext2D | null | undefined;
  #digit = 0;
  #arrivals = $state(0);

  constructor() {
    document.fonts.addEventListener('loadingdone', () => {
      this.#context = undefined;
      this.#known.clear();
      this.#arrivals++;
    });
  }

  readonly of = (text: string): number => {
    void this.#arrivals;
    const width = this.#known.get(text) ?? this.#measure(text);
    this.#known.set(text, width);
    return width;
  };

  /** Digits are as wide as in a table, which a canvas does not know. */
  #measure(text: string): number {
    if (this.#context === undefined) this.#prepare();
    if (!this.#context) return 8 * text.length;
    const count = text.match(digits)?.length ?? 0;
    return this.#context.measureText(text.replace(digits, '')).width + count * this.#digit;
  }

  #prepare(): void {
    const sample = document.createElement('span');
    sample.textContent = '0000000000';
    sample.style.cssText = 'position: absolute; visibility: hidden; font-weight: var(--weight-medium)';
    document.body.append(sample);
    this.#digit = sample.getBoundingClientRect().width / 10;
    const { fontWeight, fontSize, fontFamily } = getComputedStyle(sample);
    sample.remove();
    this.#context = document.createElement('canvas').getContext('2d');
    if (this.#context) this.#context.font = `${fontWeight} ${fontSize} ${fontFamily}`;
  }
}

export const textWidths = new TextWidths();
