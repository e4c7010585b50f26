import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, truncateSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { expect, test } from "vitest";
import { PageNotBuiltError, pageFolder } from "../../src/serve/page.js";
import { get } from "../support/rawRequest.js";
import { write } from "../support/served.js";
import { ended, start, steepest } from "../support/steepest.js";
import { folderWith, temporaryFolder } from "../support/study.js";

/** A folder with a made-up page. */
function withPage(): string {
  const cwd = temporaryFolder();
  write(join(cwd, "page"), "index.html", "<title>Steepest</title>");
  return cwd;
}

/** Starts `steepest serve` and reads the address that it prints. */
async function serving(args: readonly string[], cwd: string, env: Readonly<Record<string, string>> = {}) {
  const child = start(["serve", "--page", "page", "--port", "0", ...args], { cwd, env });
  const result = ended(child);
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout!.on("data", (text: string) => {
      const found = /http:\/\/127\.0\.0\.1:\d+\//.exec(text);
      if (found) resolve(found[0]);
    });
    void result.then(({ stderr }) => reject(new Error(stderr)));
  });
  return { child, result, url, port: Number(new URL(url).port) };
}

test.skipIf(process.platform === "win32").each(["SIGINT", "SIGTERM"] as const)(
  "it prints its address, serves before the first run, and %s ends it quietly with exit code 0, open connections or not",
  async (signal) => {
    const { child, result, url, port } = await serving([], withPage());
    expect(await (await fetch(url)).text()).toBe("<title>Steepest</title>"); // keeps the connection open
    expect(JSON.parse((await get(port, "/runs/index.json")).body)).toEqual({ runs: [], studies: {} });
    child.kill(signal);
    expect(await result).toEqual({
      code: 0,
      signal: null,
      stdout: `${url}\nruns from runs, which is not there yet; Ctrl-C ends\n`,
      stderr: "",
    });
  },
);

test("it lists the runs of steepest run, complete or not, and hands out their files", async () => {
  const cwd = folderWith();
  await steepest(["run", "tiny.json", "--progress", "none"], { cwd });
  write(join(cwd, "page"), "index.html", "");
  write(join(cwd, "runs/tiny/gradient-s7-00112233aabb"), "definition.json", "{}\n");
  const { child, result, url } = await serving(["runs", "--json"], cwd);
  const index = await (await fetch(`${url}runs/index.json`)).json();
  expect(index.studies).toEqual({});
  expect(index.runs.map(({ study, arm, seed, complete }: Record<string, unknown>) => [study, arm, seed, complete])).toEqual([
    ["tiny", "gradient", 0, true],
    ["tiny", "gradient", 1, true],
    ["tiny", "gradient", 7, false],
    ["tiny", "sign", 0, true],
    ["tiny", "sign", 1, true],
  ]);
  expect(index.runs[0]).toMatchObject({ outcome: { kind: "finished", step: 60, reason: "steps" }, rowCount: expect.any(Number) });
  const rows = await (await fetch(`${url}runs/${index.runs[0].path}/rows.jsonl`)).text();
  expect(rows.trimEnd().split("\n")).toHaveLength(index.runs[0].rowCount);
  child.kill("SIGINT");
  const { stdout } = await result;
  expect(JSON.parse(stdout)).toEqual({ url, runs: "runs" });
}, 60_000);

test.skipIf(process.platform === "win32")("Ctrl-C ends it in the midst of a download that nobody reads", async () => {
  const cwd = withPage();
  write(cwd, "runs/tiny/run/rows.jsonl", "");
  truncateSync(join(cwd, "runs/tiny/run/rows.jsonl"), 64 * 2 ** 20);
  const { child, result, port } = await serving([], cwd);
  const socket = connect(port, "127.0.0.1", () =>
    socket.write(`GET /runs/tiny/run/rows.jsonl HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`),
  );
  await once(socket, "readable");
  child.kill("SIGINT");
  expect(await result).toMatchObject({ code: 0, signal: null, stderr: "" });
  socket.destroy();
});

test.skipIf(process.platform === "win32")("pipes that nobody writes to stop neither an answer nor the end", async () => {
  const cwd = withPage();
  const run = join(cwd, "runs/tiny/sign-s0-0123456789ab");
  mkdirSync(run, { recursive: true });
  execFileSync(
    "mkfifo",
    ["definition.json", "environment.json", "rows.jsonl", "outcome.json"].map((name) => join(run, name)),
  );
  const { child, result, port } = await serving([], cwd);
  const statuses = ["/runs/index.json", ...Array(6).fill("/runs/tiny/sign-s0-0123456789ab/rows.jsonl"), "/"].map(
    async (target) => (await get(port, target)).status,
  );
  expect(await Promise.all(statuses)).toEqual([200, 404, 404, 404, 404, 404, 404, 200]);
  child.kill("SIGTERM");
  expect(await result).toMatchObject({ code: 0, signal: null, stderr: "" });
});

/** The rights of nobody, to whom folders of mode 700 are closed, for a process that root starts. */
const unprivileged = process.getuid?.() === 0 ? { NODE_OPTIONS: "--import=data:text/javascript,process.seteuid(65534)" } : {};

test.skipIf(process.platform === "win32")(
  "a folder that may not be read is refused as DIR, and listed with its problem in it",
  async () => {
    const cwd = withPage();
    mkdirSync(join(cwd, "runs/closed"), { recursive: true });
    chmodSync(cwd, 0o755);
    chmodSync(join(cwd, "runs/closed"), 0);
    const refused = await steepest(["serve", "runs/closed", "--page", "page"], { cwd, env: unprivileged });
    expect(refused).toMatchObject({
      code: 6,
      stdout: "",
      stderr: expect.stringMatching(/^error runs\/closed: is not a folder that can be read \(EACCES\)\n/),
    });
    const { child, result, port } = await serving([], cwd, unprivileged);
    expect(JSON.parse((await get(port, "/runs/index.json")).body).runs).toEqual([
      {
        path: "closed",
        study: "runs",
        arm: "closed",
        complete: false,
        problem: expect.stringMatching(/^runs\/closed: cannot be read: EACCES/),
      },
    ]);
    child.kill("SIGINT");
    await result;
  },
);

test("the default folder is refused, too, where a file stands in its place", async () => {
  const cwd = withPage();
  write(cwd, "runs", "");
  expect(await steepest(["serve", "--page", "page", "--port", "0"], { cwd })).toMatchObject({
    code: 6,
    stdout: "",
    stderr: expect.stringMatching(/^error runs: is not a folder that can be read \(ENOTDIR\)\n/),
  });
});

test.each([
  [["--port", "70000"], 2, "error --port: must be an integer from 0 to 65535, got 70000\n"],
  [["--port", "http"], 2, "error --port: must be an integer from 0 to 65535, got http\n"],
  [
    ["--host", "0.0.0.0"],
    2,
    "error --host: must be 127.0.0.1, got 0.0.0.0\nhint: run folders are served to this machine alone; from another one: ssh -L 8017:127.0.0.1:8017 this-machine\n",
  ],
  [["missing"], 6, "error missing: is not a folder that can be read (ENOENT)\nhint: name the folder that --runs of steepest run named\n"],
  [
    ["page/index.html"],
    6,
    "error page/index.html: is not a folder that can be read (ENOTDIR)\nhint: name the folder that --runs of steepest run named\n",
  ],
  [
    ["--page", "empty"],
    5,
    `error serve: the page is not built: there is no ${join("empty", "index.html")}\nhint: build it with: pnpm --filter @steepest/web run build\n`,
  ],
])("steepest serve %j ends with exit code %i", async (args, code, stderr) => {
  const cwd = withPage();
  mkdirSync(join(cwd, "empty"));
  expect(await steepest(["serve", "--page", "page", ...args], { cwd })).toEqual({ code, signal: null, stdout: "", stderr });
});

test("a page that is not built is named with the command that builds it", () => {
  const folder = temporaryFolder();
  const error = (() => {
    try {
      return pageFolder(folder);
    } catch (thrown) {
      return thrown;
    }
  })();
  expect(error).toBeInstanceOf(PageNotBuiltError);
  expect(error).toMatchObject({ code: "PAGE_NOT_BUILT", path: folder, hint: "build it with: pnpm --filter @steepest/web run build" });
});
