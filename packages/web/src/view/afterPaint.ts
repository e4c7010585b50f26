/** Longest wait for a frame: none are drawn in a tab that is not visible, and work that waits for one goes on after this. */
const longestWait = 1000;

/**
 * Calls back when all changes so far were drawn, and as long again was left to other work, such as clicks: half of the time, however
 * slow the page is. Where nothing is drawn it calls back after a second.
 */
export function afterPaint(then: () => void): void {
  const start = performance.now();
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
      setTimeout(finish, performance.now() - start);
    };
    port2.postMessage(0);
  });
}
