import { expect, test } from "vitest";
import { isSteepestError } from "../../src/index.js";

export type Refusal = readonly [
  what: string,
  build: () => unknown,
  kind: new (message: string) => Error,
  message: string,
  path: string | undefined,
];

/** A value that JavaScript callers can pass although the types forbid it. */
export const untyped = (value: unknown): never => value as never;

/** One test per row: the kind, the message, the path. */
export function testRefusals(refusals: readonly Refusal[]): void {
  test.each(refusals)("%s", (_what, build, kind, message, path) => {
    let thrown: unknown;
    try {
      build();
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(kind);
    expect((thrown as Error).message).toContain(message);
    expect(isSteepestError(thrown)).toBe(true);
    expect(thrown).toMatchObject({ name: kind.name, path });
  });
}
