import { setTimeout } from "node:timers/promises";

/** The clock of those that beat a mark of ownership and of those that watch one. */
export interface Clock {
  /** Milliseconds that only grow, from any start. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
  /** Calls `action` again and again, without keeping the process alive. @returns a function that stops it */
  every(milliseconds: number, action: () => void): () => void;
}

/** The monotonic clock of this process. */
export const processClock: Clock = {
  now: () => performance.now(),
  sleep: (milliseconds) => setTimeout(milliseconds),
  every: (milliseconds, action) => {
    const timer = setInterval(action, milliseconds);
    timer.unref();
    return () => clearInterval(timer);
  },
};
