import { afterEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { mostRuns, OpenRuns } from "../../src/runFolder/openRuns.js";
import type { RunFile } from "../../src/runFolder/runFiles.js";
import { filesBelow, temporaryFolder, textOf, writeRun } from "./writtenRun.js";

const names = (open: OpenRuns): string[] => open.runs.value.map(({ study, arm, run }) => `${study}/${arm}/${run.seed}`);

describe("opening run folders", () => {
  test("opens every run among the files, complete or not", async () => {
    const root = temporaryFolder();
    await writeRun(root);
    await writeRun(root, { arm: "gradient", rowCount: 2 });
    const open = new OpenRuns();
    const opening = open.openFiles(filesBelow(root));
    expect(open.busy.value).toBe(true);
    await opening;
    expect(open.busy.value).toBe(false);
    expect(names(open)).toEqual(["tiny/gradient/0", "tiny/sign/0"]);
    expect(open.problems.value).toEqual([]);
  });

  test("one run of a broken file is a problem with its name, the others open", async () => {
    const root = temporaryFolder();
    const broken = await writeRun(root);
    await writeRun(root, { seed: 1 });
    const files = filesBelow(root).map(
      (file): RunFile =>
        file.path.endsWith(`${broken.name}/outcome.json`) ? { ...file, bytes: async () => new TextEncoder().encode("{") } : file,
    );
    const open = new OpenRuns();
    await open.openFiles(files);
    expect(names(open)).toEqual(["tiny/sign/1"]);
    expect(open.problems.value).toEqual([
      { message: expect.stringContaining(`${broken.name}/outcome.json: is not JSON`), hint: expect.stringMatching(/./) },
    ]);
    await open.openFiles(filesBelow(root));
    expect(names(open).sort()).toEqual(["tiny/sign/0", "tiny/sign/1"]);
    expect(open.problems.value).toEqual([]);
  });

  test("the same run opened twice is there once, as it was read last", async () => {
    const root = temporaryFolder();
    const run = await writeRun(root, { rowCount: 4 });
    const open = new OpenRuns();
    const files = filesBelow(root);
    const fewer = textOf(run, "rows.jsonl").split("\n").slice(0, 2).join("\n");
    await open.openFiles(
      files.map((file) =>
        file.path.endsWith("rows.jsonl") ? { ...file, bytes: async () => new TextEncoder().encode(`${fewer}\n`) } : file,
      ),
    );
    expect(open.runs.value.map(({ rows }) => rows.length)).toEqual([2]);
    await open.openFiles(files);
    expect(open.runs.value.map(({ rows }) => rows.length)).toEqual([4]);
  });

  test("of more than can be told apart the first are kept, and it is said", async () => {
    const root = temporaryFolder();
    for (const study of ["a", "b", "c", "d"]) for (const arm of ["sign", "gradient"]) await writeRun(root, { study, arm });
    const open = new OpenRuns();
    await open.openFiles(filesBelow(root));
    expect(names(open)).toEqual(["a/gradient/0", "a/sign/0", "b/gradient/0", "b/sign/0", "c/gradient/0", "c/sign/0"]);
    expect(mostRuns).toBe(6);
    expect(open.offered.value.length).toBe(8);
    await open.openOffered(open.offered.value[7]!);
    expect(names(open)).toEqual(["a/gradient/0", "a/sign/0", "b/gradient/0", "b/sign/0", "c/gradient/0", "c/sign/0"]);
    expect(open.problems.value).toEqual([{ message: "6 runs are open already", hint: "close some, then open others" }]);

    const [first] = open.runs.value;
    open.close(first!);
    expect(names(open)).toEqual(["a/sign/0", "b/gradient/0", "b/sign/0", "c/gradient/0", "c/sign/0"]);
    open.close(first!);
    expect(open.runs.value.length).toBe(5);
    await open.openOffered(open.offered.value[7]!);
    expect(names(open)).toEqual(["a/sign/0", "b/gradient/0", "b/sign/0", "c/gradient/0", "c/sign/0", "d/sign/0"]);
    open.close(open.runs.value.at(-1)!);
    await open.openFiles(filesBelow(root).filter(({ path }) => path.includes("/d/gradient")));
    expect(names(open)).toEqual(["a/sign/0", "b/gradient/0", "b/sign/0", "c/gradient/0", "c/sign/0", "d/gradient/0"]);
    expect(open.problems.value).toEqual([]);
  });

  test("files without a run leave what is open, and say what a run is", async () => {
    const root = temporaryFolder();
    await writeRun(root);
    const open = new OpenRuns();
    await open.openFiles(filesBelow(root));
    await open.openFiles([{ path: "notes/README.md", bytes: async () => new Uint8Array() }]);
    expect(names(open)).toEqual(["tiny/sign/0"]);
    expect(open.problems.value).toEqual([
      {
        message: "there is no run folder among 1 files",
        hint: "a run folder holds definition.json and rows.jsonl, as steepest run writes them",
      },
    ]);
    expect(open.busy.value).toBe(false);
  });
});

describe("while runs are being opened", () => {
  /** Files whose rows are held back until the test releases them. */
  function held(files: readonly RunFile[]): { readonly files: RunFile[]; letGo(): void } {
    let letGo = (): void => undefined;
    const promise = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const waiting = files.map((file) =>
      file.path.endsWith("rows.jsonl") ? { ...file, bytes: () => promise.then(() => file.bytes()) } : file,
    );
    return { files: waiting, letGo };
  }

  test("others may be opened: all are there, and the page is busy until the last", async () => {
    const [one, two] = [temporaryFolder(), temporaryFolder()];
    await writeRun(one);
    await writeRun(two, { seed: 1 });
    const [first, second] = [held(filesBelow(one)), held(filesBelow(two))];
    const open = new OpenRuns();
    const openings = [open.openFiles(first.files), open.openFiles(second.files)];
    second.letGo();
    await openings[1];
    expect([names(open), open.busy.value]).toEqual([["tiny/sign/1"], true]);
    first.letGo();
    await openings[0];
    expect([names(open), open.busy.value]).toEqual([["tiny/sign/1", "tiny/sign/0"], false]);
  });

  test("what does not fit any more is said", async () => {
    const [one, two] = [temporaryFolder(), temporaryFolder()];
    await writeRun(one, { study: "last" });
    for (const study of ["a", "b", "c"]) for (const arm of ["sign", "gradient"]) await writeRun(two, { study, arm });
    const open = new OpenRuns();
    const late = held(filesBelow(one));
    const opening = open.openFiles(late.files);
    await open.openFiles(filesBelow(two));
    late.letGo();
    await opening;
    expect(open.runs.value.map(({ study }) => study)).toEqual(["a", "a", "b", "b", "c", "c"]);
    expect(open.problems.value).toEqual([{ message: "6 runs are open already", hint: "close some, then open others" }]);
  });

  test("what is closed stays closed, also where it is being read anew", async () => {
    const [one, two] = [temporaryFolder(), temporaryFolder()];
    await writeRun(one);
    await writeRun(two, { seed: 1 });
    const open = new OpenRuns();
    await open.openFiles(filesBelow(one));
    const { files, letGo } = held([...filesBelow(one), ...filesBelow(two)]);
    const opening = open.openFiles(files.filter(({ path }) => path.includes("-s1-")));
    open.close(open.runs.value[0]!);
    letGo();
    await opening;
    expect(names(open)).toEqual(["tiny/sign/1"]);

    const again = held(filesBelow(two));
    const reopening = open.openFiles(again.files);
    open.close(open.runs.value[0]!);
    again.letGo();
    await reopening;
    expect(names(open)).toEqual([]);
  });

  test("an error of ours does not leave the page busy", async () => {
    const root = temporaryFolder();
    await writeRun(root);
    const open = new OpenRuns();
    const broken = filesBelow(root).map((file) => ({ ...file, bytes: async () => 7 as never }));
    await expect(open.openFiles(broken)).rejects.toThrow(TypeError);
    expect(open.busy.value).toBe(false);
  });
});

test("a file that cannot be read any more is a problem, and the page does not stay busy", async () => {
  const root = temporaryFolder();
  const gone = await writeRun(root);
  await writeRun(root, { seed: 1 });
  const open = new OpenRuns();
  const refuse = async () => Promise.reject(new DOMException("gone", "NotFoundError"));
  await open.openFiles(filesBelow(root).map((file) => (file.path.endsWith(`${gone.name}/rows.jsonl`) ? { ...file, bytes: refuse } : file)));
  expect(names(open)).toEqual(["tiny/sign/1"]);
  expect(open.problems.value.map(({ message }) => message)).toEqual([
    expect.stringMatching(`${gone.name}/rows.jsonl: cannot be read: gone$`),
  ]);
  expect(open.busy.value).toBe(false);
});

describe("opening what a server has", () => {
  afterEach(() => vi.unstubAllGlobals());

  /** A server of these texts by path; a page of HTML for everything else, as static servers answer. */
  function serve(texts: Readonly<Record<string, string>>): void {
    vi.stubGlobal("document", { baseURI: "http://localhost:1/lab/" });
    vi.stubGlobal("fetch", async (url: URL) => {
      const text = texts[url.pathname];
      if (text !== undefined) return new Response(text, { headers: { "content-type": "application/json; charset=utf-8" } });
      return url.pathname.endsWith("index.json")
        ? new Response("<html>", { headers: { "content-type": "text/html" } })
        : new Response("", { status: 404 });
    });
  }

  test("a run of which the server knows a problem is shown with it, and asked for nothing", async () => {
    const run = {
      path: "tiny/a%3Ab",
      study: "tiny",
      arm: "a:b",
      complete: false,
      problem: "tiny/a:b: the name cannot stand in an address",
    };
    serve({ "/lab/runs/index.json": JSON.stringify({ runs: [run], studies: {} }) });
    const open = new OpenRuns();
    await open.openServed();
    expect(open.problems.value).toEqual([{ message: run.problem, hint: "steepest serve found it; repair or remove the folder" }]);
  });

  test("opens the runs that steepest serve lists, of names that need escaping too", async () => {
    const run = await writeRun(temporaryFolder());
    const path = `my%20study/${run.name}`;
    const names = ["definition.json", "rows.jsonl", "environment.json", "outcome.json"];
    const runs = [{ path, study: "my study", arm: "sign", seed: 0, complete: true }];
    serve({
      "/lab/runs/index.json": JSON.stringify({ runs }),
      ...Object.fromEntries(names.map((name) => [`/lab/runs/${path}/${name}`, textOf(run, name)])),
    });
    const open = new OpenRuns();
    await open.openServed();
    expect(open.problems.value).toEqual([]);
    expect(open.runs.value).toMatchObject([{ study: "my study", arm: "sign", rows: run.rows, sealed: { resultHash: run.resultHash } }]);
  });

  test("a run that is gone since it was listed is a problem with its address", async () => {
    serve({ "/lab/runs/index.json": JSON.stringify({ runs: [{ path: "a/b", study: "a", arm: "b", complete: false }] }) });
    const open = new OpenRuns();
    await open.openServed();
    expect(open.runs.value).toEqual([]);
    expect(open.problems.value).toEqual([
      {
        message: "http://localhost:1/lab/runs/a/b/definition.json: the server answered 404",
        hint: expect.stringMatching(/load the list again/),
      },
    ]);
  });

  test("a server that does not answer, or not with a list, is a problem with its address", async () => {
    vi.stubGlobal("document", { baseURI: "http://localhost:1/lab/" });
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("Failed to fetch")));
    const open = new OpenRuns();
    await open.openServed();
    const hint = "is steepest serve still running?";
    const address = "http://localhost:1/lab/runs/index.json: the list of runs cannot be fetched";
    expect(open.problems.value).toEqual([{ message: `${address}: Failed to fetch`, hint }]);
    expect(open.busy.value).toBe(false);
    serve({ "/lab/runs/index.json": '{"runs": [' });
    await open.openServed();
    expect(open.problems.value).toEqual([{ message: expect.stringContaining(`${address}: `), hint }]);
  });

  test("a failure of steepest serve is told in its words, and is not taken for another server", async () => {
    vi.stubGlobal("document", { baseURI: "http://localhost:1/lab/" });
    const answer = (status: number, type: string, text: string): void =>
      void vi.stubGlobal("fetch", async () => new Response(text, { status, headers: { "content-type": type } }));
    const address = "http://localhost:1/lab/runs/index.json: the list of runs cannot be fetched";
    const open = new OpenRuns();
    const said = async (): Promise<string[]> => {
      await open.openServed();
      expect(open.busy.value).toBe(false);
      return open.problems.value.map(({ message }) => message);
    };
    answer(500, "text/plain; charset=utf-8", "steepest serve failed: EACCES: permission denied, scandir 'runs'\n");
    expect(await said()).toEqual([`${address}: the server answered 500: steepest serve failed: EACCES: permission denied, scandir 'runs'`]);
    for (const [status, type] of [
      [404, "text/plain; charset=utf-8"],
      [403, "application/xml"],
      [200, "text/html"],
    ] as const) {
      answer(status, type, "none of ours");
      expect(await said()).toEqual(["this page does not come from steepest serve"]);
    }
    for (const text of ["null", "[]", '{"runs":7}']) {
      answer(200, "application/json", text);
      expect(await said()).toEqual(["this page does not come from steepest serve"]);
    }
  });

  test("a server that takes the question and never answers is given up, and the page is not busy any more", async () => {
    vi.stubGlobal("document", { baseURI: "http://localhost:1/lab/" });
    vi.stubGlobal("fetch", (_: URL, { signal }: { readonly signal?: AbortSignal } = {}) => {
      return new Promise((_resolve, reject) => signal?.addEventListener("abort", () => reject(signal.reason)));
    });
    const timer = new AbortController();
    const timeout = vi.spyOn(AbortSignal, "timeout").mockReturnValue(timer.signal);
    onTestFinished(() => timeout.mockRestore());
    const open = new OpenRuns();
    const opening = open.openServed();
    expect(open.busy.value).toBe(true);
    timer.abort(new DOMException("timed out", "TimeoutError"));
    await opening;
    expect(timeout).toHaveBeenCalledWith(30_000);
    expect(open.problems.value.map(({ message }) => message)).toEqual([
      expect.stringMatching(/runs\/index\.json: the list of runs cannot be fetched: there was no answer within 30 seconds$/),
    ]);
    expect(open.busy.value).toBe(false);
  });

  test("another server, or one without runs, is said", async () => {
    const open = new OpenRuns();
    serve({});
    await open.openServed();
    expect(open.problems.value.map(({ message }) => message)).toEqual(["this page does not come from steepest serve"]);
    serve({ "/lab/runs/index.json": JSON.stringify({ runs: [] }) });
    await open.openServed();
    expect(open.problems.value.map(({ message }) => message)).toEqual(["this server has no runs"]);
  });
});
