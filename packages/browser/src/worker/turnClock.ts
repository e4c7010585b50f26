/** Longest time between two turns of the worker's event loop, unless a step takes longer. */
const turnMilliseconds = 15;
/** Time between two readings of the clock. A reading at every step costs a small network a tenth of its speed. */
const lookMilliseconds = 2;
/** Most steps between two readings: for steps too short to measure, and for those that become slow suddenly. */
const mostStepsPerLook = 16;

/** Says after which steps the event loop must turn. Looks at the clock more rarely the faster the steps are. */
export class TurnClock {
  #turnedAt = performance.now();
  #lookedAt = this.#turnedAt;
  #stepsPerLook = 1;
  #stepsToLook = 1;

  /** True if the event loop must turn; to be asked after every step. */
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
