/**
 * The first key that stands twice in an object of a JSON text. `JSON.parse` keeps the last of them and says nothing, other parsers keep the first.
 *
 * @param json  a text that `JSON.parse` reads
 * @returns the key; undefined if every object has each of its keys once
 */
export function repeatedKey(json: string): string | undefined {
  const open: Set<string>[] = [];
  for (let at = 0; at < json.length; at++) {
    const char = json[at];
    if (char === "{") open.push(new Set());
    else if (char === "}") open.pop();
    else if (char === '"') {
      const start = at;
      at = endOfText(json, start);
      if (!isBeforeColon(json, at + 1)) continue;
      const key = JSON.parse(json.slice(start, at + 1)) as string;
      const keys = open.at(-1)!;
      if (keys.has(key)) return key;
      keys.add(key);
    }
  }
  return undefined;
}

/** Offset of the quote that ends a text. @param start  offset of the one that begins it */
function endOfText(json: string, start: number): number {
  for (let at = start + 1; ; at++) {
    at = json.indexOf('"', at);
    let slash = at - 1;
    while (json[slash] === "\\") slash--;
    if ((at - slash) % 2 === 1) return at;
  }
}

function isBeforeColon(json: string, start: number): boolean {
  let at = start;
  while (json[at] === " " || json[at] === "\n" || json[at] === "\t" || json[at] === "\r") at++;
  return json[at] === ":";
}
