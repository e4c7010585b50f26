// Tests stand as their sources do: that of src/room/file.ts is test/room/file.test.ts; one of several files stands in the room of one of them, or in the
// nearest that holds them all.
import { basename, dirname, join, relative } from "node:path";

const nameOf = (path) => basename(path).split(".")[0];
const isInside = (path, folder) => path.startsWith(join(folder, "/"));

/** The innermost folder that holds all of these files. */
function commonFolder(files) {
  let folder = dirname(files[0]);
  while (!files.every((file) => isInside(file, folder))) folder = dirname(folder);
  return folder;
}

/**
 * Tests of a package that stand elsewhere than their sources.
 *
 * @param imports  paths that each file of src and test imports
 * @param home     folder of the package
 * @param entries  names of the entry points, which belong to no room
 * @param whole    rooms of test without a counterpart, whose tests are about the package as a whole
 * @returns problems in words
 */
export function misplacedTests(imports, home, entries = [], whole = []) {
  const [src, test] = [join(home, "src"), join(home, "test")];
  const sources = [...imports.keys()].filter((path) => isInside(path, src));
  const reached = (file, seen = new Set()) => {
    for (const target of imports.get(file) ?? []) {
      if (seen.has(target)) continue;
      seen.add(target);
      if (isInside(target, test)) reached(target, seen);
    }
    return seen;
  };
  const mirrored = (folder) => join(test, relative(src, folder));
  const misplaced = (path) => {
    const room = relative(test, dirname(path));
    if (whole.includes(room)) return undefined;
    const folder = join(src, room);
    if (room !== "" && !sources.some((source) => isInside(source, folder))) return `src has no room ${room}`;
    const namesakes = sources.filter((source) => nameOf(source) === nameOf(path));
    if (namesakes.some((source) => dirname(source) === folder)) return undefined;
    if (namesakes.length > 0) return `the test of ${namesakes[0]} stands in ${mirrored(dirname(namesakes[0]))}`;
    const used = [...reached(path)].filter((file) => isInside(file, src) && !entries.includes(relative(src, file)));
    if (used.length === 0) return undefined;
    const common = commonFolder(used);
    if (isInside(common, folder)) return `a test of files in ${common} alone stands in ${mirrored(common)}`;
    return used.some((file) => isInside(file, folder)) ? undefined : `a test that uses nothing of ${folder} stands in ${mirrored(common)}`;
  };
  return [...imports.keys()].flatMap((path) => {
    const problem = isInside(path, test) && /\.test\.tsx?$/.test(path) ? misplaced(path) : undefined;
    return problem === undefined ? [] : [`${path}: ${problem}`];
  });
}
