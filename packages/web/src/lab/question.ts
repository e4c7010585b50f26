/** A question to the worker whose answer is awaited, one at a time: a newer one takes its place, and so does another race. */
export class Question<Answer> {
  #number = 0;
  #tell: ((answer: Answer | undefined) => void) | undefined;

  /**
   * Asks.
   *
   * @param order  sends the question with its number, which the answer has too
   * @returns the answer; undefined if the question was dropped before
   */
  ask(order: (number: number) => void): Promise<Answer | undefined> {
    this.drop();
    return new Promise((resolve) => {
      this.#tell = resolve;
      order(++this.#number);
    });
  }

  /** Hears an answer; those of questions that were dropped are nobody's. */
  hear(number: number, answer: Answer): void {
    if (number !== this.#number) return;
    this.#tell?.(answer);
    this.#tell = undefined;
  }

  drop(): void {
    this.#tell?.(undefined);
    this.#tell = undefined;
  }
}
