import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Clock } from "./clock.js";
import { RunOwnedError } from "./errors.js";
import { type Owner, OwnMark, removeMark, type SeenMark, seeMark } from "./ownerMark.js";
import { isOfThisSystem, isRunning, thisProcess } from "./processIdentity.js";
import { storing } from "./storage.js";

export const ownerFile = "owner.json";

/** Milliseconds between two beats of an owner. */
export const beatMilliseconds: number = 2000;
/** Milliseconds without a beat after which a mark of another system belongs to a process that is gone. */
export const patienceMilliseconds: number = 15 * beatMilliseconds;
/** Milliseconds that a mark may be without an owner, because it is being written. */
const writingMilliseconds: number = 2 * beatMilliseconds;

const lookMilliseconds = 250;
const attempts = 5;

/** The calls made while a mark of another system is watched. */
export interface Waiting {
  readonly signal?: AbortSignal | undefined;
  readonly onWait?: ((owner: Owner) => void) | undefined;
}

/** A run folder that is marked as this process's. */
export interface Ownership {
  /** True while the mark is this process's: one that was stopped for long may have been taken for dead. */
  isHeld(): boolean;
  /** Checks that the mark is this process's. @throws RunOwnedError  if it is another's */
  requireHeld(): void;
  /** Removes the mark, if it is ours. */
  release(): void;
}

/**
 * Marks a folder as this process's. A mark is replaced when its owner is gone: a process of this system that does not run, or one elsewhere (another host,
 * another container) whose mark has not counted on while this process watched it, by its own clock. What clocks of others say decides nothing.
 *
 * @throws RunOwnedError  if a live process, or another writer in this one, has it
 * @throws StorageError   if the file system refuses
 */
export async function takeOwnership(folder: string, clock: Clock, waiting: Waiting = {}): Promise<Ownership> {
  const path = join(folder, ownerFile);
  const owner = thisOwner();
  for (let i = 0; i < attempts; i++) {
    const mark = marking(path, () => OwnMark.create(path, owner));
    if (mark) return ownership(path, owner, mark, clock);
    const seen = marking(path, () => seeMark(path));
    if (seen && (await isGone(path, seen, clock, waiting))) marking(path, () => removeMark(path, seen));
  }
  throw RunOwnedError.at(path, `changed hands ${attempts} times, expected it to be free`, { hint: "run one command at a time" });
}

/**
 * Does something short to a folder while no process is writing to it, marked as this process's meanwhile. A mark of another system is respected without a wait.
 *
 * @returns false if another process may be writing to it; nothing was done then
 * @throws StorageError
 */
export function whileFree(folder: string, action: () => void): boolean {
  const path = join(folder, ownerFile);
  const seen = marking(path, () => seeMark(path));
  if (seen && !(seen.owner && isOfThisSystem(seen.owner) && !isRunning(seen.owner))) return false;
  if (seen) marking(path, () => removeMark(path, seen));
  const mark = marking(path, () => OwnMark.create(path, thisOwner()));
  if (!mark) return false;
  try {
    action();
  } finally {
    mark.close();
    storing(path, "release the run folder", () => rmSync(path, { force: true }));
  }
  return true;
}

function thisOwner(): Owner {
  return { ...thisProcess(), since: new Date().toISOString(), token: randomUUID(), beat: 0 };
}

function marking<T>(path: string, action: () => T): T {
  return storing(path, "mark the run folder as in use", action);
}

function ownership(path: string, { token }: Owner, mark: OwnMark, clock: Clock): Ownership {
  const stop = clock.every(beatMilliseconds, () => mark.beat());
  const isHeld = (): boolean => marking(path, () => seeMark(path)?.owner?.token === token);
  return {
    isHeld,
    requireHeld() {
      if (isHeld()) return;
      throw owned(path, seeMark(path), "was taken over by", "this process stood still for long, and another one took it for gone");
    },
    release() {
      stop();
      mark.close();
      storing(path, "release the run folder", () => {
        if (isHeld()) rmSync(path, { force: true });
      });
    },
  };
}

/** True if the owner of a mark is gone. @returns false if the mark has changed meanwhile  @throws RunOwnedError  if its owner lives */
async function isGone(path: string, seen: SeenMark, clock: Clock, { signal, onWait }: Waiting): Promise<boolean> {
  const { owner } = seen;
  if (owner && isOfThisSystem(owner)) {
    if (!isRunning(owner)) return true;
    throw owned(path, seen);
  }
  if (owner) onWait?.(owner);
  const patience = owner ? patienceMilliseconds : writingMilliseconds;
  const begun = clock.now();
  while (clock.now() - begun < patience) {
    await clock.sleep(lookMilliseconds);
    signal?.throwIfAborted();
    const now = marking(path, () => seeMark(path));
    if (now?.text === seen.text) continue;
    if (now?.owner && now.owner.token === owner?.token) throw owned(path, now);
    return false;
  }
  return true;
}

const whatToDo = "wait for it or stop it; if it is certainly gone, delete owner.json";

function owned(path: string, seen: SeenMark | undefined, how = "is owned by", hint = whatToDo): RunOwnedError {
  const owner = seen?.owner;
  const who = owner ? `process ${owner.pid} on ${owner.host} since ${owner.since}` : "another process";
  return RunOwnedError.at(path, `the run ${how} ${who}`, { value: owner, hint });
}
