import { turns } from "./turns.js";

/** Longest wait for a frame: none are drawn in a tab that is not visible, and work that waits for one goes on after this. */
const longestWait = 1000;

/** Calls back, once, when all changes so far were drawn, or after a second where nothing is drawn. */
function afterFrame(then: () => void): void {
  let isDone = false;
  const finish = (): void => {
    if (!isDone) then();
    isDone = true;
  };
  const timeout = setTimeout(finish, longestWait);
  requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel(); // its message comes in a task of its own, behind the drawing
    port1.onmessage = () => {
      clearTimeout(timeout);
      finish();
    };
    port2.postMessage(0);
  });
}

/**
 * Calls back when all changes so far were drawn, first those that are drawn at once, then those that wait for a turn, and as long again was left to other
 * work, such as clicks: half of the time, however slow the page is.
 */
export function afterPaint(then: () => void): void {
  const start = performance.now();
  const release = turns.hold();
  afterFrame(() => {
    release();
    turns.whenDone(() => setTimeout(then, performance.now() - start));
  });
}
