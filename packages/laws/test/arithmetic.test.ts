import { describe, expect, test } from "vitest";
import {
  arithmeticOf,
  checkLaws,
  flowLaws,
  formatReport,
  type Law,
  limitLaws,
  type NormSubject,
  networkLaws,
  normFamilyLaws,
  normLaws,
  optimizerLaws,
  registerLaws,
  replayLaw,
  stepLaws,
} from "../src/index.js";
import { networkMutants } from "./support/networkMutants.js";
import { normMutants } from "./support/normMutants.js";
import { familyMutants, lp } from "./support/plainFamily.js";
import { familyInFloat32, float32Norms, inFloat32, networkInFloat32, recordedInFloat32, stepInFloat32 } from "./support/plainFloat32.js";
import { flowMutants, plainFlow } from "./support/plainFlow.js";
import { adamIsSign, identityMutants } from "./support/plainIdentities.js";
import { limitMutants, linearInL2, linearInLinf } from "./support/plainLimits.js";
import { colMax, nuclear, rowMax, rowSum, spectral } from "./support/plainMatrixNorms.js";
import { squaredFrozen, twoLayer } from "./support/plainNetworks.js";
import { l1, linf, weightedLinf } from "./support/plainNorms.js";
import { coordinateDescent, gradientDescent, signDescent, stepMutants } from "./support/plainSteps.js";

const double = { seed: 1, profile: "ci" } as const;
const single = { ...double, precision: "f32" } as const;
const mapped = <T>(subjects: Readonly<Record<string, T>>, change: (subject: T) => T): Record<string, T> =>
  Object.fromEntries(Object.entries(subjects).map(([name, subject]) => [name, change(subject)]));

const watching =
  (seen: number[], member: (x: Float64Array) => number) =>
  (x: Float64Array): number => {
    seen.push(...x);
    return member(x);
  };

const violated = <Subject extends object>(
  laws: readonly Law<Subject>[],
  subject: Subject,
  options: Parameters<typeof checkLaws>[2],
): string[] =>
  checkLaws(laws, subject, options)
    .results.filter(({ verdict }) => verdict === "violated")
    .map(({ law }) => law);

describe("with precision f32", () => {
  const accept = <Subject extends object>(
    family: string,
    laws: readonly Law<Subject>[],
    subjects: Readonly<Record<string, Subject>>,
  ): void => {
    describe.each(Object.entries(subjects))(`${family} accept %s in float32`, (_name, subject) => {
      registerLaws(test, laws, subject, single);
    });
  };
  accept("norm laws", normLaws, {
    ...float32Norms,
    ...mapped({ weightedLinf, spectral, nuclear, rowMax, rowSum, colMax }, (subject) => inFloat32(subject)),
  });
  accept("network laws", networkLaws, mapped({ twoLayer: twoLayer(), squaredFrozen }, networkInFloat32));
  accept("step laws", stepLaws, mapped({ signDescent, gradientDescent, coordinateDescent }, stepInFloat32));
  accept("norm family laws", normFamilyLaws, { lp: familyInFloat32(lp) });
  accept("flow laws", flowLaws, { "an exact flow": recordedInFloat32(plainFlow()) });
  accept("limit laws", limitLaws, recordedInFloat32({ linearInL2, linearInLinf }));
  accept("optimizer laws", optimizerLaws, { "Adam(0, 0) as sign descent": adamIsSign });

  const kills = <Subject extends object>(
    family: string,
    laws: readonly Law<Subject>[],
    mutants: Readonly<Record<string, Subject>>,
  ): void => {
    test.each(laws.map((law) => [law.id, law] as const))(`${family}: %s refutes the mutant it names`, (_id, law) => {
      const report = checkLaws([law], mutants[law.kills]!, single);
      expect(report.verdict, formatReport(report)).toBe("violated");
    });
  };
  const squares32 = (x: Float64Array): number => Math.fround(Math.sqrt(x.reduce((sum, v) => Math.fround(sum + Math.fround(v * v)), 0)));
  kills("norm laws", normLaws, {
    ...mapped(normMutants, (subject) => inFloat32(subject)),
    "norm that squares without scaling": { ...float32Norms.l2, norm: squares32 },
    "dual norm that squares without scaling": { ...float32Norms.l2, dualNorm: squares32 },
    "lmo that works in place": normMutants["lmo that works in place"]!, // rounding its argument would copy it
  });
  kills("network laws", networkLaws, networkMutants);
  kills("step laws", stepLaws, stepMutants);
  kills("norm family laws", normFamilyLaws, familyMutants);
  const run = plainFlow();
  const dip = run.points.map((point, i) => (i === 40 ? { ...point, softMargin: point.softMargin * (1 - 1e-4) } : point));
  kills("flow laws", flowLaws, { ...flowMutants, "run whose soft margin dips": { ...run, points: dip } }); // theirs is below the rounding of float32
  kills("limit laws", limitLaws, limitMutants);
  kills("optimizer laws", optimizerLaws, identityMutants);

  test("correct norms of float32 are refuted by the laws of binary64, and mutants of float32 by its own", () => {
    for (const subject of Object.values(float32Norms)) expect(violated(normLaws, subject, double).length).toBeGreaterThan(8);
    expect(violated(normLaws, inFloat32(normMutants["lmo of a larger ball"]!), single)).toContain("lmo-in-unit-ball");
  });

  test("every case is of binary32, and none is where squares or sums of 40 entries overflow", () => {
    const seen: number[] = [];
    const watched: NormSubject = { ...linf, norm: watching(seen, linf.norm) };
    checkLaws(
      normLaws.filter(({ id }) => id === "norm-triangle"),
      watched,
      single,
    );
    expect(seen.length).toBeGreaterThan(1000);
    expect(seen.filter((x) => !Object.is(Math.fround(x), x))).toEqual([]);
    expect(Math.max(...seen.map(Math.abs))).toBeLessThan(2 ** 110);
    expect(Math.min(...seen.map(Math.abs).filter((x) => x > 0))).toBe(2 ** -149);
  });

  test("a replay says in which precision it was asked", () => {
    const [result] = checkLaws(
      normLaws.filter(({ id }) => id === "lmo-attains-dual-norm"),
      inFloat32(normMutants["lmo that points uphill"]!),
      single,
    ).results;
    expect(result!.replay).toBe(`replayLaw(laws, subject, "lmo-attains-dual-norm", '{"f64":[-1]}', { precision: "f32" })`);
    const third = '{"x":{"f64":[1]},"c":0.3333333333333333}';
    expect(replayLaw(normLaws, float32Norms.l2, "norm-homogeneous", third)).toBeGreaterThan(1);
    expect(replayLaw(normLaws, float32Norms.l2, "norm-homogeneous", third, { precision: "f32" })).toBeLessThanOrEqual(1);
  });
});

describe("with a range", () => {
  const squares = (x: Float64Array): number => Math.sqrt(x.reduce((sum, v) => sum + v * v, 0));
  const direction = (x: Float64Array): Float64Array => {
    const length = squares(x);
    return x.map((v) => (length === 0 ? 0 : v / length));
  };
  /** A norm that is right except for overflow and underflow of its squares. */
  const squaring: NormSubject = {
    norm: squares,
    dualNorm: squares,
    lmo: (g) => direction(g).map((v) => -v),
    projectBall: (x, radius) => (squares(x) <= radius ? x.slice() : direction(x).map((v) => radius * v)),
    prox: (x, t) => {
      const length = squares(x);
      return x.map((v) => (length <= t ? v * 0 : v * (1 - t / length)));
    },
    invariances: ["signs", "permutations"],
  };

  test("code that squares its entries passes where squares are numbers, in either precision", () => {
    expect(violated(normLaws, squaring, double).length).toBeGreaterThan(8);
    expect(violated(normLaws, squaring, { ...double, range: [1e-100, 1e100] })).toEqual([]);
    expect(violated(normLaws, inFloat32(squaring), { ...single, range: [1e-15, 1e15] })).toEqual([]);
  });

  test("every law still refutes its mutant, but for the two whose mutants square", () => {
    const blind = normLaws.filter((law) => violated([law], normMutants[law.kills]!, { ...double, range: [1e-100, 1e100] }).length === 0);
    expect(blind.map(({ kills }) => kills)).toEqual(["norm that squares without scaling", "dual norm that squares without scaling"]);
  });

  test("no entry outside of it is generated", () => {
    for (const range of [
      [1e-100, 1e100],
      [1e-3, 1e3],
      [0, 1e40],
      [1e-20, Number.POSITIVE_INFINITY],
    ] as const) {
      const seen: number[] = [];
      const watched: NormSubject = { ...linf, dualNorm: watching(seen, linf.dualNorm) };
      checkLaws(
        normLaws.filter(({ id }) => id === "lmo-attains-dual-norm"),
        watched,
        { ...double, range },
      );
      const sizes = seen.map(Math.abs).filter((x) => x > 0);
      expect(Math.min(...sizes)).toBeGreaterThanOrEqual(range[0]);
      expect(Math.max(...sizes)).toBeLessThanOrEqual(range[1]);
    }
  });

  test.each([[[1, 1e100]], [[1e-100, 1]], [[1e100, 1e-100]], [[-1, 1e100]], [[Number.NaN, 1e100]]] as [[number, number]][])(
    "%j is refused",
    (range) => {
      expect(() => checkLaws(normLaws, l1, { ...double, range })).toThrow("range: must be [smallest, largest] with 0 <= smallest <= 0.001");
    },
  );

  test("a precision that does not exist is refused", () => {
    expect(() => arithmeticOf({ precision: "f16" as "f32" })).toThrow("precision: must be one of f64, f32, got f16");
    expect(() => arithmeticOf({ precision: "constructor" as "f32" })).toThrow("precision: must be one of");
  });
});
