import type { DrawAnswer, DrawRequest } from "./messages.js";
import { renderPng } from "./png.js";
import { renderSvg } from "./svg.js";

// The process that draws one figure. The rasteriser is native code, which can end its process where JavaScript would throw.

for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => {}); // they go to both processes, and ours is ended by the other

const answer = (message: DrawAnswer): Promise<void> =>
  new Promise((resolve, reject) => process.send!(message, undefined, undefined, (error) => (error ? reject(error) : resolve())));

process.once("message", async ({ spec }: DrawRequest) => {
  try {
    const text = await renderSvg(spec);
    await answer({ kind: "svg", text });
    await answer({ kind: "png", bytes: renderPng(text) });
  } catch (error) {
    await answer({ kind: "problem", message: (error as Error).message });
  }
  process.disconnect();
});
