const waiting: (() => void)[] = [];
let channel: MessageChannel | undefined;

/** Lets the event loop turn once. A message, because a timer would wait 4 ms. */
export function turn(): Promise<void> {
  if (!channel) {
    channel = new MessageChannel();
    channel.port1.onmessage = () => waiting.shift()!();
  }
  const { port2 } = channel;
  return new Promise((resolve) => {
    waiting.push(resolve);
    port2.postMessage(undefined);
  });
}
