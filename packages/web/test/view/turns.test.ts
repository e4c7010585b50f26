import { describe, expect, test } from "vitest";
import { Turns } from "../../src/view/turns.js";

/** Turns whose tasks the test runs, and what was done in each of them. */
function table() {
  const tasks: (() => void)[] = [];
  const done: string[] = [];
  const turns = new Turns((then) => void tasks.push(then));
  const piece = (name: string) => () => void done.push(name);
  /** Runs the next task and returns the pieces done in it; undefined where none is on its way. */
  const task = (): string[] | undefined => {
    const next = tasks.shift();
    if (!next) return undefined;
    const before = done.length;
    next();
    return done.slice(before);
  };
  return { turns, piece, task, tasks };
}

describe("turns", () => {
  test("are one per task, in the order in which they were asked for, and nothing is done where they are asked for", () => {
    const { turns, piece, task } = table();
    for (const name of ["a", "b", "c"]) turns.take(piece(name));
    expect([task(), task(), task(), task()]).toEqual([["a"], ["b"], ["c"], undefined]);
  });

  test("are never waited for by two tasks at once", () => {
    const { turns, piece, tasks } = table();
    for (const name of ["a", "b", "c"]) turns.take(piece(name));
    expect(tasks).toHaveLength(1);
  });

  test("of one piece are one, however often it asks, and another once it had it", () => {
    const { turns, piece, task } = table();
    const a = piece("a");
    turns.take(a);
    turns.take(piece("b"));
    turns.take(a);
    expect([task(), task(), task()]).toEqual([["a"], ["b"], undefined]);
    turns.take(a);
    expect(task()).toEqual(["a"]);
  });

  test("that are dropped are left out", () => {
    const { turns, piece, task } = table();
    const a = piece("a");
    turns.take(a);
    turns.take(piece("b"));
    turns.drop(a);
    expect([task(), task()]).toEqual([["b"], undefined]);
  });

  test("are kept as long as somebody holds them, also against a task that is on its way", () => {
    const { turns, piece, task } = table();
    turns.take(piece("a"));
    const [one, other] = [turns.hold(), turns.hold()];
    expect(task()).toEqual([]);
    turns.take(piece("b"));
    one();
    one(); // a second time counts for nothing
    expect(task()).toBeUndefined();
    other();
    expect([task(), task(), task()]).toEqual([["a"], ["b"], undefined]);
  });

  test("end when nothing waits any more, with what was asked for meanwhile", () => {
    const { turns, piece, task } = table();
    turns.take(() => turns.take(piece("b")));
    turns.whenDone(piece("end"));
    expect([task(), task(), task(), task()]).toEqual([[], ["b"], ["end"], undefined]);
    turns.whenDone(piece("end of nothing"));
    expect(task()).toEqual(["end of nothing"]);
  });

  test("end no sooner than they are released", () => {
    const { turns, piece, task } = table();
    const release = turns.hold();
    turns.whenDone(piece("end"));
    expect(task()).toBeUndefined();
    release();
    expect(task()).toEqual(["end"]);
  });

  test("go on behind a piece that throws", () => {
    const { turns, piece, task } = table();
    turns.take(() => {
      throw new Error("a canvas without a context");
    });
    turns.take(piece("b"));
    expect(task).toThrow("a canvas without a context");
    expect(task()).toEqual(["b"]);
  });
});
