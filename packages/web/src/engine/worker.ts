import { shippedFiles } from "../paper/mnistSubset.js";
import { loadEngine } from "./kernels.js";
import type { Order } from "./message.js";
import { type Engine, RaceServer } from "./raceServer.js";

let loaded: Promise<Engine> | undefined;

/** Loaded once; after a failure the next race tries again. */
function engine(): Promise<Engine> {
  loaded ??= loadEngine().then(
    ({ kind, kernels }) => ({ kind, host: { kernels, files: shippedFiles } }),
    (error: unknown) => {
      loaded = undefined;
      throw error;
    },
  );
  return loaded;
}

const server = new RaceServer(engine, (report) => self.postMessage(report));

self.onmessage = ({ data }: MessageEvent<Order>): void => server.hear(data);
