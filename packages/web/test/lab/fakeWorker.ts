import type { Order, Report } from "../../src/engine/message.js";
import { RaceServer } from "../../src/engine/raceServer.js";
import { Laboratory } from "../../src/lab/laboratory.js";
import { host } from "../hosts.js";

type Listener = (event: { readonly data: Report }) => void;

export interface Bench {
  readonly lab: Laboratory;
  /** Orders of the page. */
  readonly orders: Order[];
  /** Lets the page hear a report, as from the worker. */
  say(report: Report): void;
  /** Draws the changes, as a browser does now and then. */
  paint(): void;
  /** An error that the worker did not catch. */
  fail(message: string | undefined): void;
}

/** A laboratory whose worker is the test. */
export function bench(): Bench {
  const orders: Order[] = [];
  const worker: {
    onmessage?: Listener;
    onerror?: (event: { message: string | undefined }) => void;
    postMessage(order: Order): void;
    terminate(): void;
  } = {
    postMessage: (order) => void orders.push(structuredClone(order)),
    terminate: () => {},
  };
  const unpainted: (() => void)[] = [];
  const lab = new Laboratory(
    () => worker as unknown as Worker,
    async () => "worker.js answered with status 404",
    (then) => void unpainted.push(then),
  );
  return {
    lab,
    orders,
    say: (data) => worker.onmessage!({ data }),
    paint: () => {
      for (const then of unpainted.splice(0)) then();
    },
    fail: (message) => worker.onerror!({ message }),
  };
}

/** A laboratory with the real engine, in this thread. */
export function laboratory(): Laboratory {
  const worker: { onmessage?: Listener | null; postMessage(order: Order): void; terminate(): void } = {
    postMessage: (order) => server.hear(structuredClone(order)),
    terminate: () => {},
  };
  const server = new RaceServer(
    async () => ({ kind: "wasm", host }),
    (report) => worker.onmessage!({ data: structuredClone(report) }),
  );
  return new Laboratory(
    () => worker as unknown as Worker,
    async () => "no worker",
    queueMicrotask,
  );
}
