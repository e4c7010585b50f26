import { readDecimal } from "@steepest/formats";

/**
 * JSON data as short readable text that stands in a URL unescaped:
 *
 *   (key:value,key:value)  !(value,value)  1.5e-8  true  word  'any text, with !' before a quote'
 *
 * One text per value: keys in their order, numbers as the shortest decimal. A word consists of letters, digits and hyphens and begins with a letter.
 *
 * @throws TypeError  on what the text has no form for: null, a number that is not finite, a key that is no word
 */
export function writePlain(value: unknown): string {
  if (typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value))) return String(value);
  if (typeof value === "string") return isWord(value) ? value : `'${value.replace(/[!']/g, "!$&")}'`;
  if (Array.isArray(value)) return `!(${value.map(writePlain).join(",")})`;
  if (typeof value !== "object" || value === null) throw new TypeError(`writePlain: ${String(value)} has no form as text`);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  const strange = members.find(([key]) => !/^[A-Za-z][A-Za-z0-9]*$/.test(key));
  if (strange) throw new TypeError(`writePlain: the key "${strange[0]}" has no form as text`);
  return `(${members.map(([key, member]) => `${key}:${writePlain(member)}`).join(",")})`;
}

const isWord = (text: string): boolean => /^[A-Za-z][A-Za-z0-9-]*$/.test(text) && text !== "true" && text !== "false";

/** @throws SyntaxError  that says what was expected and where */
export function readPlain(text: string): unknown {
  const reader = new Reader(text);
  const value = reader.value(0);
  reader.end();
  return value;
}

const deepest = 64;

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(depth: number): unknown {
    if (depth > deepest) throw this.#error("less nesting");
    if (this.#take("!(")) return this.#list(depth);
    if (this.#take("(")) return this.#object(depth);
    if (this.#take("'")) return this.#quoted();
    const bare = this.#match(/[A-Za-z0-9.+-]+/y);
    if (bare === undefined) throw this.#error("a value");
    if (bare === "true" || bare === "false") return bare === "true";
    if (/^[A-Za-z]/.test(bare)) return bare;
    const number = readDecimal(bare);
    if (!/^-?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/.test(bare) || typeof number !== "number") {
      throw this.#error(`a number instead of ${bare.slice(0, 40)}`);
    }
    return number;
  }

  end(): void {
    if (this.#at < this.#text.length) throw this.#error("the end");
  }

  #list(depth: number): unknown[] {
    const entries: unknown[] = [];
    if (this.#take(")")) return entries;
    do entries.push(this.value(depth + 1));
    while (this.#take(","));
    this.#need(")");
    return entries;
  }

  #object(depth: number): Record<string, unknown> {
    const members = new Map<string, unknown>();
    if (this.#take(")")) return {};
    do {
      const key = this.#match(/[A-Za-z][A-Za-z0-9]*/y);
      if (key === undefined) throw this.#error("a key");
      if (members.has(key)) throw this.#error(`one ${key} only`);
      this.#need(":");
      members.set(key, this.value(depth + 1));
    } while (this.#take(","));
    this.#need(")");
    return Object.fromEntries(members);
  }

  #quoted(): string {
    const inside = this.#match(/(?:[^!']|![!'])*/y) ?? "";
    this.#need("'");
    return inside.replace(/!([!'])/g, "$1");
  }

  #take(token: string): boolean {
    if (!this.#text.startsWith(token, this.#at)) return false;
    this.#at += token.length;
    return true;
  }

  #need(token: string): void {
    if (!this.#take(token)) throw this.#error(`"${token}"`);
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #error(expected: string): SyntaxError {
    return new SyntaxError(`expected ${expected} at character ${this.#at + 1} of ${this.#text.slice(0, 60)}`);
  }
}
