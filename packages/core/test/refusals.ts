import { expect, test } from "vitest";
import { isSteepestError } from "../src/index.js";

/** What JavaScript callers can pass although the types forbid it. */
export const untyped = (value: unknown) => value as never;

export type Refusal = readonly [
  what: string,
  build: () => unknown,
  kind: new (message: string) => Error,
  message: string,
  path: string | undefined,
];

/** Every row throws that error, with that message and path. */
export function testRefusals(rows: readonly Refusal[]): void {
  test.each(rows)("%s", (_what, build, kind, message, path) => {
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
