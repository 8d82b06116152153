/** Asks again only where the question is another one: whoever asks the same meanwhile waits for the same answer. */
export class LastAnswer {
  #question: string | null = null;
  #answer = Promise.resolve();

  ask(question: string, perform: () => Promise<void>): Promise<void> {
    if (question !== this.#question) {
      this.#question = question;
      this.#answer = perform();
    }
    return this.#answer;
  }

  /** The next question is asked whatever it is: the last has no answer, or may have another by now. */
  forget(): void {
    this.#question = null;
  }
}
