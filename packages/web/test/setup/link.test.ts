import { type DatasetDefinition, datasets, isLabelled, pathsReadBy } from "@steepest/experiments";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dataStarts, isOffered } from "../../src/setup/choices.js";
import { defaultSetup } from "../../src/setup/defaults.js";
import { hardLimits } from "../../src/setup/limits.js";
import { LinkError, longestLink, readLink, writeLink } from "../../src/setup/link.js";
import type { DrawableData, RaceData } from "../../src/setup/raceSetup.js";
import { runs } from "../fuzz.js";
import { anyReceipt, anySetup } from "./anySetup.js";

const link = writeLink(defaultSetup);
const hash = "h".repeat(43);
const withValue = (key: string, text: string): string => link.replace(new RegExp(`(?<=^|&)${key}=[^&]*`), `${key}=${text}`);
const arm = link.split("&").find((pair) => pair.startsWith("arm="))!;

function refused(fragment: string): { readonly message: string; readonly hint: string | undefined } {
  try {
    readLink(fragment);
  } catch (error) {
    expect(error).toBeInstanceOf(LinkError);
    const { message, hint } = error as LinkError;
    return { message, hint };
  }
  throw new Error(`accepted: ${fragment}`);
}

test("a link with an activation that there is not is refused, of a linear model too", () => {
  for (const depth of ["0", "2"]) {
    const { message } = refused(withValue("activation", "sigmoid").replace(/(?<=&)depth=[^&]*/, `depth=${depth}`));
    expect(message).toMatch(/activation/);
  }
});

test("data that the page does not race on are refused in a sentence", () => {
  const hint = "steepest run trains on them, and the page opens its run folders";
  const unoffered = Object.values(datasets).flatMap(({ examples }) =>
    (examples as readonly DatasetDefinition[]).filter((data): boolean => !isOffered(data) && pathsReadBy(data).length === 0),
  ) as readonly DrawableData[]; // links have files of their own, which are dropped
  expect(unoffered.length).toBeGreaterThan(3);
  for (const data of unoffered) {
    const reason = isLabelled(data)
      ? `${data.kind} is read from files, which the page does not have`
      : `the page races classifiers, and the samples of ${data.kind} have targets`;
    expect(refused(writeLink({ ...defaultSetup, data }))).toEqual({ message: `data: ${reason}`, hint });
  }
});

test("a bias is true, or every, or left out", () => {
  expect(readLink(`${link}&bias=true`).setup.bias).toBe(true);
  expect(readLink(`${link}&bias=every`).setup.bias).toBe("every");
  expect("bias" in readLink(link).setup).toBe(false);
  expect(refused(`${link}&bias=false`).message).toBe("bias: must be true or every, or left out, got false");
});

test("filters have a side that fits, over images only", () => {
  const images = writeLink({ ...defaultSetup, data: { kind: "mnistPair", digits: [3, 6], trainSize: 20 } });
  expect(readLink(`${images}&filter=5`).setup.filter).toBe(5);
  expect("filter" in readLink(images).setup).toBe(false);
  expect(refused(`${images}&filter=0`).message).toBe("filter: must be an integer from 1 to 64, got 0");
  expect(refused(`${images}&filter=29`).message).toContain("must be at most the side of the image, 28 x 28, got 29");
  expect(refused(`${link}&filter=3`).message).toBe("filter: convolutions need images, and moons has none");
});

describe("a link", () => {
  test("gives back the race and the receipt that it was written of, and is written again as it was", () => {
    fc.assert(
      fc.property(anySetup, fc.option(anyReceipt, { nil: undefined }), fc.double({ min: 0, max: 1, noNaN: true }), (setup, rest, share) => {
        const receipt = rest && { at: Math.floor(share * setup.steps), ...rest };
        const fragment = writeLink(setup, receipt);
        const opened = readLink(fragment);
        expect(opened).toEqual({ setup, receipt });
        expect(writeLink(opened.setup, opened.receipt)).toBe(fragment);
      }),
      runs(300),
    );
  });

  test("holds nothing that an address would escape again", () => {
    fc.assert(
      fc.property(anySetup, (setup) => {
        const fragment = writeLink(setup);
        expect(new URL(`http://localhost/#${fragment}`).hash).toBe(`#${fragment}`);
      }),
      runs(200),
    );
  });

  test("of another order of its keys is the same race", () => {
    expect(readLink(link.split("&").reverse().join("&")).setup).toEqual({ ...defaultSetup, arms: [...defaultSetup.arms].reverse() });
  });

  test("of another order of its members is the same race, and is written as everybody else's", () => {
    const typed = link
      .replace("(rule:marginPaced,c:0.25)", "(c:0.25,rule:marginPaced)")
      .replace("(kind:steepest,norm:l2,normalized:true)", "(normalized:true,kind:steepest,norm:l2)")
      .replace("(law:uniformFanIn,scale:0.5)", "(scale:0.5,law:uniformFanIn)")
      .replace("trainSize:60,noise:0.1", "noise:0.1,trainSize:60");
    expect(typed).not.toBe(link);
    expect(writeLink(readLink(typed).setup)).toBe(link);
    const file = (members: string): string => withValue("data", `(${members})`);
    const sha256 = "0".repeat(64);
    const inOrder = file(`kind:dropped,name:'a.csv',sha256:'${sha256}'`);
    expect(writeLink(readLink(file(`kind:file,name:'a.csv',sha256:'${sha256}'`)).setup)).toBe(writeLink(readLink(inOrder).setup)); // as links had it
    expect(writeLink(readLink(file(`sha256:'${sha256}',name:'a.csv',kind:dropped`)).setup)).toBe(writeLink(readLink(inOrder).setup));
  });

  test("of every cut is refused in words, or lost nothing but an unfinished value's tail", () => {
    const whole = writeLink(defaultSetup, { at: 1000, hash, trace: "abcd" });
    for (let length = 0; length < whole.length; length++) {
      try {
        readLink(whole.slice(0, length));
      } catch (error) {
        expect(error, whole.slice(0, length)).toBeInstanceOf(LinkError);
      }
    }
    const lastArm = link.length;
    for (let length = 0; length < lastArm; length++) expect(() => readLink(link.slice(0, length))).toThrow(LinkError);
  });

  test("whatever stands in it is read or refused, and nothing else happens", () => {
    const text = fc.oneof(
      fc.string({ maxLength: 30 }),
      fc.constantFrom("(", "!()", "'", "(kind:steepest)", "1e999", "%E0", "()", "true", "(a:1,a:2)"),
    );
    const key = fc.constantFrom("data", "width", "depth", "activation", "init", "loss", "reduction", "seed", "steps", "arm");
    fc.assert(
      fc.property(key, text, (name, value) => {
        try {
          const { setup } = readLink(withValue(name, value));
          expect(readLink(writeLink(setup)).setup).toEqual(setup);
        } catch (error) {
          if (!(error instanceof LinkError)) throw error;
        }
      }),
      runs(2000),
    );
  });

  test.each([
    "(optimizer:word,step:word)",
    "(optimizer:!(),step:1)",
    "(optimizer:(kind:steepest),step:(rule:constant,size:1))",
    "(optimizer:(kind:steepest,norm:(max:5),normalized:true),step:(rule:constant,size:1))",
    "(optimizer:(kind:steepest,norm:(lp:x),normalized:true),step:(rule:constant,size:1))",
    "(optimizer:(kind:steepest,norm:(max:!(l1),weights:!(1,2)),normalized:true),step:(rule:constant,size:1))",
    "(optimizer:(kind:constructor),step:(rule:constant,size:1))",
    "(optimizer:(kind:momentum,norm:toString),step:(rule:constant,size:1))",
    "(optimizer:(kind:adam,beta1:1,beta2:0.9,epsilon:0),step:(rule:constant,size:1))",
    "(optimizer:(kind:steepest,norm:l2,normalized:true,extra:1),step:(rule:constant,size:1))",
    "(optimizer:(kind:steepest,norm:l2,normalized:true),step:(rule:toString))",
    "(optimizer:(kind:steepest,norm:l2,normalized:true))",
    "(optimizer:(kind:steepest,norm:l2,normalized:true),step:(rule:constant,size:1),label:x)",
  ])("with the arm %s is refused", (text) => {
    expect(refused(withValue("arm", text)).message).not.toBe("");
  });

  test.each([
    ["", "the link has an empty part", /cut off/],
    [`${link}&`, "the link has an empty part", /cut off/],
    [`${link}&wdith=3`, 'there is no key "wdith"', /^did you mean "width"\?$/],
    [`${link}&zzzzzzzz=3`, 'there is no key "zzzzzzzz"', /^known: data, /],
    [`${link}&constructor=3`, 'there is no key "constructor"', /known/],
    [`${link}&seed=7`, "seed: stands twice in the link", undefined],
    [link.replace("seed=7&", ""), "the link lacks seed=", /cut off/],
    [withValue("seed", "%E0%A4"), "seed: holds a broken % escape", /cut off/],
    [withValue("seed", "7.5"), `seed: must be an integer from 0 to ${Number.MAX_SAFE_INTEGER}, got 7.5`, undefined],
    [withValue("seed", "-1"), `seed: must be an integer from 0 to ${Number.MAX_SAFE_INTEGER}, got -1`, undefined],
    [
      withValue("seed", "9007199254740993"),
      `seed: must be an integer from 0 to ${Number.MAX_SAFE_INTEGER}, got 9007199254740992`,
      undefined,
    ],
    [withValue("width", "0"), "width: must be an integer from 1 to 2048, got 0", undefined],
    [withValue("width", "2049"), "width: must be an integer from 1 to 2048, got 2049", undefined],
    [withValue("width", "word"), "width: must be an integer from 1 to 2048, got word", undefined],
    [withValue("width", ""), "width: expected a value at character 1 of ", /cut off/],
    [withValue("depth", "17"), "depth: must be an integer from 0 to 16, got 17", undefined],
    [withValue("steps", "0"), "steps: must be an integer from 1 to 100000000, got 0", undefined],
    [withValue("steps", "1e9"), "steps: must be an integer from 1 to 100000000, got 1000000000", undefined],
    [withValue("steps", "1e999"), "steps: expected a number instead of 1e999 at character 6 of 1e999", /cut off/],
    [withValue("data", "moons"), "data: must be (kind:...,...)", undefined],
    [
      withValue("data", "(kind:moons,trainSize:5001,noise:0,constant:1)"),
      "data.trainSize: must be an integer from 2 to 5000, got 5001",
      undefined,
    ],
    [withValue("data", "(kind:dropped,name:a)"), "data: a file needs its name and its sha256, 64 hexadecimal digits", undefined],
    [withValue("data", `(kind:dropped,name:a,sha256:'${"0".repeat(64)}',x:1)`), "data.x: unknown key", /name and a sha256/],
    [withValue("arm", "5"), "arm: must be (optimizer:(...),step:(...)), perhaps with freezeBelow:...", undefined],
    [link.replace(`&${arm}`, ""), "arm: a race has 2 to 4 arms, the link has 1", undefined],
    [`${link}&${arm}&${arm}&${arm}`, "arm: a race has 2 to 4 arms, the link has 5", undefined],
    [`${link}&at=5`, "hash: must be 43 characters of base64url", /cut off/],
    [`${link}&trace=abcd`, "at: must be an integer from 0 to 100000, got nothing", undefined],
    [`${link}&hash=${hash}`, "at: must be an integer from 0 to 100000, got nothing", undefined],
    [`${link}&at=&hash=${hash}`, "at: must be an integer from 0 to 100000, got ''", undefined],
    [`${link}&at=100001&hash=${hash}`, "at: must be an integer from 0 to 100000, got 100001", undefined],
    [`${link}&at=5&hash=${hash.slice(1)}`, "hash: must be 43 characters of base64url", /cut off/],
    [`${link}&at=5&hash=${hash}&trace=abc`, "trace: must be pairs of base64url characters", /cut off/],
  ])("%s is refused", (fragment, message, hint) => {
    const got = refused(fragment);
    expect(got.message).toBe(message);
    if (hint) expect(got.hint).toMatch(hint);
    else expect(got.hint).toBeUndefined();
  });

  test.each(["activation", "loss", "reduction", "init"])("with a wrong %s is refused, for the linear model too", (key) => {
    for (const depth of ["0", "1"]) expect(refused(withValue(key, "tahn").replace(/depth=\d/, `depth=${depth}`)).message).not.toBe("");
  });

  test("with a loss that is none of margins is refused", () => {
    expect(refused(withValue("loss", "squared")).message).toMatch(
      /^(loss: must be one of exponential, logistic, got squared|.* by margins, which the loss squared does not have .*)$/,
    );
  });

  test("of a typical race with the receipt of ten million steps is short enough", () => {
    fc.assert(
      fc.property(anySetup, (setup) => {
        fc.pre(setup.data.kind !== "points" && setup.data.kind !== "dropped");
        const recorded = 8 * 24 + 2 * setup.arms.length; // decades, perfect accuracy, separation
        expect(writeLink(setup, { at: setup.steps, hash, trace: "xx".repeat(recorded) }).length).toBeLessThanOrEqual(longestLink - 60);
      }),
      runs(200),
    );
  });

  test.each([
    { width: hardLimits.width, depth: 6, steps: hardLimits.steps },
    { width: 1024, depth: hardLimits.depth, steps: hardLimits.steps },
  ])("of the limits themselves is read: %o", (limits) => {
    const setup = { ...defaultSetup, ...limits };
    expect(readLink(writeLink(setup)).setup).toEqual(setup);
  });

  test("of all limits at once is refused: no memory could hold it", () => {
    const { width, depth } = hardLimits;
    expect(() => readLink(writeLink({ ...defaultSetup, width, depth }))).toThrow(
      /^network\.hidden\[\d+\]: a run would take at least 4\.\d+ GB/,
    );
  });

  test("with a norm or an optimiser of a module is refused, with the reason", () => {
    const facts = { id: "mine", sha256: "0".repeat(64), lengthUnit: "unit" } as const;
    const [first, ...others] = defaultSetup.arms;
    const norm = { module: "./mine.mjs", facts: { id: "mine", sha256: facts.sha256 } };
    const optimizers = [
      { kind: "module", module: "./mine.mjs", facts },
      { kind: "steepest", norm, normalized: true },
      { kind: "clipped", optimizer: { kind: "module", module: "./mine.mjs" }, norm: "l2", length: 1 },
    ] as const;
    for (const optimizer of optimizers) {
      const link = writeLink({ ...defaultSetup, arms: [{ ...first!, optimizer }, ...others] });
      expect(() => readLink(link)).toThrow(/^arms\[0\]\.optimizer.*: a module is code, and the page runs no code of others$/);
    }
  });

  test("of a file's name with half a surrogate pair is written", () => {
    const sha256 = "0".repeat(64);
    const { setup } = readLink(writeLink({ ...defaultSetup, data: { kind: "dropped", name: "a\uD800b", sha256 } }));
    expect(setup.data).toEqual({ kind: "dropped", name: "a\uFFFDb", sha256 });
  });

  test.each([
    ["trainSize", 2, hardLimits.samples],
    ["testSize", 0, hardLimits.samples],
    ["inputDim", 1, hardLimits.inputDim],
    ["teacherWidth", 1, hardLimits.teacherWidth],
  ] as const)("beyond what a page can draw is refused: %s", (key, least, most) => {
    const teacher = { ...dataStarts.teacherStudent, nonzerosPerNeuron: 1, minTeacherScore: 0 };
    const withSize = (size: number): string => writeLink({ ...defaultSetup, data: { ...teacher, [key]: size } as RaceData });
    expect(readLink(withSize(most)).setup.data).toMatchObject({ [key]: most });
    expect(refused(withSize(most + 1)).message).toBe(`data.${key}: must be an integer from ${least} to ${most}, got ${most + 1}`);
  });

  test("of more points than a page can draw is refused", () => {
    const inputs = Array.from({ length: hardLimits.samples + 1 }, () => [0]);
    const data = { kind: "points", inputs, labels: inputs.map(() => 1 as const), constant: 0 } as const;
    expect(refused(writeLink({ ...defaultSetup, data })).message).toBe(
      `data.inputs: must be an integer from 2 to ${hardLimits.samples}, got ${hardLimits.samples + 1}`,
    );
  });

  test("of a file whose hash is a list is refused", () => {
    expect(refused(withValue("data", `(kind:dropped,name:a,sha256:!('${"0".repeat(64)}'))`)).message).toContain("its name and its sha256");
  });
});
