import { describe, expect, test } from "vitest";
import { droppedFiles } from "../../src/runFolder/droppedFiles.js";
import { runFile } from "../../src/runFolder/runFiles.js";

/** Most entries that a browser hands out at once. */
const batchSize = 100;

function fileEntry(fullPath: string, text = fullPath): FileSystemEntry {
  const file = (resolve: (file: File) => void) => resolve(new File([text], fullPath.split("/").at(-1)!));
  return { isFile: true, isDirectory: false, fullPath, file } as unknown as FileSystemEntry;
}

/** As browsers have it: every reader hands out its entries in batches, and then nothing. */
function folderEntry(fullPath: string, entries: readonly FileSystemEntry[]): FileSystemEntry {
  const createReader = () => {
    let next = 0;
    return {
      readEntries: (resolve: (batch: FileSystemEntry[]) => void) => {
        const batch = entries.slice(next, next + batchSize);
        next += batch.length;
        queueMicrotask(() => resolve(batch));
      },
    };
  };
  return { isFile: false, isDirectory: true, fullPath, createReader } as unknown as FileSystemEntry;
}

const dropped = (entries: readonly (FileSystemEntry | null)[]): DataTransferItemList =>
  entries.map((entry) => ({ webkitGetAsEntry: () => entry })) as unknown as DataTransferItemList;

describe("what was dropped", () => {
  test("is every file below it, beyond the first batches of a folder", async () => {
    const names = Array.from({ length: 2 * batchSize + 37 }, (_, i) => `/runs/many/${i}.json`);
    const tree = folderEntry("/runs", [
      fileEntry("/runs/README.md"),
      folderEntry(
        "/runs/many",
        names.map((name) => fileEntry(name)),
      ),
      folderEntry("/runs/empty", []),
      folderEntry(
        "/runs/exactly",
        names.slice(0, batchSize).map((name) => fileEntry(name.replace("many", "exactly"))),
      ),
    ]);
    const files = await droppedFiles(dropped([tree, fileEntry("/alone.json")]));
    expect(files.map(({ path }) => path)).toEqual([
      "runs/README.md",
      ...names.map((name) => name.slice(1)),
      ...names.slice(0, batchSize).map((name) => name.replace("/runs/many", "runs/exactly")),
      "alone.json",
    ]);
  });

  test("is read when it is asked for", async () => {
    const [file] = await droppedFiles(dropped([fileEntry("/a/rows.jsonl", "ä\n")]));
    expect(new TextDecoder().decode(await file!.bytes())).toBe("ä\n");
  });

  test("leaves out what is no file, such as text", async () => {
    expect(await droppedFiles(dropped([null]))).toEqual([]);
  });

  test("is an error where a folder or a file cannot be read", async () => {
    const fail = (_resolve: unknown, reject: (error: Error) => void) => reject(new Error("NotReadableError"));
    const folder = { isFile: false, fullPath: "/x", createReader: () => ({ readEntries: fail }) } as unknown as FileSystemEntry;
    const file = { isFile: true, fullPath: "/y", file: fail } as unknown as FileSystemEntry;
    for (const entry of [folder, file]) await expect(droppedFiles(dropped([entry]))).rejects.toThrow("NotReadableError");
  });
});

test("a file of a directory picker knows its path, one that was chosen alone only its name", () => {
  const alone = new File([""], "rows.jsonl");
  expect(runFile(alone).path).toBe("rows.jsonl");
  expect(runFile(Object.assign(alone, { webkitRelativePath: "tiny/a/rows.jsonl" })).path).toBe("tiny/a/rows.jsonl");
});
