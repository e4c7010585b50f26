import { activation, DefinitionError, isSteepestError, losses } from "@steepest/core";
import { type DatasetDefinition, datasets, didYouMean, isLabelled, modulePlaces, pathText } from "@steepest/experiments";
import { isOffered } from "./choices.js";
import { definitionOf } from "./definition.js";
import { hardLimits } from "./limits.js";
import { isMarginLoss, marginLosses } from "./marginLosses.js";
import { hasImages } from "./network.js";
import { readPlain, writePlain } from "./plainText.js";
import {
  type ArmSetup,
  type DrawableData,
  type FileData,
  fewestArms,
  mostArms,
  type RaceData,
  type RaceSetup,
  type Receipt,
  without,
} from "./raceSetup.js";

/** Longest link; longer ones are cut by mail and chat programs. */
export const longestLink = 2048;

export interface Opened {
  readonly setup: RaceSetup;
  readonly receipt: Receipt | undefined;
}

/** A fault of a link, for the person who opened it. */
export class LinkError extends Error {
  readonly hint: string | undefined;
  /** Path in the setup of the faulty part. */
  readonly path: string | undefined;
  constructor(message: string, hint?: string, path?: string) {
    super(message);
    this.name = "LinkError";
    this.hint = hint;
    this.path = path;
  }
}

/** Keys of a link in their order, `bias` and `filter` only where there are such; `arm` stands once per arm. */
const setupKeys = ["data", "width", "depth", "activation", "init", "loss", "reduction", "seed", "steps"] as const;
const receiptKeys = ["at", "hash", "trace"] as const;
const setupOptions = ["bias", "filter"] as const;
const keys = [...setupKeys, ...setupOptions, "arm", ...receiptKeys] as const;
type Key = (typeof keys)[number];
/** Keys that a link may lack. */
const optionalKeys: readonly Key[] = [...setupOptions, ...receiptKeys];

/** The part of a link behind `#`: every key, in one order, so that equal races have equal links. */
export function writeLink(setup: RaceSetup, receipt?: Receipt): string {
  const { arms, ...rest } = setup;
  const pairs: [Key, string][] = setupKeys.map((key) => [key, writePlain(rest[key])]);
  for (const key of setupOptions) if (rest[key] !== undefined) pairs.push([key, writePlain(rest[key])]);
  for (const { optimizer, step, freezeBelow } of arms) pairs.push(["arm", writePlain({ optimizer, step, freezeBelow })]);
  if (receipt) pairs.push(["at", String(receipt.at)], ["hash", receipt.hash], ["trace", receipt.trace]);
  return pairs.map(([key, text]) => `${key}=${escaped(text)}`).join("&");
}

/**
 * Text in a fragment: as encodeURIComponent, but with the characters that a fragment may hold as they are. Half a surrogate pair, as file names can hold,
 * becomes U+FFFD.
 */
function escaped(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, "\uFFFD")).replace(/%(2C|3A|40|2F|3F|24|3B)/g, (code) =>
    decodeURIComponent(code),
  );
}

/**
 * Reads a fragment that `writeLink` wrote, or a person typed.
 *
 * @throws LinkError  naming the key and what was expected
 */
export function readLink(fragment: string): Opened {
  const values = split(fragment);
  for (const key of keys) {
    if (!values.has(key) && !optionalKeys.includes(key)) throw new LinkError(`the link lacks ${key}=`, "was it cut off?");
  }
  const only = (key: Key): unknown => parsed(key, values.get(key)![0]!);
  const arms = values.get("arm")!.map((text) => parsed("arm", text));
  if (arms.length < fewestArms || arms.length > mostArms) {
    throw new LinkError(`arm: a race has ${fewestArms} to ${mostArms} arms, the link has ${arms.length}`);
  }
  const setup = {
    ...Object.fromEntries(setupKeys.map((key) => [key, only(key)])),
    data: renamed(only("data")),
    ...Object.fromEntries(setupOptions.flatMap((key) => (values.has(key) ? [[key, only(key)]] : []))),
    arms: arms.map(checkedArm),
  } as unknown as RaceSetup;
  checkSetup(setup);
  return { setup: inOrder(setup), receipt: receiptKeys.some((key) => values.has(key)) ? receiptOf(values, setup.steps) : undefined };
}

/** The setup with its members in the order of the definition's schema, so that equal races have equal links in whatever order they were typed. */
function inOrder(setup: RaceSetup): RaceSetup {
  const { data } = setup;
  const definition = definitionOf(data.kind === "dropped" ? { ...setup, data: stand } : setup);
  const arms = Object.values(definition.arms).map(
    ({ optimizer, step }, i): ArmSetup => ({ ...setup.arms[i]!, optimizer, step }) as ArmSetup,
  );
  const { kind, name, sha256 } = data as FileData;
  return {
    ...setup,
    data: data.kind === "dropped" ? { kind, name, sha256 } : (definition.dataset as DrawableData),
    init: definition.network.init as RaceSetup["init"], // a definition without facts is refused
    arms,
  };
}

function split(fragment: string): Map<Key, string[]> {
  const values = new Map<Key, string[]>();
  for (const pair of fragment.split("&")) {
    const equals = pair.indexOf("=");
    const key = (equals < 0 ? pair : pair.slice(0, equals)) as Key;
    if (pair === "") throw new LinkError("the link has an empty part", "was it cut off?");
    if (!keys.includes(key))
      throw new LinkError(`there is no key "${shortened(key)}"`, didYouMean(key, keys) ?? `known: ${keys.join(", ")}`);
    const before = values.get(key) ?? [];
    if (before.length > 0 && key !== "arm") throw new LinkError(`${key}: stands twice in the link`);
    values.set(key, [...before, unescaped(key, equals < 0 ? "" : pair.slice(equals + 1))]);
  }
  return values;
}

const shortened = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text);

function unescaped(key: Key, text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new LinkError(`${key}: holds a broken % escape`, "was the link cut off?");
  }
}

function parsed(key: Key, text: string): unknown {
  try {
    return readPlain(text);
  } catch (error) {
    throw new LinkError(`${key}: ${(error as Error).message}`, "was the link cut off?");
  }
}

function checkedArm(arm: unknown): unknown {
  const members = typeof arm === "object" && arm !== null && !Array.isArray(arm) ? Object.keys(arm) : [];
  if (["optimizer,step", "freezeBelow,optimizer,step"].includes(members.sort().join())) return arm;
  throw new LinkError("arm: must be (optimizer:(...),step:(...)), perhaps with freezeBelow:...");
}

const integerIn = (key: string, value: unknown, least: number, most: number): void => {
  if (Number.isInteger(value) && (value as number) >= least && (value as number) <= most) return;
  throw new LinkError(`${key}: must be an integer from ${least} to ${most}, got ${shown(value)}`, undefined, key);
};

const shown = (value: unknown): string => (value === undefined ? "nothing" : writePlain(value).slice(0, 60));

/** Data of a link, in which a dropped file had the kind that definitions have for files by their paths. */
function renamed(data: unknown): unknown {
  const isHashed = typeof data === "object" && data !== null && "sha256" in data;
  return isHashed ? { ...data, kind: "dropped" } : data;
}

/** Refuses norms and optimisers that modules export: whoever opens a link has not read their code. @throws LinkError */
function refuseModules({ arms }: RaceSetup): void {
  const [first] = modulePlaces({ arms });
  if (!first) return;
  const path = pathText(first.path);
  const hint = "steepest run loads modules from files beside a definition";
  throw new LinkError(`${path}: a module is code, and the page runs no code of others`, hint, path);
}

/** Checks a setup. @throws LinkError */
export function checkSetup(setup: RaceSetup): void {
  refuseModules(setup);
  integerIn("width", setup.width, 1, hardLimits.width);
  integerIn("depth", setup.depth, 0, hardLimits.depth);
  integerIn("steps", setup.steps, 1, hardLimits.steps);
  integerIn("seed", setup.seed, 0, Number.MAX_SAFE_INTEGER);
  if (setup.bias !== undefined && setup.bias !== true && setup.bias !== "every") {
    throw new LinkError(`bias: must be true or every, or left out, got ${shown(setup.bias)}`, undefined, "bias");
  }
  checkSize(setup.data);
  if (setup.data.kind === "dropped") {
    checkFile(setup);
    return;
  }
  try {
    const { kind } = setup.data;
    const example = Object.hasOwn(datasets, kind) ? datasets[kind].examples[0] : undefined;
    if (example && !isLabelled(example)) throw new LinkError(`data: ${notOffered(example)}`, elsewhere, "data");
    if (Object.hasOwn(losses, setup.loss) && !isMarginLoss(setup.loss)) {
      throw new LinkError(`loss: must be one of ${marginLosses.join(", ")}, got ${setup.loss}`);
    }
    if (setup.filter !== undefined) checkFilter(setup.filter, definitionOf(without("filter", setup)).dataset);
    const { dataset } = definitionOf(setup);
    if (!isOffered(dataset)) throw new LinkError(`data: ${notOffered(dataset)}`, elsewhere, "data");
    activation(setup.activation); // no part of a linear model's definition
  } catch (error) {
    if (!isSteepestError(error)) throw error;
    const { message, hint, path } = error instanceof DefinitionError ? error.issues[0]! : error;
    throw new LinkError(message, hint, path);
  }
}

/** The reason why the page does not race on a data set. */
const notOffered = (data: DatasetDefinition): string =>
  isLabelled(data)
    ? `${data.kind} is read from files, which the page does not have`
    : `the page races classifiers, and the samples of ${data.kind} have targets`;

const elsewhere = "steepest run trains on them, and the page opens its run folders";

/** Checks the side of filters, of a linear model's too. @throws LinkError */
function checkFilter(filter: number, data: DatasetDefinition): void {
  if (!hasImages(data)) throw new LinkError(`filter: convolutions need images, and ${data.kind} has none`, undefined, "filter");
  integerIn("filter", filter, 1, hardLimits.filter);
}

function checkFile(setup: RaceSetup): void {
  const { kind, name, sha256, ...others } = setup.data as { kind: "dropped"; name: unknown; sha256: unknown };
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw new LinkError(`data.${unknown}: unknown key`, "a file has a name and a sha256");
  if (typeof name !== "string" || typeof sha256 !== "string" || !/^[0-9a-f]{64}$/.test(sha256)) {
    throw new LinkError("data: a file needs its name and its sha256, 64 hexadecimal digits");
  }
  checkSetup({ ...setup, data: stand });
}

/** A data set in the place of a file's samples while they are not there. */
const stand = { kind: "points", inputs: [[0], [1]], labels: [-1, 1], constant: 0 } as const;

function checkSize(data: RaceData): void {
  if (typeof data !== "object" || data === null) throw new LinkError("data: must be (kind:...,...)");
  const { trainSize, testSize, inputDim, teacherWidth, inputs } = data as object as Partial<Record<string, unknown>>;
  if (trainSize !== undefined) integerIn("data.trainSize", trainSize, 2, hardLimits.samples);
  if (inputDim !== undefined) integerIn("data.inputDim", inputDim, 1, hardLimits.inputDim);
  if (testSize !== undefined) integerIn("data.testSize", testSize, 0, hardLimits.samples);
  if (teacherWidth !== undefined) integerIn("data.teacherWidth", teacherWidth, 1, hardLimits.teacherWidth);
  if (Array.isArray(inputs)) integerIn("data.inputs", inputs.length, 2, hardLimits.samples);
}

function receiptOf(values: ReadonlyMap<Key, string[]>, steps: number): Receipt {
  const [at, hash, trace = ""] = receiptKeys.map((key) => values.get(key)?.[0]);
  integerIn("at", at !== undefined && /^\d+$/.test(at) ? Number(at) : at, 0, steps);
  if (!/^[A-Za-z0-9_-]{43}$/.test(hash ?? "")) throw new LinkError("hash: must be 43 characters of base64url", "was the link cut off?");
  if (!/^([A-Za-z0-9_-]{2})*$/.test(trace)) throw new LinkError("trace: must be pairs of base64url characters", "was the link cut off?");
  return { at: Number(at), hash: hash!, trace };
}
