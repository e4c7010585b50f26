import { expect, test } from "vitest";
import { ArenaFullError, DefinitionError, isSteepestError, KernelLoadError } from "../src/index.js";

test("errors carry code, path, value, hint and cause", () => {
  const cause = new Error("why");
  const error = new KernelLoadError("message", { path: "a.b", value: 3, hint: "do", cause });
  expect(error).toMatchObject({
    name: "KernelLoadError",
    message: "message",
    code: "KERNEL_LOAD",
    path: "a.b",
    value: 3,
    hint: "do",
    cause,
  });
  expect(new KernelLoadError("message")).not.toHaveProperty("cause");
});

test("the brand, not the class, says what is a Steepest error", () => {
  expect(isSteepestError(new ArenaFullError("full"))).toBe(true);
  expect(isSteepestError(new RangeError("other"))).toBe(false);
  expect(isSteepestError({ code: "ARENA_FULL" })).toBe(false);
  const fromAnotherCopy = Object.assign(new Error("copy"), { [Symbol.for("steepest.error")]: true });
  expect(isSteepestError(fromAnotherCopy)).toBe(true);
});

test("an error at a path begins its message with it, and is of the class that made it", () => {
  const error = DefinitionError.at("a.b", "must be 3, got 4", { value: 4, hint: undefined });
  expect(error).toBeInstanceOf(DefinitionError);
  expect(error).toMatchObject({ name: "DefinitionError", message: "a.b: must be 3, got 4", path: "a.b", value: 4, hint: undefined });
  expect(ArenaFullError.at("arena", "is full")).toMatchObject({ name: "ArenaFullError", code: "ARENA_FULL", path: "arena" });
});
