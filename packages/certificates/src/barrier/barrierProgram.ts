import type { ConeProgram, Limit, ScaledEntry } from "@steepest/core";
import type { Kernels } from "@steepest/kernels";
import type { Barrier, Scaled } from "./barrier.js";
import { EuclideanBarrier } from "./euclideanBarrier.js";
import { HalfSquare } from "./halfSquare.js";
import { HalfSquareOfPowers } from "./halfSquareOfPowers.js";
import { LinearBarrier } from "./linearBarrier.js";
import { NuclearBarrier } from "./nuclearBarrier.js";
import { PowerBarrier } from "./powerBarrier.js";
import { SpectralBarrier } from "./spectralBarrier.js";

/** The barriers of the inequalities that a norm states of θ, each entry of which is in a unit of its own, and a point inside of all. */
export class BarrierProgram implements ConeProgram {
  readonly barriers: Barrier[] = [];
  /** A value of every variable, with θ = 0, at which all inequalities hold strictly. */
  readonly inside: number[];
  readonly #kernels: Kernels;
  #ball: HalfSquare | undefined;
  #powers: { readonly penalty: HalfSquareOfPowers; readonly within: number } | undefined;

  /**
   * @param size     number of variables before those of the norm: the entries of θ come first
   * @param kernels  have log and exp
   */
  constructor(size: number, kernels: Kernels) {
    this.inside = new Array<number>(size).fill(0);
    this.#kernels = kernels;
  }

  /** The barriers, where all are of linear inequalities. */
  get linear(): readonly LinearBarrier[] | undefined {
    const linear = this.barriers.filter((barrier) => barrier instanceof LinearBarrier);
    return linear.length === this.barriers.length ? linear : undefined;
  }

  /** The penalty that may take the place of powers, where these are all that the norm states. */
  get powers(): HalfSquareOfPowers | undefined {
    return this.barriers.length === this.#powers?.within ? this.#powers.penalty : undefined;
  }

  /** The penalty that may take the place of a ball, where that is all that the norm states. */
  get ball(): HalfSquare | undefined {
    return this.barriers.length === 1 ? this.#ball : undefined;
  }

  limit(): Limit {
    return { variable: this.#variable(0), factor: 1 };
  }

  eachWithin(entries: readonly ScaledEntry[], limit: Limit): void {
    for (const entry of entries) this.#sizeWithin(scaledOf(entry), limit);
  }

  sumWithin(entries: readonly ScaledEntry[], limit: Limit): void {
    const sizes = this.#parts(entries.length, limit);
    for (const [i, entry] of entries.entries()) this.#sizeWithin(scaledOf(entry), sizes[i]!);
    this.#sumWithin(sizes, limit);
  }

  limitsWithin(parts: readonly Limit[], limit: Limit): void {
    for (const part of parts) this.#begin(part, this.#valueOf(limit) / (2 * parts.length));
    this.#sumWithin(parts, limit);
  }

  rootWithin(entries: readonly ScaledEntry[], limit: Limit): void {
    if (this.#isWhole(limit)) this.#ball = new HalfSquare(entries.map(scaledOf));
    this.barriers.push(new EuclideanBarrier(entries.map(scaledOf), limit));
  }

  rootOfLimitsWithin(parts: readonly Limit[], limit: Limit): void {
    for (const part of parts) this.#begin(part, this.#valueOf(limit) / (2 * Math.sqrt(parts.length)));
    this.barriers.push(new EuclideanBarrier(parts, limit));
  }

  powersWithin(entries: readonly ScaledEntry[], p: number, limit: Limit): void {
    if (this.#isWhole(limit) && p >= 2)
      this.#powers = { penalty: new HalfSquareOfPowers(this.#kernels, entries.map(scaledOf), p), within: entries.length + 1 };
    const shares = this.#parts(entries.length, limit);
    for (const [i, entry] of entries.entries())
      this.barriers.push(new PowerBarrier(this.#kernels, scaledOf(entry), shares[i]!, limit, 1 / p));
    this.#sumWithin(shares, limit);
  }

  singularValuesWithin(entries: readonly ScaledEntry[], rows: number, limit: Limit): void {
    if (rows === 1 || rows === entries.length) this.rootWithin(entries, limit);
    else this.barriers.push(new SpectralBarrier(entries.map(scaledOf), rows, limit));
  }

  sumOfSingularValuesWithin(entries: readonly ScaledEntry[], rows: number, limit: Limit): void {
    const columns = entries.length / rows;
    if (rows === 1 || columns === 1) {
      this.rootWithin(entries, limit);
      return;
    }
    const wide = rows <= columns ? entries : Array.from(entries, (_, at) => entries[(at % rows) * columns + Math.floor(at / rows)]!);
    const order = Math.min(rows, columns);
    const own = Array.from({ length: order }, (_, i) =>
      Array.from(
        { length: i + 1 },
        (__, j): Scaled => ({ variable: this.#variable(i === j ? this.#valueOf(limit) / order : 0), factor: 1 }),
      ),
    ).flat();
    this.barriers.push(new NuclearBarrier(wide.map(scaledOf), order, limit, own));
  }

  /** New variables whose sum is half of a limit. */
  #parts(count: number, limit: Limit): Scaled[] {
    return Array.from({ length: count }, () => ({ variable: this.#variable(this.#valueOf(limit) / (2 * count)), factor: 1 }));
  }

  #sizeWithin(entry: Scaled, limit: Scaled): void {
    for (const sign of [1, -1]) this.barriers.push(new LinearBarrier([limit, { ...entry, factor: sign * entry.factor }]));
  }

  #sumWithin(parts: readonly Scaled[], limit: Scaled): void {
    this.barriers.push(new LinearBarrier([limit, ...parts.map(({ variable, factor }) => ({ variable, factor: -factor }))]));
  }

  /** Tells that a first inequality is one of the norm itself. */
  #isWhole({ variable, factor }: Limit): boolean {
    return variable === undefined && factor === 1 && this.barriers.length === 0;
  }

  #begin({ variable, factor }: Limit, value: number): void {
    if (variable !== undefined) this.inside[variable] = value / factor;
  }

  #valueOf({ variable, factor }: Limit): number {
    return factor * (variable === undefined ? 1 : this.inside[variable]!);
  }

  #variable(value: number): number {
    this.inside.push(value);
    return this.inside.length - 1;
  }
}

function scaledOf({ index, factor }: ScaledEntry): Scaled {
  return { variable: index, factor };
}
