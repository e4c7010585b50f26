/** How long arithmetic may go on before messages are looked at. */
const sliceMilliseconds = 12;
/** How often the page hears of it. */
const newsMilliseconds = 50;

export interface Paced {
  /** A piece of work as small as possible; false once there is none left. */
  work(): boolean;
  /** Called now and then, and once after the last piece. */
  tell(running: boolean): void;
}

/** Does work in slices, so that a message is answered within one slice and one piece of work. */
export class Pacer {
  readonly #channel = new MessageChannel();
  #paced: Paced | undefined;
  #toldAt = 0;

  constructor() {
    this.#channel.port1.onmessage = () => this.#slice();
  }

  get running(): boolean {
    return this.#paced !== undefined;
  }

  start(paced: Paced): void {
    const idle = this.#paced === undefined;
    this.#paced = paced;
    if (idle) this.#channel.port2.postMessage(0);
  }

  /** Stops after the current slice; nothing is told any more. */
  stop(): void {
    this.#paced = undefined;
  }

  #slice(): void {
    const paced = this.#paced;
    if (!paced) return;
    const start = performance.now();
    let more = true;
    while (more && performance.now() - start < sliceMilliseconds) more = paced.work();
    const now = performance.now();
    if (!more) this.#paced = undefined;
    if (!more || now - this.#toldAt >= newsMilliseconds) {
      this.#toldAt = now;
      paced.tell(more);
    }
    if (more) this.#channel.port2.postMessage(0);
  }
}
