/** Longest time between two turns of the worker's event loop, unless a step takes longer. */
const turnMilliseconds = 15;
/** How often the clock is read within that. Reading it at every step costs a small network a tenth of its speed. */
const lookMilliseconds = 2;
/** For steps that take no time at all, and for those that become slow all of a sudden. */
const mostStepsPerLook = 16;

/** Says after which steps the event loop must turn. Looks at the clock more rarely the faster the steps are. */
export class TurnClock {
  #turnedAt = performance.now();
  #lookedAt = this.#turnedAt;
  #stepsPerLook = 1;
  #stepsToLook = 1;

  /** To be asked after every step. */
  isDue(): boolean {
    if (--this.#stepsToLook > 0) return false;
    const now = performance.now();
    const milliseconds = (now - this.#lookedAt) / this.#stepsPerLook;
    this.#stepsPerLook = Math.min(Math.max(Math.floor(lookMilliseconds / milliseconds), 1), mostStepsPerLook);
    this.#stepsToLook = this.#stepsPerLook;
    this.#lookedAt = now;
    return now - this.#turnedAt >= turnMilliseconds;
  }

  turned(): void {
    this.#turnedAt = performance.now();
    this.#lookedAt = this.#turnedAt;
  }
}
