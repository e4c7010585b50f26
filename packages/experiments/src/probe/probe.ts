import {
  DefinitionError,
  type Measurement,
  type ModuleNorms,
  type Norm,
  type NormId,
  normFromText,
  norms,
  type TrainPoint,
} from "@steepest/core";
import { anyModule } from "../module/anyModule.js";
import { measuredInNorms, measuredScalars } from "./measured.js";
import { type NumberIn, ofCompanion, ofLimit, ofTeacher, ofWeights, places } from "./places.js";
import type { Probe } from "./probeFacts.js";

const normIds = Object.keys(norms) as NormId[];

/**
 * The norm of an id in labels: its symbol, or the id.
 *
 * @param id  id of a norm
 * @returns "ℓ∞" for linf
 */
export function symbolOf(id: string): string {
  return (Object.hasOwn(norms, id) && norms[id as NormId].facts?.symbol) || id;
}

/** The number at the place that a probe's name says, where `own` is the own norm; NaN where the point has none. */
function reader(name: string): Probe["read"] {
  const dot = name.indexOf(".");
  if (dot < 0) return (point) => point[name as NumberIn<TrainPoint>];
  const [group, member] = [name.slice(0, dot) as "margin" | "health" | "optimizer", name.slice(dot + 1)];
  return (point) => (point[group] as Readonly<Record<string, number>>)[member === "own" ? point.ownNorm : member] ?? Number.NaN;
}

/** A probe's name with the id of the own norm in place of `own`. */
function resolved(name: string, ownNorm: string): string {
  return name.endsWith(".own") ? name.slice(0, -"own".length) + ownNorm : name;
}

/** The number that a measurement gives under a name; `own` is the own norm. */
function measuredReader(name: string): Probe["read"] {
  return ({ measured, ownNorm }) => measured[resolved(name, ownNorm)] ?? Number.NaN;
}

const scalars: readonly Probe[] = [
  ...places.map((place) => ({ ...place, read: reader(place.name) })),
  ...Object.entries(measuredScalars).map(([name, facts]) => ({ name, ...facts, isMeasured: true, read: measuredReader(name) })),
  ...ofTeacher.map(
    ({ name, label }): Probe => ({
      name,
      label,
      positive: false,
      better: "smaller",
      needsTeacher: true,
      read: ({ teacher }) => teacher?.[name] ?? Number.NaN,
    }),
  ),
  ...ofCompanion.map(
    ({ name, label }): Probe => ({
      name,
      label,
      positive: true,
      needsLabels: true,
      needsMargins: true,
      needsTest: true,
      needsCompanion: true,
      read: ({ companion }) => companion?.[name] ?? Number.NaN,
    }),
  ),
];

interface OfNorm
  extends Pick<
    Probe,
    | "alias"
    | "better"
    | "isOfDegree"
    | "needsMargins"
    | "needsLabels"
    | "needsHomogeneity"
    | "needsLargest"
    | "needsCertificate"
    | "measurement"
    | "isMeasured"
    | "isOfWeights"
    | "isOfLimit"
  > {
  readonly positive: boolean;
  label(symbol: string): string;
}

const ofNorms: Readonly<Record<string, OfNorm>> = {
  margin: { better: "larger", label: (symbol) => `margin in ${symbol}`, positive: true, isOfDegree: true, needsLabels: true, ...ofWeights },
  softMargin: {
    better: "larger",
    label: (symbol) => `soft margin in ${symbol}`,
    positive: true,
    isOfDegree: true,
    needsMargins: true,
    ...ofWeights,
  },
  homogenizedMargin: {
    better: "larger",
    label: (symbol) => `homogenised margin in ${symbol}`,
    positive: true,
    needsLabels: true,
    ...ofLimit,
    measurement: "homogenizedMargin",
  },
  norm: { label: (symbol) => `${symbol} norm of θ`, positive: true, ...ofWeights },
  marginRatio: {
    better: "larger",
    label: (symbol) => `share of the largest margin in ${symbol}`,
    positive: true,
    needsLabels: true,
    needsLargest: "margin",
    alias: ["marginShare", "normalizedMarginRatio", "marginOverMaxMargin"],
  },
  maxMarginCosine: {
    better: "larger",
    label: (symbol) => `cosine to the maximiser of the margin in ${symbol}`,
    positive: false,
    needsLabels: true,
    needsLargest: "maximizer",
    alias: ["maxMarginAngle", "angleToMaxMargin", "cosineToMaxMargin"],
  },
  "kkt.bestTangentMarginRatio": {
    better: "larger",
    label: (symbol) => `tangent margin ratio κ in ${symbol}, best multipliers`,
    positive: true,
    needsLabels: true,
    needsMargins: true,
    needsHomogeneity: true,
    needsCertificate: true,
    alias: ["bestTangentMarginRatio", "bestKappa", "certifiedKappa"],
  },
  ...Object.fromEntries(Object.entries(measuredInNorms).map(([kind, facts]) => [kind, { ...facts, isMeasured: true }])),
};

/** The number beside the largest margin, or of a certificate, under a name; `own` is the own norm. */
const oracleReader =
  (place: "largest" | "certified", name: string): Probe["read"] =>
  ({ [place]: readings, ownNorm }) =>
    readings?.[resolved(name, ownNorm)] ?? Number.NaN;

function ofNorm(kind: string, id: string): Probe {
  const name = `${kind}.${id}`;
  const { label, ...facts } = ofNorms[kind]!;
  const symbol = id === "own" ? "the own norm" : symbolOf(id);
  return { name, label: label(symbol), ...facts, read: readerOf(name, facts) };
}

/** The reader of a probe by what it is read off. */
function readerOf(name: string, { needsLargest, needsCertificate, isMeasured }: Omit<OfNorm, "label">): Probe["read"] {
  if (needsLargest) return oracleReader("largest", name);
  if (needsCertificate) return oracleReader("certified", name);
  return isMeasured ? measuredReader(name) : reader(name);
}

const perNorm: readonly Probe[] = [
  ...Object.entries(ofNorms).flatMap(([kind, { isMeasured, needsLargest, needsCertificate }]) =>
    (isMeasured || needsLargest || needsCertificate) && !places.some(({ name }) => name === kind) ? [ofNorm(kind, "own")] : [],
  ),
  ...normIds.flatMap((id) => Object.keys(ofNorms).map((kind) => ofNorm(kind, id))),
];

/** Every probe by its name; the margins follow from the norm registry. `probeOf` also knows those of norm expressions. */
export const probes: ReadonlyMap<string, Probe> = new Map([...scalars, ...perNorm].map((probe) => [probe.name, probe]));

/** A number above 1 as JavaScript writes it. */
const exponent = "(?:[2-9]|[1-9]\\d+|1(?=\\.\\d*[1-9]))(?:\\.\\d*[1-9])?(?:e\\+\\d+)?|1e\\+\\d+";

/** The pattern of probes of norm expressions, for editors, exponents included; `probeOf` decides which of them exist. */
export const normProbePattern: string = `^(?!.*lp\\((?!(?:${exponent})\\)))(${Object.keys(ofNorms).join("|").replaceAll(".", "\\.")})\\.(lp|max|sum|l2|module)\\(.+\\)$`;

/** A probe name taken apart: the quantity, and its norm or why there is none. */
interface NormProbe {
  readonly kind: string;
  readonly text: string;
  readonly norm: Norm | DefinitionError;
}

function normProbe(name: string, modules: ModuleNorms = anyModule): NormProbe | undefined {
  const kind = Object.keys(ofNorms).find((one) => name.startsWith(`${one}.`));
  if (kind === undefined) return undefined;
  const text = name.slice(kind.length + 1);
  if (text === "own") return undefined;
  try {
    return { kind, text, norm: normFromText(text, modules) };
  } catch (error) {
    if (error instanceof DefinitionError) return { kind, text, norm: error };
    throw error;
  }
}

/**
 * The norm of a probe such as `margin.spectral` or `softMargin.max(1*spectral,0.5*linf)`; undefined for other names.
 *
 * @param modules  the norms of modules that names may mention; without them such a norm has an id, and cannot be bound
 */
export function normOfProbe(name: string, modules?: ModuleNorms): Norm | undefined {
  const probe = normProbe(name, modules);
  return probe === undefined || probe.norm instanceof DefinitionError || probe.norm.id !== probe.text ? undefined : probe.norm;
}

/** "l3", "lp3", "p=3", "3" */
const namedExponent = /^l?p?[_=]?(\d+(?:\.\d+)?)$/;

/** The name of the norm that is known as a text; undefined if it is none of an exponent. */
function normNamed(text: string): string | undefined {
  const [, p] = namedExponent.exec(text) ?? [];
  if (p === undefined) return undefined;
  const plain = `l${Number(p)}`;
  if (Object.hasOwn(norms, plain)) return plain;
  return Number(p) > 1 ? `lp(${Number(p)})` : undefined;
}

/** Letters and digits of a name. */
const plain = (text: string): string => text.toLowerCase().replace(/[-_ /.]/g, "");

/** The name in every norm for one that other programs have: "kkt.stationarity.l2" for "stationarity.l2", "kkt.stationarity.own" for "stationarity". */
function renamedKind(name: string): string | undefined {
  for (const [kind, { alias = [] }] of Object.entries(ofNorms)) {
    if (alias.some((other) => plain(other) === plain(name))) return `${kind}.own`;
    const prefix = alias.find((other) => name.startsWith(`${other}.`));
    const other = prefix && `${kind}${name.slice(prefix.length)}`;
    if (other && probeOf(other)) return other;
  }
  return undefined;
}

/** A hint: what a probe is called here, what is wrong with the norm expression of a probe name, or how it is written; undefined for other names. */
export function probeHint(name: string): string | undefined {
  const known = scalars.find(({ alias = [] }) => alias.some((other) => plain(other) === plain(name)));
  if (known) return `write "${known.name}", ${known.label}`;
  if (Object.hasOwn(ofNorms, name)) {
    const first = probes.has(`${name}.own`) ? "own" : "l2";
    return `it is named by its norm: "${name}.${first}", "${name}.linf", "${name}.lp(3)"`;
  }
  const renamed = renamedKind(name);
  if (renamed) return `write "${renamed}", ${probeOf(renamed)!.label}`;
  const probe = normProbe(name);
  if (!probe) return undefined;
  const norm = normNamed(probe.text);
  if (norm !== undefined) return `write "${probe.kind}.${norm}"`;
  if (!probe.text.includes("(")) return undefined;
  if (probe.norm instanceof DefinitionError) return probe.norm.message;
  return probe.norm.id === probe.text ? undefined : `write "${probe.kind}.${probe.norm.id}"`;
}

/** The measurements that probes are read off, each once. */
export function measurementsOf(names: readonly string[]): Measurement[] {
  return [...new Set(names.flatMap((name) => probeOf(name)?.measurement ?? []))];
}

/**
 * A probe by its name; undefined if there is none.
 *
 * @param name  "logRisk", "margin.linf", "norm.max(1*spectral,0.5*linf)"
 * @returns the probe, which reads a `TrainPoint`
 */
export function probeOf(name: string): Probe | undefined {
  const known = probes.get(name);
  if (known) return known;
  const norm = normOfProbe(name);
  return norm && ofNorm(normProbe(name)!.kind, norm.id);
}

/** The probes that weights and data alone decide: their names, of those in every norm without the norm, in the order in which reports list them. */
export const probesOfWeights: { readonly scalars: readonly string[]; readonly inNorms: readonly string[] } = {
  scalars: scalars
    .filter(({ isOfWeights }) => isOfWeights)
    .map(({ name }) => name)
    .filter((name) => !name.endsWith(".own")),
  inNorms: Object.keys(ofNorms).filter((kind) => ofNorms[kind]!.isOfWeights),
};
