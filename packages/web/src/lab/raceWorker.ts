import type { Order, Report } from "../engine/message.js";

/** Milliseconds that another race waits for a busy worker: nothing interrupts a step, or the measuring of one, and large networks take seconds. */
const patienceMilliseconds = 1000;

export interface RaceWorkerOptions {
  /** Makes a worker; called again for another one in the place of a worker that was given up. */
  readonly start: () => Worker;
  readonly hear: (report: Report) => void;
  /** Told that the worker is of no use any more; `reason` is undefined if its script could not be run. */
  readonly fail: (reason: string | undefined) => void;
}

/** The worker that computes a race, or another one in its place once it does not answer. */
export class RaceWorker {
  readonly #options: RaceWorkerOptions;
  #worker: Worker;
  /** true: the worker owes an answer, or runs a race. */
  #isBusy = false;
  #giveUp: ReturnType<typeof setTimeout> | undefined;
  /** Number of the race that was ordered last; reports of another one are no sign that the worker has received the order. */
  #race = 0;

  constructor(options: RaceWorkerOptions) {
    this.#options = options;
    this.#worker = this.#started();
  }

  order(order: Order): void {
    if (order.kind === "painted" || order.kind === "moment") {
      this.#worker.postMessage(order); // neither begins nor ends anything
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
      if (data.race === this.#race && data.kind !== "moment") {
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
