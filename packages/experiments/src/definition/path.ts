/** Position in a definition, as the keys that lead there. */
export type Path = readonly PropertyKey[];

/**
 * The text of a path:
 *
 * `arms.gradient.step.size`, `claims[3].left`
 *
 * @param path  keys and indices
 * @returns "" for the whole definition
 */
export function pathText(path: Path): string {
  return path.reduce<string>(
    (text, key) => (typeof key === "number" ? `${text}[${key}]` : text === "" ? String(key) : `${text}.${String(key)}`),
    "",
  );
}

export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === "object" && inner !== null && Object.hasOwn(inner, key) ? (inner as Record<PropertyKey, unknown>)[key] : undefined,
    value,
  );
}

/** Puts something in the place of what stands at a path. */
export function setAt(value: unknown, path: Path, entry: unknown): void {
  const holder = valueAt(value, path.slice(0, -1)) as Record<PropertyKey, unknown>;
  holder[path.at(-1)!] = entry;
}

/** True if a path leads to the place of another one, or into it. */
export function startsWith(path: Path, start: Path): boolean {
  return path.length >= start.length && areOnOneLine(path, start);
}

/** True if one of the paths leads to the other, or both are equal. */
export function areOnOneLine(a: Path, b: Path): boolean {
  return a.slice(0, b.length).every((key, i) => key === b[i]);
}

/**
 * Order of two paths by the order of keys in `value`. A missing place comes after those that exist, and the path of an
 * object before the paths within it.
 */
export function placesIn(value: unknown): (a: Path, b: Path) => number {
  const places = new WeakMap<object, ReadonlyMap<string, number>>();
  const placesOf = (parent: object): ReadonlyMap<string, number> => {
    const known = places.get(parent) ?? new Map(Object.keys(parent).map((key, i) => [key, i]));
    places.set(parent, known);
    return known;
  };
  return (a, b) => {
    const common = a.findIndex((key, i) => key !== b[i]);
    const split = common < 0 ? a.length : common;
    if (split === a.length || split === b.length) return a.length - b.length;
    const [first, second] = [a[split]!, b[split]!];
    if (typeof first === "number" && typeof second === "number") return first - second;
    const parent = valueAt(value, a.slice(0, split));
    if (typeof parent !== "object" || parent === null) return 0;
    const known = placesOf(parent);
    return (known.get(String(first)) ?? known.size) - (known.get(String(second)) ?? known.size);
  };
}
