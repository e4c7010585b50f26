// Members of registries, and the places where code asks which member it has: members declare, hosts derive.

/** The path of a file that is a registry of members. */
export const isRegistry = (path) => /^packages\/(core|experiments)\/src\/\w+\/(registry|members)\.ts$/.test(path.replaceAll("\\", "/"));

/**
 * The ids of a registry's members.
 *
 * @param {string} text  a registry: its object has a line for each member
 * @returns {string[]}
 */
export const membersOf = (text) => [...text.matchAll(/^ {2,4}(\w+)(?:: .*)?,$/gm)].map(([, id]) => id);

/**
 * The lines that ask for a member by its id: a comparison, a case, or a look into a list. The scale of an axis, "linear", is no member.
 *
 * @param {string} text
 * @param {ReadonlySet<string>} ids
 * @returns {{ line: number, id: string }[]}
 */
export function askedMembers(text, ids) {
  const asked = /(?:(\w+)\)? *[!=]==? *|case |(?:has|includes|indexOf)\()"(\w+)"|"(\w+)" *[!=]==?/g;
  const set = /new Set(?:<[^()]*>)?\(\[([^\]]*)/g;
  return text.split("\n").flatMap((code, at) => {
    const compared = [...code.matchAll(asked)].flatMap(([, left, right, first]) => (left === "scale" ? [] : [right ?? first]));
    const listed = [...code.matchAll(set)].flatMap(([, list]) => [...list.matchAll(/"(\w+)"/g)].map(([, id]) => id));
    return [...compared, ...listed].filter((id) => ids.has(id)).map((id) => ({ line: at + 1, id }));
  });
}
