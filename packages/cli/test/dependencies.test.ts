import { existsSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { subset } from "semver";
import { expect, test } from "vitest";

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly engines?: { readonly node?: string };
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const read = (path: string): Manifest => JSON.parse(readFileSync(path, "utf8")) as Manifest;

/** The manifest that Node would find from a folder; undefined for an optional dependency of another platform. */
function manifestOf(name: string, from: string): string | undefined {
  const path = join(from, "node_modules", name, "package.json");
  if (existsSync(path)) return realpathSync(path);
  const parent = dirname(from);
  return parent === from ? undefined : manifestOf(name, parent);
}

/** Every package that is installed with a package, by the path of its manifest, with the chain of dependencies that leads to it. */
function installedWith(manifest: string): Map<string, string> {
  const found = new Map<string, string>();
  const visit = (path: string, way: readonly string[]): void => {
    const { dependencies = {}, optionalDependencies = {} } = read(path);
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const inner = manifestOf(name, dirname(path));
      if (inner === undefined && name in optionalDependencies) continue;
      if (inner === undefined) throw new Error(`${[...way, name].join(" > ")} is not installed`);
      if (found.has(inner)) continue;
      found.set(inner, [...way, name].join(" > "));
      visit(inner, [...way, name]);
    }
  };
  visit(manifest, []);
  return found;
}

const packages = fileURLToPath(new URL("../../", import.meta.url));
const manifests = readdirSync(packages)
  .map((folder) => join(packages, folder, "package.json"))
  .filter((path) => existsSync(path) && read(path).private !== true);

test.each(manifests.map((path) => [read(path).name, path] as const))(
  "%s claims no Node that something it installs refuses",
  (_name, path) => {
    const claimed = read(path).engines!.node!;
    const installed = installedWith(path);
    const refusing = [...installed].flatMap(([manifest, way]) => {
      const { version, engines } = read(manifest);
      const node = engines?.node;
      return node === undefined || subset(claimed, node) ? [] : [`${way} ${version} wants ${node}`];
    });
    expect(refusing).toEqual([]);
  },
);

test("the walk finds what the command line installs, to the depths", () => {
  const ways = [...installedWith(join(packages, "cli", "package.json")).values()];
  expect(ways.length).toBeGreaterThan(60);
  for (const name of ["@steepest/core", "vega-lite", "signal-exit", "yargs", "fast-check"])
    expect(ways.some((way) => way.endsWith(name))).toBe(true);
});
