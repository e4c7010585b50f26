import type { ArmDefinition } from "@steepest/experiments";
import type { Imports } from "./imports.js";
import { literal, object } from "./literal.js";
import { normSource } from "./normSource.js";

type OptimizerChoice = ArmDefinition["optimizer"];
type Kind = OptimizerChoice["kind"];
type Of<K extends Kind> = Extract<OptimizerChoice, { readonly kind: K }>;
type Writers = { readonly [K in Kind]: (choice: Of<K>, core: Imports) => string };

/** `factory({ ... })` with the options of the definition as they are. */
const plain =
  <C extends { readonly kind: Kind }>(factory: string) =>
  ({ kind: _, ...options }: C, core: Imports): string =>
    `${core.use(factory)}(${literal(options)})`;

/** The same with the norm as an expression. */
const normed =
  <C extends Of<"steepest" | "momentum" | "scion">>(factory: string) =>
  ({ kind: _, norm, ...options }: C, core: Imports): string => {
    const others = Object.entries(options).filter(([, value]) => value !== undefined);
    const members = others.map(([key, value]) => [key, literal(value)] as const);
    return `${core.use(factory)}(${object([["norm", normSource(norm, core)], ...members])})`;
  };

/** The source of an optimiser within `decoupledDecay`, if it decays. */
const decaying =
  <C extends { readonly decay?: number | undefined }>(writer: (choice: Omit<C, "decay">, core: Imports) => string) =>
  ({ decay = 0, ...choice }: C, core: Imports): string => {
    const text = writer(choice, core);
    return decay === 0 ? text : `${core.use("decoupledDecay")}(${text}, ${literal(decay)})`;
  };

/** How each optimiser of the registry is built with @steepest/core. */
const writers: Writers = {
  steepest: normed("steepestDescent"),
  heavyBall: decaying<Of<"heavyBall">>(plain("heavyBall")),
  momentum: decaying<Of<"momentum">>(normed("momentumDescent")),
  signum: decaying<Of<"signum">>(plain("signum")),
  muon: decaying<Of<"muon">>(plain("muon")),
  muonSignum: plain("muonSignum"),
  muonAdam: plain("muonAdam"),
  scion: normed("scion"),
  adam: plain("adam"),
  adamW: plain("adamW"),
  rmsProp: plain("rmsProp"),
  adaGrad: plain("adaGrad"),
  lion: ({ kind: _, decay, ...options }, core) =>
    `${core.use("decoupledDecay")}(${core.use("lion")}(${literal(options)}), ${literal(decay)})`,
  shampoo: plain("shampoo"),
  mirrorDescent: plain("mirrorDescent"),
  progressiveRescaling: ({ optimizer, period, growth }, core) =>
    `${core.use("progressiveRescaling")}(${optimizerSource(optimizer, core)}, ${literal({ period, growth })})`,
};

/** An optimiser of a definition as an expression over @steepest/core. */
export function optimizerSource(choice: OptimizerChoice, core: Imports): string {
  return (writers[choice.kind] as (choice: OptimizerChoice, core: Imports) => string)(choice, core);
}
