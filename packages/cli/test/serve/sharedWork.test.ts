import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { expect, test } from "vitest";
import { readerGone } from "../../src/serve/readerGone.js";
import { sharedWork } from "../../src/serve/sharedWork.js";

/** Work that the test ends, or that is given up. */
function byHand() {
  const begun: { readonly signal: AbortSignal; readonly finish: (result: number) => void }[] = [];
  const share = sharedWork<number>(
    (signal) =>
      new Promise((finish, reject) => {
        begun.push({ signal, finish });
        signal.addEventListener("abort", () => reject(signal.reason));
      }),
  );
  return { begun, share };
}

const stays = (): AbortSignal => new AbortController().signal;

test("who asks while work is under way shares it, who asks afterwards begins it anew", async () => {
  const { begun, share } = byHand();
  const both = [share(stays()), share(stays())];
  expect(begun).toHaveLength(1);
  begun[0]!.finish(1);
  expect(await Promise.all(both)).toEqual([1, 1]);
  const later = share(stays());
  begun[1]!.finish(2);
  expect(await later).toBe(2);
});

test("work goes on while one is waiting, and is given up when all have gone", async () => {
  const { begun, share } = byHand();
  const [first, second] = [new AbortController(), new AbortController()];
  const both = [share(first.signal), share(second.signal)].map((result) => result.catch((error: Error) => error.name));
  first.abort();
  expect(begun[0]!.signal.aborted).toBe(false);
  second.abort();
  expect(begun[0]!.signal.aborted).toBe(true);
  const next = share(stays());
  expect(await Promise.all(both)).toEqual(["AbortError", "AbortError"]);
  expect(begun).toHaveLength(2);
  begun[1]!.finish(3);
  expect(await next).toBe(3);
});

test("work that fails fails for all, and is begun anew", async () => {
  let count = 0;
  const share = sharedWork(async () => {
    if (++count === 1) throw new Error("once");
    return count;
  });
  await expect(Promise.all([share(stays()), share(stays())])).rejects.toThrow("once");
  expect(await share(stays())).toBe(2);
});

test("a reader who hangs up is gone, one who was answered is not", async () => {
  const signals: AbortSignal[] = [];
  const server = createServer((request, response) => {
    signals.push(readerGone(response));
    if (request.url === "/answered") response.end();
    else socket.destroy();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  await (await fetch(`http://127.0.0.1:${port}/answered`)).text();
  const socket = connect(port, "127.0.0.1", () => socket.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n"));
  await once(socket, "close");
  await expect.poll(() => signals[1]!.aborted, { timeout: 50_000 }).toBe(true);
  expect(signals[0]!.aborted).toBe(false);
  server.close();
  server.closeAllConnections();
});
