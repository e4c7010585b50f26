import { canonicalJson } from "@steepest/core";
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
