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

  /**
   * An arena over the whole memory of kernels, nothing of which is handed out yet.
   *
   * @param kernels  kernels with their memory
   * @throws DefinitionError  if they are none
   */
  constructor(kernels: Kernels) {
    this.kernels = requireKernels("arena.kernels", kernels);
    this.#next = kernels.arenaBase;
  }

  /**
   * A span of doubles.
   *
   * @param length  number of entries
   * @returns f64[length], zeroed; its view shares the memory
   * @throws ArenaFullError  if the memory is smaller than what is taken of it
   */
  span(length: number): Span {
    const ptr = this.#take(length * 8);
    return { ptr, length, view: new Float64Array(this.kernels.buffer, ptr, length) };
  }

  /**
   * A span of integers.
   *
   * @param length  number of entries
   * @returns int32[length], zeroed; its view shares the memory
   * @throws ArenaFullError  if the memory is smaller than what is taken of it
   */
  indexSpan(length: number): IndexSpan {
    const ptr = this.#take(length * 4);
    return { ptr, length, view: new Int32Array(this.kernels.buffer, ptr, length) };
  }

  /**
   * A region of scratch memory.
   *
   * @param size  what needs it, with its `bytes`
   * @returns address and bytes; contents are undefined between calls
   * @throws ArenaFullError  if the memory is smaller than what is taken of it
   */
  region({ bytes }: Sized): Region {
    return { ptr: this.#take(bytes), bytes };
  }

  /**
   * Several spans by name.
   *
   * @param lengths  number of entries by name; the record that went through `ArenaPlan.spans`
   * @returns f64[length] for each name, in the order of the record
   * @throws ArenaFullError  if the memory is smaller than what is taken of it
   */
  spans<K extends string>(lengths: Readonly<Record<K, number>>): Record<K, Span> {
    return Object.fromEntries(Object.entries<number>(lengths).map(([name, length]) => [name, this.span(length)])) as Record<K, Span>;
  }

  /**
   * Untyped scratch.
   *
   * @param bytes  smallest size
   * @returns address of its first byte, 64-byte aligned
   * @throws ArenaFullError  if the memory is smaller than what is taken of it
   */
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

  /**
   * Plans `Arena.span`.
   *
   * @param length  number of entries
   * @returns this plan
   */
  span(length: number): this {
    return this.scratch(length * 8);
  }

  /**
   * Plans `Arena.indexSpan`.
   *
   * @param length  number of entries
   * @returns this plan
   */
  indexSpan(length: number): this {
    return this.scratch(length * 4);
  }

  /**
   * Plans `Arena.spans`.
   *
   * @param lengths  number of entries by name
   * @returns this plan
   */
  spans(lengths: Readonly<Record<string, number>>): this {
    for (const length of Object.values(lengths)) this.span(length);
    return this;
  }

  /**
   * Plans `Arena.scratch`.
   *
   * @param bytes  smallest size
   * @returns this plan
   */
  scratch(bytes: number): this {
    this.#bytes += Math.ceil(bytes / alignment) * alignment;
    return this;
  }

  /**
   * Plans `Arena.region`.
   *
   * @param size  what needs it, with its `bytes`
   * @returns this plan
   */
  region({ bytes }: Sized): this {
    return this.scratch(bytes);
  }

  get bytes(): number {
    return this.#bytes;
  }

  /**
   * Refuses a plan that is too large for any memory; nothing is allocated.
   *
   * @returns this plan
   * @throws ArenaFullError  if the memory would not be addressable by the kernels
   */
  requireAddressable(): this {
    if (this.#bytes <= mostKernelBytes) return this;
    throw new ArenaFullError(`ArenaPlan: ${this.#bytes} bytes needed, at most ${mostKernelBytes} can be addressed`, {
      value: this.#bytes,
      hint: "use fewer samples, a narrower network or fewer input columns",
    });
  }

  /**
   * An arena of the planned size.
   *
   * @param factory  makes kernels with a memory of their own
   * @returns the arena, from which the planned spans are taken in the order of the plan
   * @throws ArenaFullError   if the memory would not be addressable by the kernels, or the engine does not give it
   * @throws DefinitionError  if the factory is none
   */
  allocate(factory: KernelFactory): Arena {
    return new Arena(kernelsFrom("kernels", factory, this.requireAddressable().#bytes));
  }
}
