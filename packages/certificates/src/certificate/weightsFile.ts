import { canonicalJson, DataError } from "@steepest/core";
import { checkData } from "@steepest/core/internal";
import { shown } from "@steepest/kernels";
import type { NetworkPoint } from "../tangent/tangentProblem.js";
import { f64Bytes } from "./seal.js";

/** The name of the format of weights with their data. */
export const weightsFormat = "steepest-weights-1";

/** Weights and data as a file: what a certificate is of, for programs without this library. */
export interface WeightsFile {
  readonly format: typeof weightsFormat;
  /** The network as definitions write it, without an initialisation. */
  readonly network: unknown;
  /** Base64 of f64, little-endian: blocks in layer order, row-major w[outputs][inputs]. */
  readonly weights: string;
  /** Base64 of f64, little-endian, sample by sample. */
  readonly inputs: string;
  /** Base64 of f64, little-endian: -1 and +1, or 0 to classes - 1. */
  readonly labels: string;
  readonly inputDim: number;
  /** Absent where labels are -1 and +1. */
  readonly classes?: number;
}

/**
 * The file of weights and data.
 *
 * @param point    network, data with labels, weights
 * @param network  the network as definitions write it, without an initialisation; plain data
 * @returns canonical JSON and a line feed
 */
export function weightsText({ data, weights }: Omit<NetworkPoint, "network">, network: unknown): string {
  const file: WeightsFile = {
    format: weightsFormat,
    network,
    weights: base64(f64Bytes(weights)),
    inputs: base64(f64Bytes(data.inputs)),
    labels: base64(f64Bytes(data.labels)),
    inputDim: data.inputDim,
    ...(data.classes !== undefined && { classes: data.classes }),
  };
  return `${canonicalJson(file)}\n`;
}

function base64(bytes: Uint8Array): string {
  let binary = "";
  for (let at = 0; at < bytes.length; at += 8192) binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(binary);
}

/** The content of a file of weights, its network as it is written. */
export interface GivenWeights extends Omit<NetworkPoint, "network"> {
  readonly network: unknown;
}

/**
 * The content of a file of weights.
 *
 * @param path   path of the file, for messages
 * @param value  what its JSON holds
 * @returns weights and data
 * @throws DataError  naming the member that is not as it should be
 */
export function parseWeights(path: string, value: unknown): GivenWeights {
  const { format, network, weights, inputs, labels, inputDim, classes, ...others } = (value ?? {}) as Partial<WeightsFile>;
  const refuse = (member: string, expected: string, got: unknown): never => {
    throw DataError.at(path, `${member} must be ${expected}, got ${shown(got)}`, {
      value: got,
      hint: "the format stands in docs/certificates.md",
    });
  };
  if (format !== weightsFormat) refuse("format", `"${weightsFormat}"`, format);
  const unknown = Object.keys(others)[0];
  if (unknown !== undefined) refuse(unknown, "left out", (others as Record<string, unknown>)[unknown]);
  const numbers = (member: string, text: unknown): Float64Array => {
    const bytes = typeof text === "string" ? bytesOf(text) : undefined;
    if (!bytes || bytes.length % 8 !== 0) return refuse(member, "base64 of little-endian f64", text);
    const view = new DataView(bytes.buffer);
    return Float64Array.from({ length: bytes.length / 8 }, (_, i) => view.getFloat64(8 * i, true));
  };
  const data = {
    inputs: numbers("inputs", inputs),
    labels: numbers("labels", labels),
    inputDim: inputDim!,
    ...(classes !== undefined && { classes }),
  };
  checkData(path, data, false);
  return { network, weights: numbers("weights", weights), data };
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}
