import { turns } from "./turns.js";

/** Frames are not drawn in a tab that nobody sees; what waits for one goes on after this. */
const longestWait = 1000;

/** Calls back once what has changed by now can be seen, or after a second where nothing is drawn. */
function afterFrame(then: () => void): void {
  const timeout = setTimeout(then, longestWait);
  requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel(); // its message comes in a task of its own, behind the drawing
    port1.onmessage = () => {
      clearTimeout(timeout);
      then();
    };
    port2.postMessage(0);
  });
}

/**
 * Calls back when what has changed by now was drawn, first what is drawn at once, then what waits for a turn, and as long again was left to whatever else
 * there is to do: half of the time, however slow the page is.
 */
export function afterPaint(then: () => void): void {
  const start = performance.now();
  const release = turns.hold();
  afterFrame(() => {
    release();
    turns.whenDone(() => setTimeout(then, performance.now() - start));
  });
}
