import { createHash } from "node:crypto";

/** The changes that the command line made to a definition. */
export interface FigureChanges {
  readonly set: readonly string[];
  readonly seed: readonly number[];
  readonly quick?: boolean;
}

const longest = 90;
const longestValue = 20;

/** "0-4", "0,2,7": runs of neighbours are written by their ends. */
function seedsText(seeds: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const seed of seeds) {
    const last = runs.at(-1);
    if (last && seed === last[1] + 1) last[1] = seed;
    else runs.push([seed, seed]);
  }
  return runs.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(",");
}

/** "quick", "seed 5", "stop.steps=7": one text for every difference of a study from its definition. */
export function changeTexts({ set, seed, quick = false }: FigureChanges): string[] {
  return [...(quick ? ["quick"] : []), ...(seed.length > 0 ? [`${seed.length > 1 ? "seeds" : "seed"} ${seedsText(seed)}`] : []), ...set];
}

const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 8);
const isSafe = (text: string): boolean => /^[A-Za-z0-9.,=_+-]+$/.test(text);

/** A change as part of a file name; a value that is long, or that a file name cannot hold, by its hash. */
function partOf(text: string): string {
  const [path, ...values] = text.split("=");
  const value = values.join("=");
  const short = text.replace(/^(seeds?) /, "$1");
  if (isSafe(short) && value.length <= longestValue) return short;
  return `${path!.replace(/[^A-Za-z0-9._-]+/g, "_")}=${hashOf(value)}`;
}

/**
 * The name of a study's figure, without its ending: the id alone for the study as it is defined, else with its changes, so that no variant overwrites
 * another.
 */
export function figureName(id: string, changes: FigureChanges): string {
  const texts = changeTexts(changes);
  if (texts.length === 0) return id;
  const parts = texts.map(partOf).join("-");
  return parts.length <= longest ? `${id}-${parts}` : `${id}-${parts.slice(0, longest)}-${hashOf(texts.join("\n"))}`;
}
