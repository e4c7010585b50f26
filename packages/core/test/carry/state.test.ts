import { describe, expect, test } from "vitest";
import type { Carrier, Carrying, Plain } from "../../src/carry/carrier.js";
import { carriedBeside, carrying, carryingAs } from "../../src/carry/carrier.js";
import { type KeptState, keepState, putBackState } from "../../src/carry/state.js";
import { DefinitionError, DimensionError } from "../../src/index.js";
import { testRefusals, untyped } from "../support/refusal.js";

/** A thing with a state of every form. */
function counter() {
  const own: { step: number; reached: { readonly at: number } | undefined } = { step: 0, reached: undefined };
  const numbers = Float64Array.of(0, 0);
  let list: readonly number[] = [];
  return {
    own,
    numbers,
    get list() {
      return list;
    },
    advance: () => {
      own.step++;
      own.reached = { at: own.step };
      numbers[0]! -= 0;
      numbers[1] = 1 / own.step;
      list = [...list, own.step];
    },
    carry: (carrier: Carrier) => {
      carrier.values(own);
      carrier.at("part").numbers("numbers", numbers);
      carrier.value(
        "list",
        () => list,
        (kept) => {
          list = kept;
        },
      );
    },
  };
}

describe("a state", () => {
  test("is a copy, and is put back as it was", () => {
    const one = counter();
    one.advance();
    const kept = keepState(one.carry);
    expect(kept).toEqual({ values: { step: 1, reached: { at: 1 }, list: [1] }, numbers: { "part.numbers": Float64Array.of(0, 1) } });
    one.advance();
    expect(kept.values).toEqual({ step: 1, reached: { at: 1 }, list: [1] });
    const other = counter();
    putBackState("state", kept, other.carry);
    expect(keepState(other.carry)).toEqual(kept);
    other.advance();
    expect(keepState(other.carry)).toEqual(keepState(one.carry));
    expect(kept.values.list).toEqual([1]);
  });

  test("holds nothing for what is undefined", () => {
    const kept = keepState(counter().carry);
    expect(Object.keys(kept.values)).toEqual(["step", "list"]);
    const other = counter();
    putBackState("state", kept, other.carry);
    expect(other.own.reached).toBeUndefined();
  });

  test("of a wrapper is its own and that of the inner thing, or none where that has none", () => {
    const one = counter();
    const wrapped = carriedBeside(one, (carrier) => carrier.values({ t: 3 }));
    expect(Object.keys(keepState((carrier) => wrapped.carry?.(carrier)).values)).toEqual(["t", "inner.step", "inner.list"]);
    expect(carriedBeside({}, () => {})).toEqual({});
    const call = carryingAs(
      carrying(() => 1, one.carry),
      () => 2,
    );
    expect(call()).toBe(2);
    expect(call.carry).toBeDefined();
    const stateless: Carrying & (() => number) = () => 1;
    expect(carryingAs(stateless, () => 2).carry).toBeUndefined();
  });
});

const kept = keepState(counter().carry);
const put = (changes: { readonly values?: Record<string, Plain>; readonly numbers?: Record<string, Float64Array> }) => () =>
  putBackState(
    "state",
    { values: { ...kept.values, ...changes.values }, numbers: { ...kept.numbers, ...changes.numbers } },
    counter().carry,
  );
const lacking = (name: string): KeptState => ({
  values: Object.fromEntries(Object.entries(kept.values).filter(([key]) => key !== name)),
  numbers: {},
});
const twice = (carrier: Carrier): void => {
  carrier.values({ a: 1 });
  carrier.numbers("a", new Float64Array(1));
};

testRefusals([
  ["no state", () => putBackState("state", untyped(null), counter().carry), DefinitionError, "state: must be an object", "state"],
  ["a value of another kind", put({ values: { step: "1" } }), DefinitionError, "state.values.step: must be number", "state.values.step"],
  ["a list for a number", put({ values: { step: [1] } }), DefinitionError, "state.values.step: must be number", "state.values.step"],
  [
    "a value that is missing",
    () => putBackState("state", lacking("step"), counter().carry),
    DefinitionError,
    "must be number",
    "state.values.step",
  ],
  [
    "numbers that are missing",
    () => putBackState("state", lacking(""), counter().carry),
    DefinitionError,
    "a Float64Array",
    "state.numbers.part.numbers",
  ],
  [
    "too few numbers",
    put({ numbers: { "part.numbers": new Float64Array(1) } }),
    DimensionError,
    "holds 1 numbers, expected 2",
    "state.numbers.part.numbers",
  ],
  ["a value that nothing asks for", put({ values: { more: 1 } }), DefinitionError, 'holds "more", which nothing here has', "state"],
  ["numbers that nothing asks for", put({ numbers: { more: new Float64Array(1) } }), DefinitionError, 'holds "more"', "state"],
  ["a name used twice", () => keepState(twice), DefinitionError, 'the name "a" is used twice', "carrier"],
  ["a name that is none", () => keepState((carrier) => carrier.at("a.b")), DefinitionError, "a name of letters", "carrier"],
]);
