/** Longest wait for a worker's first word, for its kernels, and for a server's answer about a file. */
export const patienceSeconds = 30;

/**
 * Settles as `promise` does, or rejects with `late()` when patience is over. Counted in seconds, so that one long sleep of the page, in a debugger or
 * with its lid closed, is one second.
 */
export function withPatience<T>(promise: Promise<T>, late: () => Error): Promise<T> {
  return new Promise((resolve, reject) => {
    let seconds = 0;
    const timer = setInterval(() => {
      if (++seconds < patienceSeconds) return;
      clearInterval(timer);
      reject(late());
    }, 1000);
    promise.then(resolve, reject).finally(() => clearInterval(timer));
  });
}
