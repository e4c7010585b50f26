import type { Order, Report } from "../engine/message.js";

/** How long another race waits for a worker that is busy with the one before: nothing interrupts a step, or the measuring of one, and large networks take seconds. */
const patienceMilliseconds = 1000;

export interface RaceWorkerOptions {
  /** Called anew where a worker has to be given up. */
  readonly start: () => Worker;
  readonly hear: (report: Report) => void;
  /** The worker is of no use any more; `reason` is undefined where its script could not be run. */
  readonly fail: (reason: string | undefined) => void;
}

/** The worker that computes a race, or another one in its place once it does not answer. */
export class RaceWorker {
  readonly #options: RaceWorkerOptions;
  #worker: Worker;
  /** Whether there is something that it has not answered, or a race that it runs. */
  #isBusy = false;
  #giveUp: ReturnType<typeof setTimeout> | undefined;
  /** The race that was ordered last; what a worker still says of another one is no sign that it has heard of this one. */
  #race = 0;

  constructor(options: RaceWorkerOptions) {
    this.#options = options;
    this.#worker = this.#started();
  }

  order(order: Order): void {
    if (order.kind === "painted") {
      this.#worker.postMessage(order); // asks for nothing
      return;
    }
    if (order.kind === "load") {
      clearTimeout(this.#giveUp);
      this.#race = order.race;
      if (this.#isBusy) this.#giveUp = setTimeout(() => this.#replace(order), patienceMilliseconds);
    }
    this.#isBusy = true;
    this.#worker.postMessage(order);
  }

  #replace(order: Order): void {
    this.#worker.terminate();
    [this.#worker.onmessage, this.#worker.onerror] = [null, null]; // of what is still on its way
    this.#worker = this.#started();
    this.#worker.postMessage(order); // it is as busy as the one before
  }

  #started(): Worker {
    const worker = this.#options.start();
    worker.onmessage = ({ data }: MessageEvent<Report>) => {
      if (data.race === this.#race) {
        clearTimeout(this.#giveUp);
        this.#isBusy = data.kind === "loaded" || (data.kind === "news" && data.running);
      }
      this.#options.hear(data);
    };
    worker.onerror = ({ message }) => {
      clearTimeout(this.#giveUp);
      this.#options.fail(message || undefined);
    };
    return worker;
  }
}
