interface UnderWay<T> {
  readonly result: Promise<T>;
  readonly controller: AbortController;
  waiting: number;
}

/**
 * Work that is shared by all callers while it is under way. It is stopped when all of them have gone; the next call begins it anew.
 *
 * @returns  takes a signal that says its caller has gone
 */
export function sharedWork<T>(work: (signal: AbortSignal) => Promise<T>): (gone: AbortSignal) => Promise<T> {
  let current: UnderWay<T> | undefined;
  return async (gone) => {
    gone.throwIfAborted();
    current ??= begin(work);
    const joined = current;
    joined.waiting++;
    const leave = (): void => {
      if (--joined.waiting > 0) return;
      if (current === joined) current = undefined;
      joined.controller.abort();
    };
    gone.addEventListener("abort", leave, { once: true });
    try {
      return await joined.result;
    } finally {
      gone.removeEventListener("abort", leave);
      if (current === joined) current = undefined;
    }
  };
}

function begin<T>(work: (signal: AbortSignal) => Promise<T>): UnderWay<T> {
  const controller = new AbortController();
  return { result: work(controller.signal), controller, waiting: 0 };
}
