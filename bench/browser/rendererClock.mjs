/**
 * CPU time of all pages of a browser and their workers, which a busy machine does not stretch; in ticks of 10 ms. `await (await clock())()` are the
 * seconds between the two calls.
 */
export async function rendererClock(browser) {
  const session = await browser.newBrowserCDPSession();
  const read = async () => {
    const { processInfo } = await session.send("SystemInfo.getProcessInfo");
    return new Map(processInfo.filter(({ type }) => type === "renderer").map(({ id, cpuTime }) => [id, cpuTime]));
  };
  return async () => {
    const before = await read();
    return async () => {
      let seconds = 0;
      for (const [id, cpuTime] of await read()) seconds += cpuTime - (before.get(id) ?? 0);
      return seconds;
    };
  };
}
