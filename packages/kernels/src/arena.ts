import type { KernelFactory, Kernels, Pointer } from "./abi.js";
import { ArenaFullError } from "./errors.js";
import type { Region, Sized } from "./region.js";
import { kernelsFrom, requireKernels } from "./requireKernels.js";
import type { IndexSpan, Span } from "./span.js";

const alignment = 64;
/** Most bytes of kernel memory that can be addressed: pointers and counts are signed 32-bit in the kernels. */
export const mostKernelBytes: number = 2 ** 31 - 2 ** 20;

/**
 * Hands out spans of one memory in order, 64-byte aligned, never freed one by one. The memory is sized before the first step and never grows,
 * so no view is ever detached. Plan with `ArenaPlan`, then allocate the same spans in the same order.
 */
export class Arena {
  readonly kernels: Kernels;
  #next: number;

  constructor(kernels: Kernels) {
    this.kernels = requireKernels("arena.kernels", kernels);
    this.#next = kernels.arenaBase;
  }

  /** f64[length], zeroed. */
  span(length: number): Span {
    const ptr = this.#take(length * 8);
    return { ptr, length, view: new Float64Array(this.kernels.buffer, ptr, length) };
  }

  /** int32[length], zeroed. */
  indexSpan(length: number): IndexSpan {
    const ptr = this.#take(length * 4);
    return { ptr, length, view: new Int32Array(this.kernels.buffer, ptr, length) };
  }

  /** A region of scratch memory. */
  region({ bytes }: Sized): Region {
    return { ptr: this.#take(bytes), bytes };
  }

  /** One span per entry of `lengths`, in its order; the same record goes through `ArenaPlan.spans` first. */
  spans<K extends string>(lengths: Readonly<Record<K, number>>): Record<K, Span> {
    return Object.fromEntries(Object.entries<number>(lengths).map(([name, length]) => [name, this.span(length)])) as Record<K, Span>;
  }

  /** Untyped scratch of at least `bytes`. */
  scratch(bytes: number): Pointer {
    return this.#take(bytes);
  }

  #take(bytes: number): Pointer {
    const ptr = this.#next;
    const next = ptr + Math.ceil(bytes / alignment) * alignment;
    if (!(next <= this.kernels.buffer.byteLength)) {
      throw new ArenaFullError(`Arena: ${bytes} bytes requested at offset ${ptr}, memory has ${this.kernels.buffer.byteLength}`, {
        value: bytes,
        hint: "size the memory with ArenaPlan before the first span is taken",
      });
    }
    this.#next = next;
    return ptr;
  }
}

/** Adds up the spans that an arena will hold; sizes are f64, so nothing can overflow before it is refused. */
export class ArenaPlan {
  #bytes = 0;

  span(length: number): this {
    return this.scratch(length * 8);
  }

  indexSpan(length: number): this {
    return this.scratch(length * 4);
  }

  spans(lengths: Readonly<Record<string, number>>): this {
    for (const length of Object.values(lengths)) this.span(length);
    return this;
  }

  scratch(bytes: number): this {
    this.#bytes += Math.ceil(bytes / alignment) * alignment;
    return this;
  }

  region({ bytes }: Sized): this {
    return this.scratch(bytes);
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** @throws ArenaFullError if the memory would not be addressable by the kernels; nothing is allocated */
  requireAddressable(): this {
    if (this.#bytes <= mostKernelBytes) return this;
    throw new ArenaFullError(`ArenaPlan: ${this.#bytes} bytes needed, at most ${mostKernelBytes} can be addressed`, {
      value: this.#bytes,
      hint: "use fewer samples, a narrower network or fewer input columns",
    });
  }

  /** @throws ArenaFullError if the memory would not be addressable by the kernels; DefinitionError if the factory is none */
  allocate(factory: KernelFactory): Arena {
    return new Arena(kernelsFrom("kernels", factory, this.requireAddressable().#bytes));
  }
}
