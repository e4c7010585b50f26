import { expect, test } from "vitest";
import { crashCause } from "../../src/render/crashCause.js";

test.each([
  ["node: ../src/x.cc:17: void f(): Assertion `a == b' failed.\n----- Native stack trace -----\n\n 1: 0x9 [node]", /^node: .*Assertion/],
  ["\n\n#\n# Fatal error in , line 0\n# Check failed: x.\n#\n", /^# Fatal error in , line 0$/],
  [
    "thread '<unnamed>' panicked at src/lib.rs:7:9:\nno such font\nnote: run with",
    /^thread '<unnamed>' panicked at src\/lib.rs:7:9: no such font$/,
  ],
  ["Segmentation fault\n", /^Segmentation fault$/],
])("a process that leaves %j has the cause %s", (stderr, cause) => {
  expect(crashCause(stderr)).toMatch(cause);
});

test("a process that leaves nothing but a stack trace has no cause", () => {
  expect(crashCause("----- Native stack trace -----\n\n 1: 0x931db0  [node]\n 2: 0x9eb6c2 f() [node]\n")).toBeUndefined();
});
