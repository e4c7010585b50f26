import { randomUUID } from "node:crypto";
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { isSteepestError } from "@steepest/core";
import type { ProcessIdentity } from "./processIdentity.js";
import { readRegular } from "./storage.js";

/** The mark of the process that writes to a run folder: the content of its `owner.json`. */
export interface Owner extends ProcessIdentity {
  /** Start of the ownership, for people; nothing is decided by it. */
  readonly since: string;
  readonly token: string;
  /** A count that grows while the owner is alive; a watcher of another system sees only whether it grows. */
  readonly beat?: number;
}

/** A mark as it was seen: its text, and the owner if the text names one. */
export interface SeenMark {
  readonly text: string;
  readonly owner: Owner | undefined;
}

/** Digits of the beat, so that every text has one length and is written over the one before. */
const beatDigits = 12;

function textOf(owner: Owner): string {
  const text = JSON.stringify(owner);
  return `${text}${" ".repeat(Math.max(0, beatDigits - String(owner.beat).length))}\n`;
}

/** The mark of this process. Beats go through the open file: once another process has replaced the mark, they have no effect. */
export class OwnMark {
  readonly #handle: number;
  #owner: Owner;
  #open = true;

  private constructor(handle: number, owner: Owner) {
    this.#handle = handle;
    this.#owner = owner;
  }

  /** Writes a mark. @returns undefined if there is a mark already */
  static create(path: string, owner: Owner): OwnMark | undefined {
    let handle: number;
    try {
      handle = openSync(path, "wx");
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === "EEXIST") return undefined;
      throw cause;
    }
    try {
      writeSync(handle, textOf(owner), 0);
      fsyncSync(handle);
    } catch (cause) {
      closeSync(handle); // a full disk: no mark stays that names nobody
      rmSync(path, { force: true });
      throw cause;
    }
    return new OwnMark(handle, owner);
  }

  /** Adds one to the beat. A mark whose file system has gone keeps its last beat. */
  beat(): void {
    if (!this.#open) return;
    this.#owner = { ...this.#owner, beat: (this.#owner.beat ?? 0) + 1 };
    try {
      writeSync(this.#handle, textOf(this.#owner), 0);
    } catch {
      this.close();
    }
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    closeSync(this.#handle);
  }
}

/** The mark at `path`; undefined if there is none. Anything but a regular file is a mark without an owner. */
export function seeMark(path: string): SeenMark | undefined {
  let text: string;
  try {
    text = readRegular(path).toString("utf8");
  } catch (error) {
    if (!isSteepestError(error)) throw error;
    if (error.value === "ENOENT") return undefined;
    if (error.code !== "DATA") throw error;
    return { text: "", owner: undefined };
  }
  return { text, owner: parseOwner(text) };
}

function parseOwner(text: string): Owner | undefined {
  try {
    const owner = JSON.parse(text) as Owner | null;
    return typeof owner?.host === "string" && Number.isSafeInteger(owner.pid) && owner.pid > 0 ? owner : undefined;
  } catch {
    return undefined;
  }
}

/** Removes a mark whose owner is gone: moved, read again, then removed, since another process may have replaced it since it was seen. */
export function removeMark(path: string, seen: SeenMark): void {
  const aside = `${path}.${randomUUID()}`;
  try {
    renameSync(path, aside);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return;
    throw cause;
  }
  const moved = seeMark(aside);
  if (moved?.owner && moved.owner.token !== seen.owner?.token) OwnMark.create(path, moved.owner)?.close();
  rmSync(aside, { force: true });
}
