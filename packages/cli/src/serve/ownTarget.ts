import type { IncomingMessage } from "node:http";
import { loopback } from "./loopback.js";
import { type Refusal, refusal } from "./refusal.js";

/**
 * The target of a request to this server, without the host that HTTP/1.1 lets it begin with.
 *
 * Refused: names that a foreign page could have made to point here (DNS rebinding), in the header or in the target, and requests without just one Host.
 */
export function ownTarget({ url = "/", rawHeaders, socket }: Pick<IncomingMessage, "url" | "rawHeaders" | "socket">): string | Refusal {
  const hosts = rawHeaders.filter((_, i) => i % 2 === 1 && rawHeaders[i - 1]!.toLowerCase() === "host");
  if (hosts.length !== 1) return refusal(400, "a request names one host");
  const absolute = absoluteForm.exec(url)?.groups as { host: string; target: string } | undefined;
  const port = socket.localPort;
  const own = [loopback, "localhost"].flatMap((name) => [`${name}:${port}`, ...(port === 80 ? [name] : [])]);
  const isOwn = (host: string): boolean => own.includes(host.toLowerCase());
  if (!isOwn(hosts[0]!) || (absolute && !isOwn(absolute.host))) return refusal(421, `this server answers as ${own[0]} only`);
  if (!absolute) return url;
  return absolute.target.startsWith("/") ? absolute.target : `/${absolute.target}`;
}

/** "http://127.0.0.1:8017/runs/index.json", as for a proxy. */
const absoluteForm = /^http:\/\/(?<host>[^/?#]*)(?<target>.*)$/is;
