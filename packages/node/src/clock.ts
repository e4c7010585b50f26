import { setTimeout } from "node:timers/promises";

/** How time passes for whoever beats a mark of ownership and whoever watches one. */
export interface Clock {
  /** Milliseconds that only grow, from any start. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
  /** Calls again and again, without keeping the process alive. @returns what stops it */
  every(milliseconds: number, action: () => void): () => void;
}

/** The clock of this process, which nobody sets back. */
export const processClock: Clock = {
  now: () => performance.now(),
  sleep: (milliseconds) => setTimeout(milliseconds),
  every: (milliseconds, action) => {
    const timer = setInterval(action, milliseconds);
    timer.unref();
    return () => clearInterval(timer);
  },
};
