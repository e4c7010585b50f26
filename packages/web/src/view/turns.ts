import { effect, type ReadonlySignal, useSignal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";

type Piece = () => void;

/**
 * A queue of what need not be drawn at once, each piece in a task of its own: an input that comes meanwhile waits for one of them and not for all. As long
 * as somebody holds the queue nothing of it is done.
 */
export class Turns {
  readonly #inTask: (then: () => void) => void;
  /** Pieces that wait, each once, in the order in which they were asked for. */
  readonly #waiting = new Set<Piece>();
  readonly #ends: (() => void)[] = [];
  #holds = 0;
  /** true: a task is on its way. There are never two. */
  #isAwaited = false;

  /** @param inTask  calls back in another task, behind those that wait already */
  constructor(inTask: (then: () => void) => void) {
    this.#inTask = inTask;
  }

  /** Asks for a turn; for one that waits already it changes nothing. */
  take(piece: Piece): void {
    this.#waiting.add(piece);
    this.#goOn();
  }

  drop(piece: Piece): void {
    this.#waiting.delete(piece);
  }

  /** Nothing is done until what this returns has been called. */
  hold(): () => void {
    let isHeld = true;
    this.#holds++;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      this.#holds--;
      this.#goOn();
    };
  }

  /** Calls back once nothing waits, which is not before the next task. */
  whenDone(then: () => void): void {
    this.#ends.push(then);
    this.#goOn();
  }

  #goOn(): void {
    if (this.#isAwaited || this.#holds > 0 || (this.#waiting.size === 0 && this.#ends.length === 0)) return;
    this.#isAwaited = true;
    this.#inTask(() => {
      this.#isAwaited = false;
      if (this.#holds > 0) return;
      try {
        this.#next();
      } finally {
        this.#goOn(); // a piece that throws takes no other with it
      }
    });
  }

  #next(): void {
    const [piece] = this.#waiting;
    if (piece) {
      this.#waiting.delete(piece);
      piece();
    } else for (const end of this.#ends.splice(0)) end();
  }
}

const channel = new MessageChannel();
const posted: (() => void)[] = [];
channel.port1.onmessage = () => posted.shift()!();

/** The turns of the page. */
export const turns: Turns = new Turns((then) => {
  posted.push(then);
  channel.port2.postMessage(0);
});

/** The value of a signal as of the component's last turn: where the signal changes, the component is drawn anew in its next one, and not with all others. */
export function useInTurn<T>(source: ReadonlySignal<T>): T {
  const shown = useSignal(source.peek());
  useLayoutEffect(() => {
    const show = (): void => {
      shown.value = source.peek();
    };
    const stop = effect(() => {
      if (source.value !== shown.peek()) turns.take(show);
    });
    return () => {
      stop();
      turns.drop(show);
    };
  }, [source]);
  return shown.value;
}
