// Imports between the files of one package: circles, and the order of its rooms (the folders of its src).
import { dirname, join, relative } from "node:path";

/**
 * Imports of each file, types included.
 *
 * @param texts  source texts by path
 * @returns paths that each path imports, of those that have a text
 */
export function importsOf(texts) {
  const fileOf = (path) => [path, path.replace(/\.js$/, ".ts"), path.replace(/\.js$/, ".tsx")].find((name) => texts.has(name));
  return new Map(
    [...texts].map(([path, text]) => {
      const targets = [...text.matchAll(/\b(?:from|import)[ (]*"(\.[^"]+)"/g)].map(([, target]) => fileOf(join(dirname(path), target)));
      return [path, [...new Set(targets.filter((target) => target !== undefined))]];
    }),
  );
}

/** Circles of imports: the groups of files each of which imports every other, if need be through others of the group (Tarjan's algorithm). */
export function circles(imports) {
  const index = new Map();
  const lowest = new Map();
  const stack = [];
  const found = [];
  const visit = (file) => {
    index.set(file, index.size);
    lowest.set(file, index.get(file));
    stack.push(file);
    for (const target of imports.get(file) ?? []) {
      if (!index.has(target)) visit(target);
      if (stack.includes(target)) lowest.set(file, Math.min(lowest.get(file), lowest.get(target)));
    }
    if (lowest.get(file) !== index.get(file)) return;
    const group = stack.splice(stack.indexOf(file));
    if (group.length > 1 || imports.get(file)?.includes(file)) found.push(group.sort());
  };
  for (const file of imports.keys()) if (!index.has(file)) visit(file);
  return found;
}

/**
 * Imports that run against the order of rooms.
 *
 * @param imports  paths that each path imports
 * @param src      folder of the rooms; of the files beside them only entry points import anything, and nothing imports those
 * @param order    rooms, each of which may import those before it
 * @param entries  names of the entry points
 * @returns problems in words
 */
export function outOfOrder(imports, src, order, entries) {
  const roomOf = (path) => relative(src, path).split(/[\\/]/).slice(0, -1)[0];
  const problems = [];
  for (const [file, targets] of imports) {
    const room = roomOf(file);
    if (room === undefined) {
      if (!entries.includes(relative(src, file))) problems.push(`${file}: stands in no room; only ${entries.join(" and ")} do`);
      continue;
    }
    if (!order.includes(room)) problems.push(`${file}: the room ${room} has no place in the order of rooms`);
    for (const target of targets) {
      const other = roomOf(target);
      if (other === undefined || order.indexOf(other) > order.indexOf(room)) {
        problems.push(`${file}: ${room} may not import ${other ?? relative(src, target)}, which comes after it`);
      }
    }
  }
  return problems;
}
