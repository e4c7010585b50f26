import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { canonicalJson, DataError } from "../../src/index.js";
import { parseSealedOutcome, requireUnchanged, sealOutcome } from "../../src/internal.js";
import { everyChange } from "../support/everyChange.js";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const pathOf = (file: string): string => `runs/x/${file}`;

const files = {
  definition: { loss: "logistic", seed: 0, constant: -0 },
  environment: { node: "24.0.0", data: { drawn: "ab" } },
  rows: { hash: sha256("rows"), count: 2, torn: false },
};
const outcome = { outcome: { kind: "finished", step: 7 }, separationStep: 3, warnings: [{ value: Number.NaN }] };
const sealed = sealOutcome(outcome, files, sha256);
const { endHash: _, definitionHash: __, environmentHash: ___, ...earlier } = sealed;

function refusal(action: () => unknown): DataError | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    if (error instanceof DataError) return error;
    throw error;
  }
}

test("what is written is hashed as any program can hash it: sorted keys, no white space", () => {
  const said = '{"definitionHash":"D","environmentHash":"E","outcome":O,"resultHash":"R","rowCount":2}'
    .replace("D", sha256('{"constant":-0.0,"loss":"logistic","seed":0}'))
    .replace("E", sha256('{"data":{"drawn":"ab"},"node":"24.0.0"}'))
    .replace("O", '{"outcome":{"kind":"finished","step":7},"separationStep":3,"warnings":[{"value":"NaN"}]}')
    .replace("R", sha256("rows"));
  expect(canonicalJson({ ...sealed, endHash: undefined })).toBe(said);
  expect(sealed.endHash).toBe(sha256(said));
  expect(parseSealedOutcome("x", sealed, sha256)).toEqual(sealed);
  expect(parseSealedOutcome("x", earlier, sha256)).toEqual(earlier);
});

test("every single change of it is noticed, with the path and what to do", () => {
  const changes = everyChange(sealed);
  expect(changes.length).toBeGreaterThan(40);
  for (const { what, changed } of changes)
    expect(
      refusal(() => parseSealedOutcome("runs/x/outcome.json", changed, sha256)),
      what,
    ).toMatchObject({ path: "runs/x/outcome.json", hint: expect.stringContaining("the run again with fresh") });
});

describe("every single change of another file is noticed and told with its path:", () => {
  const check = (changed: object) => refusal(() => requireUnchanged(pathOf, { ...files, ...changed }, sealed, sha256));

  test("none of an unchanged one, whatever was read of it", () => {
    expect(check({})).toBeUndefined();
    expect(refusal(() => requireUnchanged(pathOf, {}, sealed, sha256))).toBeUndefined();
  });

  test.each(["definition", "environment"] as const)("%s.json", (name) => {
    for (const { what, changed } of everyChange(files[name])) {
      expect(check({ [name]: changed }), what).toMatchObject({ path: pathOf(`${name}.json`) });
      expect(refusal(() => requireUnchanged(pathOf, { [name]: changed }, earlier, sha256))).toBeUndefined(); // which says nothing of them
    }
  });

  test("rows.jsonl", () => {
    const { rows } = files;
    expect(check({ rows: { ...rows, hash: sha256("others") } })).toMatchObject({ path: pathOf("rows.jsonl") });
    expect(check({ rows: { ...rows, torn: true } })).toMatchObject({ path: pathOf("rows.jsonl") });
    expect(check({ rows: { ...rows, count: 3 } })).toMatchObject({ path: pathOf("outcome.json") });
  });
});
