import { refuse } from "../check/refuse.js";

const hint = "the file is corrupt; write or download it again";

/** Structures and lists in one another; those of Parquet have fewer. */
const deepest = 24;

const types = { stop: 0, isTrue: 1, isFalse: 2, byte: 3, i16: 4, i32: 5, i64: 6, double: 7, binary: 8, list: 9, set: 10, struct: 12 };

/**
 * Checks a structure of the compact protocol of Thrift before a reader allocates what its lengths promise: every list and text must fit into the bytes that
 * are left.
 * Source: Apache Thrift, "Thrift compact protocol encoding".
 */
export class ThriftCheck {
  readonly #name: string;
  readonly #bytes: Uint8Array;
  readonly #end: number;
  #at: number;

  /**
   * @param name   the name of the file
   * @param bytes  the file
   * @param start  offset of the structure
   * @param end    offset that it must not go beyond
   */
  constructor(name: string, bytes: Uint8Array, start: number, end: number) {
    this.#name = name;
    this.#bytes = bytes;
    this.#at = start;
    this.#end = end;
  }

  /**
   * Checks the structure.
   *
   * @returns the offset behind it
   * @throws DataError  naming the byte at which it is not intact
   */
  struct(): number {
    this.#struct(0);
    return this.#at;
  }

  #fault(what: string): never {
    return refuse(this.#name, `byte ${this.#at}: ${what}`, hint, this.#at);
  }

  #byte(): number {
    if (this.#at >= this.#end) this.#fault("a header goes on behind its end");
    return this.#bytes[this.#at++]!;
  }

  #skip(count: number): void {
    if (count > this.#end - this.#at) this.#fault(`a length of ${count} bytes in a header, of which ${this.#end - this.#at} are left`);
    this.#at += count;
  }

  /** A variable-length integer of at most 32 bits. */
  #length(): number {
    let value = 0;
    for (let k = 0; k < 5; k++) {
      const byte = this.#byte();
      value += (byte & 127) * 2 ** (7 * k);
      if (byte < 128) return value;
    }
    return this.#fault("a length of more than 32 bits in a header");
  }

  #varint(): void {
    for (let k = 0; k < 10; k++) if (this.#byte() < 128) return;
    this.#fault("a number of more than 64 bits in a header");
  }

  #struct(depth: number): void {
    if (depth > deepest) this.#fault("a header is nested too deeply");
    for (;;) {
      const head = this.#byte();
      const type = head & 15;
      if (type === types.stop) return;
      if (head >> 4 === 0) this.#varint();
      if (type !== types.isTrue && type !== types.isFalse) this.#element(type, depth);
    }
  }

  #element(type: number, depth: number): void {
    if (type === types.byte || type === types.isTrue || type === types.isFalse) this.#skip(1);
    else if (type === types.i16 || type === types.i32 || type === types.i64) this.#varint();
    else if (type === types.double) this.#skip(8);
    else if (type === types.binary) this.#skip(this.#length());
    else if (type === types.list || type === types.set) this.#list(depth + 1);
    else if (type === types.struct) this.#struct(depth + 1);
    else this.#fault(`the type ${type} in a header, which Parquet does not use`);
  }

  #list(depth: number): void {
    if (depth > deepest) this.#fault("a header is nested too deeply");
    const head = this.#byte();
    const count = head >> 4 === 15 ? this.#length() : head >> 4;
    if (count > this.#end - this.#at)
      this.#fault(`a list of ${count} entries in a header, of which ${this.#end - this.#at} bytes are left`);
    for (let k = 0; k < count; k++) this.#element(head & 15, depth);
  }
}
