/** Milliseconds of arithmetic between two looks at the messages. */
const sliceMilliseconds = 6;
/** Milliseconds between two news. */
const newsMilliseconds = 50;
/** Largest share of the time that telling may take. */
const tellingShare = 0.2;

export interface Paced {
  /** A piece of work as small as possible; false once there is none left. */
  work(): boolean;
  /** True if news would be of use now, although work is left. */
  mayTell(): boolean;
  /** Sends news: now and then while `mayTell`, and once after the last piece. */
  tell(running: boolean): void;
}

/** Does work in slices, so that a message is answered within one slice and one piece of work. */
export class Pacer {
  readonly #channel = new MessageChannel();
  #paced: Paced | undefined;
  /** true: a message to go on is on its way. There are never two, or stopping and starting would multiply them. */
  #isAwaited = false;
  #nextTelling = 0;

  constructor() {
    this.#channel.port1.onmessage = () => this.#slice();
  }

  get running(): boolean {
    return this.#paced !== undefined;
  }

  start(paced: Paced): void {
    this.#paced = paced;
    this.#goOn();
  }

  /** Stops after the current slice; nothing is told any more. */
  stop(): void {
    this.#paced = undefined;
  }

  #goOn(): void {
    if (!this.#isAwaited) this.#channel.port2.postMessage(0);
    this.#isAwaited = true;
  }

  #slice(): void {
    this.#isAwaited = false;
    const paced = this.#paced;
    if (!paced) return;
    const start = performance.now();
    let more = true;
    while (more && performance.now() - start < sliceMilliseconds) more = paced.work();
    if (!more) this.#paced = undefined;
    const now = performance.now();
    if (!more || (now >= this.#nextTelling && paced.mayTell())) {
      paced.tell(more);
      const told = performance.now();
      this.#nextTelling = told + Math.max(newsMilliseconds, (told - now) * (1 / tellingShare - 1));
    }
    if (more) this.#goOn();
  }
}
