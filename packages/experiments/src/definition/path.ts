/** Position in a definition, as the keys that lead there. */
export type Path = readonly PropertyKey[];

/** `arms.gradient.step.size`, `claims[3].left` */
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
