import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { FigureSpec } from "@steepest/experiments";
import { StorageError } from "@steepest/node";
import { exitCode } from "./exitCode.js";
import { marked } from "./figureOwner.js";
import { type DrawOptions, draw } from "./render/draw.js";

/** The files of a figure: each is whole, and there are only those that belong to this drawing. */
export interface FigureFiles {
  readonly paths: readonly string[];
  /** Reason for a missing file, as one line. */
  readonly problem?: string;
  /** `done` even if something could not be drawn, since a figure is no result; `storage` if a drawing could not be written. */
  readonly code: number;
}

export const noFigure: FigureFiles = { paths: [], code: exitCode.done };

/** Draws a figure and writes it as `name.svg`, with a mark if one is given, and `name.png`; only an interruption is thrown. */
export async function writeFigure(
  spec: FigureSpec,
  folder: string,
  name: string,
  { mark, ...options }: DrawOptions & { readonly mark?: string },
): Promise<FigureFiles> {
  const { svg: drawn, png, problem } = await draw(spec, options);
  const svg = drawn !== undefined && mark !== undefined ? marked(drawn, mark) : drawn;
  const paths: string[] = [];
  try {
    for (const [kind, content] of Object.entries({ svg, png })) {
      const path = join(folder, `${name}.${kind}`);
      if (content === undefined)
        remove(path); // of an earlier drawing
      else paths.push(writeWhole(folder, path, content));
    }
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    return { paths, problem: error.message, code: exitCode.storage };
  }
  if (problem === undefined) return { paths, code: exitCode.done };
  const what = svg === undefined ? "the figure" : "the figure as PNG";
  return { paths, problem: `${what} could not be drawn: ${problem}`, code: exitCode.done };
}

function writeWhole(folder: string, path: string, content: string | Uint8Array): string {
  const temporary = `${path}.${process.pid}.tmp`; // another process may be drawing the same
  storing(path, "be written", () => {
    mkdirSync(folder, { recursive: true });
    try {
      writeFileSync(temporary, content);
      renameSync(temporary, path);
    } finally {
      remove(temporary);
    }
  });
  return path;
}

function remove(path: string): void {
  if (existsSync(path)) storing(path, "be removed", () => rmSync(path));
}

function storing(path: string, what: string, action: () => void): void {
  try {
    action();
  } catch (cause) {
    throw StorageError.at(path, `the figure cannot ${what}: ${(cause as Error).message}`, { cause });
  }
}
