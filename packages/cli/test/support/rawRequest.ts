import { connect } from "node:net";

export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Sends the bytes unchanged, since `fetch` would tidy up the path, and reads until the server hangs up. */
export function rawRequest(port: number, text: string): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(text));
    let answer = "";
    socket.setEncoding("latin1");
    socket.on("data", (part) => {
      answer += part;
    });
    socket.on("error", reject);
    socket.on("close", () => resolve(parse(answer)));
  });
}

/** A request for `target` with the headers given, `Host` among them unless it is null. */
export function get(
  port: number,
  target: string,
  { method = "GET", host = `127.0.0.1:${port}` as string | null } = {},
): Promise<RawAnswer> {
  const hostLine = host === null ? "" : `Host: ${host}\r\n`;
  return rawRequest(port, `${method} ${target} HTTP/1.1\r\n${hostLine}Connection: close\r\n\r\n`);
}

function parse(answer: string): RawAnswer {
  const [head, ...body] = answer.split("\r\n\r\n") as [string, ...string[]];
  const [first, ...lines] = head.split("\r\n") as [string, ...string[]];
  const headers = lines.map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 1).trim()]);
  return { status: Number(first.split(" ")[1]), headers: Object.fromEntries(headers), body: body.join("\r\n\r\n") };
}
