const identifier = /^[A-Za-z_$][\w$]*$/;

/** Plain data as a TypeScript expression; members that are undefined are left out, and -0 keeps its sign. */
export function literal(value: unknown): string {
  if (typeof value === "number") return Object.is(value, -0) ? "-0" : String(value);
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  return object(Object.entries(value).flatMap(([key, member]) => (member === undefined ? [] : [[key, literal(member)] as const])));
}

/** An object of members that are source text already. */
export function object(members: readonly (readonly [string, string])[]): string {
  if (members.length === 0) return "{}";
  return `{ ${members.map(([key, source]) => `${identifier.test(key) ? key : JSON.stringify(key)}: ${source}`).join(", ")} }`;
}

const numbersPerLine = 8;

/** Numbers, several to a line, each the shortest decimal that reads back as the same double; the same text in TypeScript and in Python. */
export function numberLines(values: ArrayLike<number>, indent: string): string {
  const texts = Array.from(values, literal);
  const lines: string[] = [];
  for (let i = 0; i < texts.length; i += numbersPerLine) lines.push(`${indent}${texts.slice(i, i + numbersPerLine).join(", ")},\n`);
  return lines.join("");
}
