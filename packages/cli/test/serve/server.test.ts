import { mkdirSync, symlinkSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { serveFolders } from "../../src/serve/server.js";
import { get, rawRequest } from "../support/rawRequest.js";
import { served, write } from "../support/served.js";

const at = served();
const secret = "outside the served folders";

beforeAll(() => {
  write(at.root, "secret.json", secret);
  write(at.root, "runs-beside/definition.json", secret);
  write(at.page, "assets/app-1a2b.js", "export {};");
  write(at.page, "assets/steepest.wasm", "\0asm");
  write(at.page, "assets/images.bin", "\x01\x02");
  write(at.page, ".hidden", secret);
  write(at.page, "a b.css", "p {}");
  write(at.runs, "tiny/sign-s0-0123456789ab/definition.json", "{}\n");
  write(at.runs, "tiny/sign-s0-0123456789ab/rows.jsonl", '{"step":0}\n');
  write(at.runs, "tiny/sign-s0-0123456789ab/owner.json", secret);
  write(at.runs, "tiny/sign-s0-0123456789ab/empty/rows.jsonl", secret);
  write(at.runs, "tiny/figures/tiny.svg", "<svg/>");
  write(at.runs, "tiny/figures/notes.html", secret);
  write(at.runs, "notes.txt", secret);
  symlinkSync(join(at.root, "secret.json"), join(at.runs, "tiny/sign-s0-0123456789ab/environment.json"));
  symlinkSync(join(at.root, "runs-beside"), join(at.runs, "tiny/linked"));
  symlinkSync("sign-s0-0123456789ab", join(at.runs, "tiny/alias"));
  symlinkSync(join(at.root, "nowhere"), join(at.runs, "tiny/sign-s0-0123456789ab/outcome.json"));
  mkdirSync(join(at.runs, "tiny/folder/rows.jsonl"), { recursive: true });
});

const securityHeaders = {
  "content-security-policy":
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self' data:; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
  "x-content-type-options": "nosniff",
  "x-frame-options": "SAMEORIGIN",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "cache-control": "no-cache",
};
const run = "/runs/tiny/sign-s0-0123456789ab";

test.each([
  ["/", 200, "text/html; charset=utf-8", "<!doctype html><title>Steepest</title>"],
  ["/?optimizers=sign,adam#late", 200, "text/html; charset=utf-8", "<!doctype html><title>Steepest</title>"],
  ["/index.html", 200, "text/html; charset=utf-8", "<!doctype html><title>Steepest</title>"],
  ["/assets/app-1a2b.js", 200, "text/javascript; charset=utf-8", "export {};"],
  ["/assets/steepest.wasm", 200, "application/wasm", "\0asm"],
  ["/assets/images.bin", 200, "application/octet-stream", "\x01\x02"],
  ["/a%20b.css", 200, "text/css; charset=utf-8", "p {}"],
  [`${run}/rows.jsonl`, 200, "application/jsonl; charset=utf-8", '{"step":0}\n'],
  [`${run}/definition.json`, 200, "application/json; charset=utf-8", "{}\n"],
  ["/runs/tiny/figures/tiny.svg", 200, "image/svg+xml", "<svg/>"],
  ["/runs/tiny/alias/definition.json", 200, "application/json; charset=utf-8", "{}\n"],
])("GET %s is answered with %i, %s", async (target, status, type, body) => {
  const answer = await get(at.port, target);
  expect(answer).toMatchObject({ status, body });
  expect(answer.headers).toMatchObject({ "content-type": type, "content-length": String(body.length) });
});

describe("refused", () => {
  test.each([
    ["/../secret.json", 400],
    ["/assets/../../secret.json", 400],
    ["/..", 400],
    ["/runs/../secret.json", 400],
    [`${run}/../../../secret.json`, 400],
    ["/%2e%2e/secret.json", 400],
    ["/.%2E/secret.json", 400],
    ["/runs/%2e%2e%2fsecret.json", 400],
    ["/assets%2fapp-1a2b.js", 400],
    ["/assets%5capp-1a2b.js", 400],
    ["/assets\\..\\..\\secret.json", 400],
    ["/index.html%00.js", 400],
    ["/index%00", 400],
    ["/%0a", 400],
    ["/%zz", 400],
    ["/%c0%ae%c0%ae/secret.json", 400],
    ["/c:/windows", 400],
    ["/index.html::$DATA", 400],
    ["//secret.json", 400],
    ["/assets//app-1a2b.js", 400],
    ["/assets/", 400],
    ["/.hidden", 400],
    ["/./index.html", 400],
    ["http://127.0.0.1/secret.json", 421],
    ["http://evil.example/", 421],
    ["https://127.0.0.1/", 400],
    ["*", 400],
    ["/%252e%252e/secret.json", 404],
    ["/nothing.html", 404],
    ["/assets", 404],
    ["/index.html/more", 404],
    [`/${"a".repeat(400)}`, 404],
    ["/runs", 404],
    ["/runs/notes.txt", 404],
    ["/runs/tiny", 404],
    [run, 404],
    [`${run}/owner.json`, 404],
    [`${run}/outcome.json`, 404],
    [`${run}/empty/rows.jsonl`, 404],
    ["/runs/tiny/folder/rows.jsonl", 404],
    ["/runs/tiny/figures/notes.html", 404],
    [`${run}/environment.json`, 403],
    ["/runs/tiny/linked/definition.json", 403],
  ])("GET %s with %i, and nothing of a file outside", async (target, status) => {
    const answer = await get(at.port, target);
    expect(answer.status).toBe(status);
    expect(answer.body).not.toContain(secret);
    expect(answer.headers["x-content-type-options"]).toBe("nosniff");
  });

  test.each([
    ["a target with a raw NUL", "GET /index.html\0 HTTP/1.1\r\n\r\n", 400],
    ["what is no HTTP", "hello\r\n\r\n", 400],
    ["too long a header", `GET / HTTP/1.1\r\nX: ${"x".repeat(20_000)}\r\n\r\n`, 431],
    ["an expectation", "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nExpect: more\r\nConnection: close\r\n\r\n", 417],
  ])("%s, by the parser already, with the security headers", async (_, text, status) => {
    const answer = await rawRequest(at.port, text);
    expect(answer).toMatchObject({ status, headers: securityHeaders });
    expect(answer.headers["content-length"]).toBe(String(answer.body.length));
  });

  test.each(["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"])("%s with 405", async (method) => {
    expect(await get(at.port, "/", { method })).toMatchObject({ status: 405, headers: { allow: "GET, HEAD" } });
  });

  test.each(["evil.example", "evil.example:80", "127.0.0.1", "127.0.0.1:1", "127.0.0.1.evil.example", "0.0.0.0", "127.0.0.2", ""])(
    "the host %j with 421, whatever port it names",
    async (name) => {
      expect((await get(at.port, "/", { host: name })).status).toBe(421);
      if (name !== "" && !name.includes(":") && name !== "127.0.0.1") {
        expect((await get(at.port, "/", { host: `${name}:${at.port}` })).status).toBe(421);
      }
    },
  );

  test("no host, and two of them", async () => {
    const own = `Host: 127.0.0.1:${at.port}\r\n`;
    const closing = "Connection: close\r\n\r\n";
    expect(await get(at.port, "/", { host: null })).toMatchObject({ status: 400, headers: securityHeaders });
    expect((await rawRequest(at.port, "GET / HTTP/1.0\r\n\r\n")).status).toBe(400);
    expect((await rawRequest(at.port, `GET / HTTP/1.1\r\n${own}Host: evil.example\r\n${closing}`)).status).toBe(400);
    expect((await rawRequest(at.port, `GET / HTTP/1.1\r\nHost: evil.example\r\n${own}${closing}`)).status).toBe(400);
    const absolute = `GET http://127.0.0.1:${at.port}/ HTTP/1.1\r\nHost: evil.example\r\n${closing}`;
    expect((await rawRequest(at.port, absolute)).status).toBe(421);
  });
});

test.each(["127.0.0.1", "localhost", "LOCALHOST"])("it answers to the name %s", async (name) => {
  expect((await get(at.port, "/", { host: `${name}:${at.port}` })).status).toBe(200);
});

test.each([
  ["", "<!doctype html><title>Steepest</title>"],
  ["?late", "<!doctype html><title>Steepest</title>"],
  ["/runs/tiny/figures/tiny.svg", "<svg/>"],
])("a target may begin with its own address: http://…%s", async (rest, body) => {
  expect(await get(at.port, `http://LOCALHOST:${at.port}${rest}`)).toMatchObject({ status: 200, body });
});

test.each(["/", "/runs/index.json", "/nothing"])("HEAD %s has the headers of GET and no body", async (target) => {
  const [head, whole] = [await get(at.port, target, { method: "HEAD" }), await get(at.port, target)];
  expect(head).toMatchObject({ status: whole.status, body: "" });
  expect(whole.headers["content-length"]).toBe(String(whole.body.length));
  expect({ ...head.headers, date: "" }).toEqual({ ...whole.headers, date: "" });
});

test.each(["/", `${run}/rows.jsonl`, "/runs/index.json", "/nothing", "/../x"])("%s carries the security headers", async (target) => {
  const { headers } = await get(at.port, target);
  expect(headers).toMatchObject(securityHeaders);
  expect(headers).not.toHaveProperty("access-control-allow-origin");
});

test("a failure that is not the request's is told with 500", async () => {
  const { server } = await serveFolders({ page: at.page, runs: join(at.runs, "notes.txt") }, 0);
  const answer = await get((server.address() as AddressInfo).port, "/runs/index.json");
  server.close();
  expect(answer).toMatchObject({ status: 500, headers: securityHeaders });
  expect(answer.body).toMatch(/^steepest serve failed: ENOTDIR/);
});

test("it listens on loopback alone", async () => {
  const others = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  const foreign = others.filter(({ internal, family }) => !internal && family === "IPv4");
  for (const { address } of foreign) await expect(fetch(`http://${address}:${at.port}/`)).rejects.toThrow();
  expect((await fetch(`http://127.0.0.1:${at.port}/`)).status).toBe(200);
});

test("a port that is taken is refused by name", async () => {
  await expect(serveFolders(at, at.port)).rejects.toMatchObject({
    code: "PORT",
    message: expect.stringContaining(`--port: cannot listen on 127.0.0.1:${at.port}: `),
    hint: "choose another one; --port 0 takes any that is free",
  });
});
