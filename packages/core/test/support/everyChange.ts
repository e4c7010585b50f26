/** One change of plain data, and where it was made. */
export interface Change {
  readonly what: string;
  readonly changed: unknown;
}

/** Every single change of JSON data: each value replaced, each key removed, and a key or an entry added everywhere. */
export function everyChange(json: unknown, path = "$"): Change[] {
  const here = (what: string, changed: unknown): Change => ({ what: `${path}: ${what}`, changed });
  if (json === null) return [here("no longer null", 0)];
  if (typeof json === "number")
    return [json + 1, json - 1, -json - 2, 0.5, Number.NaN]
      .filter((value) => !Object.is(value, json))
      .map((value) => here(`now ${value}`, value));
  if (typeof json === "string") {
    const digit = json.replace(/[0-9a-f]/, (one) => (one === "0" ? "1" : "0"));
    return [...new Set([`${json}x`, digit === json ? "" : digit, json.toUpperCase()])]
      .filter((text) => text !== json)
      .map((text) => here(`now ${text}`, text));
  }
  if (typeof json !== "object") return [here("flipped", !json)];
  if (Array.isArray(json)) {
    const within = json.flatMap((entry, i) =>
      everyChange(entry, `${path}[${i}]`).map(({ what, changed }) => ({
        what,
        changed: json.map((each, k) => (k === i ? changed : each)),
      })),
    );
    return [...within, here("an entry more", [...json, 0]), ...(json.length > 0 ? [here("an entry less", json.slice(1))] : [])];
  }
  const members = Object.entries(json);
  return [
    ...members.flatMap(([key, value]) =>
      everyChange(value, `${path}.${key}`).map(({ what, changed }) => ({ what, changed: { ...json, [key]: changed } })),
    ),
    ...members.map(([key]) => here(`without ${key}`, Object.fromEntries(members.filter(([other]) => other !== key)))),
    here("with an unknown key", { ...json, note: 1 }),
  ];
}
