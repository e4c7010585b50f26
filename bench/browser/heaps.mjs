/** Bytes that a page and its workers hold after a forced collection, by name: `heaps()` answers for the page and each worker that is alive. */
export async function heapsOf(page) {
  const session = await page.context().newCDPSession(page);
  const waiting = new Map();
  const workers = new Map();
  let calls = 0;
  session.on("Target.attachedToTarget", ({ sessionId, targetInfo }) => {
    if (targetInfo.type === "worker") workers.set(sessionId, `worker ${workers.size + 1}`);
  });
  session.on("Target.detachedFromTarget", ({ sessionId }) => workers.delete(sessionId));
  session.on("Target.receivedMessageFromTarget", ({ message }) => {
    const { id, result, error } = JSON.parse(message);
    const { resolve, reject } = waiting.get(id) ?? {};
    waiting.delete(id);
    if (error) reject?.(new Error(error.message));
    else resolve?.(result);
  });
  await session.send("Target.setAutoAttach", { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });

  const toWorker = (sessionId) => (method) =>
    new Promise((resolve, reject) => {
      const id = ++calls;
      waiting.set(id, { resolve, reject });
      session.send("Target.sendMessageToTarget", { sessionId, message: JSON.stringify({ id, method }) }).catch(reject);
    });

  async function held(send) {
    await send("HeapProfiler.collectGarbage");
    const { usedSize, embedderHeapUsedSize = 0, backingStorageSize = 0 } = await send("Runtime.getHeapUsage");
    return usedSize + embedderHeapUsedSize + backingStorageSize;
  }

  return async () => {
    const heaps = { page: await held((method) => session.send(method)) };
    for (const [sessionId, name] of workers) heaps[name] = await held(toWorker(sessionId));
    return heaps;
  };
}
