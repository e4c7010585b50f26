import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, existsSync, mkdirSync, readdirSync, readlinkSync, renameSync, symlinkSync, truncateSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { containedFile } from "../../src/serve/containedFile.js";
import { isRefusal } from "../../src/serve/refusal.js";
import { get } from "../support/rawRequest.js";
import { served, write } from "../support/served.js";
import { temporaryFolder } from "../support/study.js";

const at = served();
const run = "tiny/sign-s0-0123456789ab";

/** More bytes than fit between a server and a reader who does not read. */
const large = 64 * 2 ** 20;

/** Writes a large file, asks for it, and reads no further than the start of the answer. */
async function stalledDownload(name: string, then = ""): Promise<{ readonly path: string; readonly socket: Socket; first: Buffer }> {
  const path = join(at.runs, run, name);
  write(at.runs, `${run}/${name}`, "");
  truncateSync(path, large);
  const socket = connect(at.port, "127.0.0.1");
  const requests = [`/runs/${run}/${name}`, ...(then === "" ? [] : [then])];
  socket.write(requests.map((target) => `GET ${target} HTTP/1.1\r\nHost: 127.0.0.1:${at.port}\r\n\r\n`).join(""));
  await once(socket, "readable");
  return { path, socket, first: socket.read() as Buffer };
}

const bodyOf = (first: Buffer): Buffer => first.subarray(first.indexOf("\r\n\r\n") + 4);

/** The bytes behind the headers, up to the end of the connection. */
async function readToEnd(socket: Socket, first: Buffer): Promise<Buffer> {
  const parts = [bodyOf(first)];
  socket.on("data", (bytes: Buffer) => parts.push(bytes));
  await once(socket, "close");
  return Buffer.concat(parts);
}

/** The number of bytes that were asked for, and the text that follows. */
async function readRest(socket: Socket, first: Buffer, length: number): Promise<{ count: number; after: string }> {
  let count = bodyOf(first).length;
  let after = "";
  socket.on("data", (bytes: Buffer) => {
    const own = Math.max(0, Math.min(bytes.length, length - count));
    count += own;
    after += bytes.subarray(own).toString("latin1");
    if (after.endsWith("<svg/>")) socket.destroy();
  });
  await once(socket, "close");
  return { count, after };
}

describe("a file that changes while it is sent", () => {
  test("and grows is sent as long as it was, and the next answer follows", async () => {
    write(at.runs, "tiny/figures/tiny.svg", "<svg/>");
    const { path, socket, first } = await stalledDownload("rows.jsonl", "/runs/tiny/figures/tiny.svg");
    expect(first.toString("latin1")).toContain(`Content-Length: ${large}\r\n`);
    appendFileSync(path, '{"step":7}\n');
    const { count, after } = await readRest(socket, first, large);
    expect(count).toBe(large);
    expect(after).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*\r\n\r\n<svg\/>$/);
  });

  test("and shrinks ends with its connection, so that no other answer is taken for its missing bytes", async () => {
    const { path, socket, first } = await stalledDownload("rows.jsonl", "/runs/tiny/figures/tiny.svg");
    truncateSync(path, 0);
    const sent = await readToEnd(socket, first);
    expect(sent.length).toBeLessThan(large);
    expect(sent.every((byte) => byte === 0)).toBe(true); // the file holds nothing else; the last piece is short where it was being read
  });
});

test.skipIf(!existsSync("/proc/self/fd"))("files are closed: after an answer, a hang-up and a refusal", async () => {
  write(at.runs, `${run}/definition.json`, "{}");
  mkdirSync(join(at.runs, "tiny/figures/folder.svg"), { recursive: true });
  await get(at.port, `/runs/${run}/definition.json`);
  await get(at.port, `/runs/${run}/definition.json`, { method: "HEAD" });
  await get(at.port, "/runs/tiny/figures/folder.svg");
  const { socket } = await stalledDownload("outcome.json");
  socket.destroy();
  await expect.poll(() => openBelow(at.runs), { timeout: 50_000 }).toEqual([]);
});

function openBelow(folder: string): string[] {
  return readdirSync("/proc/self/fd").flatMap((fd) => {
    try {
      const path = readlinkSync(`/proc/self/fd/${fd}`);
      return path.startsWith(folder) ? [path] : [];
    } catch {
      return []; // closed meanwhile
    }
  });
}

test.skipIf(process.platform === "win32")("a pipe is refused at once, however many ask for it", async () => {
  mkdirSync(join(at.runs, run), { recursive: true });
  execFileSync("mkfifo", [join(at.runs, run, "environment.json")]);
  const answers = await Promise.all(Array.from({ length: 8 }, () => get(at.port, `/runs/${run}/environment.json`)));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([404]));
  expect((await get(at.port, "/")).status).toBe(200);
});

test.skipIf(!existsSync("/proc/self/fd"))("a folder that becomes a link while a file in it is opened leads nowhere", async () => {
  const root = temporaryFolder();
  write(root, "secret/file", "outside");
  write(root, "served/real/file", "inside");
  symlinkSync(join(root, "secret"), join(root, "served/link"));
  const [real, link, name] = ["real", "link", "name"].map((one) => join(root, "served", one)) as [string, string, string];
  renameSync(real, name);
  let isOver = false;
  const swapping = (async () => {
    while (!isOver) {
      renameSync(name, real);
      renameSync(link, name);
      await new Promise(setImmediate);
      renameSync(name, link);
      renameSync(real, name);
      await new Promise(setImmediate);
    }
  })();
  const seen = new Set<string>();
  const sawBoth = (): boolean => seen.has("403") && seen.has("inside");
  for (let i = 0; i < 2000 || (!sawBoth() && i < 100_000); i++) {
    const file = await containedFile(join(root, "served"), ["name", "file"]);
    seen.add(isRefusal(file) ? String(file.status) : await file.handle.readFile("utf8"));
    if (!isRefusal(file)) await file.handle.close();
  }
  isOver = true;
  await swapping;
  expect(seen).toContain("403");
  expect(seen).toContain("inside");
  expect(seen).not.toContain("outside");
});
