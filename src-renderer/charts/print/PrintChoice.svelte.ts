import { familyOf, type PrintFont } from './printFonts.ts';

const key = 'vgg.printFont';

/** The typeface of prints, as it was chosen last in this browser. */
export class PrintChoice {
  #font: PrintFont = $state(localStorage.getItem(key) === 'serif' ? 'serif' : 'sans');

  get font(): PrintFont {
    return this.#font;
  }

  get family(): string {
    return familyOf(this.#font);
  }

  use(font: PrintFont): void {
    this.#font = font;
    localStorage.setItem(key, font);
  }
}

export const printChoice = new PrintChoice();
