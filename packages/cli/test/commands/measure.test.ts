import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { safetensorsBytes } from "@steepest/formats";
import { describe, expect, test } from "vitest";
import { pythonWith } from "../support/python.js";
import { steepest } from "../support/steepest.js";
import { folderWith, temporaryFolder, tiny } from "../support/study.js";

interface Measured {
  readonly file: { readonly format: string; readonly sha256: string };
  readonly definition?: { readonly sha256: string; readonly arm: string };
  readonly seed: number;
  readonly blocks: readonly { readonly block: string; readonly tensor: string }[];
  readonly scalars: Readonly<Record<string, number>>;
  readonly inNorms: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

const wave = (length: number): Float64Array => Float64Array.from({ length }, (_, i) => ((i * 7) % 11) / 8 - 0.6);
const trained = safetensorsBytes({
  metadata: {},
  tensors: { "0.weight": { shape: [6, 4], values: wave(24) }, "2.weight": { shape: [1, 6], values: wave(6) } },
});

/** A folder with tiny.json and w.safetensors. */
function folder(): string {
  const cwd = folderWith({ ...tiny, record: { ...tiny.record, probes: [...tiny.record.probes, "margin.lp(4)"] } });
  writeFileSync(join(cwd, "w.safetensors"), trained);
  return cwd;
}

const measured = async (cwd: string, ...args: string[]): Promise<Measured> => {
  const { code, stdout, stderr } = await steepest(["measure", ...args, "--json"], { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout) as Measured;
};

test("weights are measured with a definition, or with a network and data, to the same numbers", async () => {
  const cwd = folder();
  const byDefinition = await measured(cwd, "w.safetensors", "--definition", "tiny.json", "--norm", "lp(3)", "--seed", "1");
  expect(byDefinition.file).toMatchObject({ format: "safetensors", sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
  expect(byDefinition.definition).toMatchObject({ arm: "gradient", sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
  expect(byDefinition.blocks.map(({ block, tensor }) => [block, tensor])).toEqual([
    ["layer1", "0.weight"],
    ["layer2", "2.weight"],
  ]);
  expect(Object.keys(byDefinition.inNorms)).toEqual(expect.arrayContaining(["l1", "l2", "linf", "spectral", "lp(4)", "lp(3)"]));
  const network = ["--network", "mlp:4-6-1", "--dataset", JSON.stringify(tiny.dataset)];
  const byParts = await measured(cwd, "w.safetensors", ...network, "--seed", "1", "--norm", "lp(4)", "--norm", "lp(3)");
  expect(byParts.definition).toBeUndefined();
  expect([byParts.scalars, byParts.inNorms]).toEqual([byDefinition.scalars, byDefinition.inNorms]);
  const exponential = await measured(cwd, "w.safetensors", ...network, "--seed", "1", "--loss", "exponential");
  expect(exponential.scalars.minMargin).toBe(byParts.scalars.minMargin);
  expect(exponential.scalars.logRisk).not.toBe(byParts.scalars.logRisk);
  const { stdout } = await steepest(["measure", "w.safetensors", "--definition", "tiny.json"], { cwd, env: { COLUMNS: "140" } });
  expect(stdout).toMatch(/^block +array +shape\nlayer1 +0\.weight +6 x 4\n/);
  expect(stdout).toMatch(/\nnorm +margin +softMargin +norm +alignment /);
});

const data = JSON.stringify(tiny.dataset);
test.each<[string, readonly string[], RegExp]>([
  [
    "a missing file",
    ["none.npz", "--definition", "tiny.json"],
    /^error none\.npz: does not exist .*\nhint: give a safetensors or npz file/,
  ],
  ["another file", ["tiny.json", "--definition", "tiny.json"], /^error tiny\.json: is neither a safetensors file nor an archive of NumPy/],
  [
    "another network",
    ["w.safetensors", "--definition", "tiny.json", "--set", "network.hidden=[7]"],
    /"0\.weight" has the shape 6 x 4, the block layer1 is 7 x 4/,
  ],
  ["nothing that they are of", ["w.safetensors"], /^error --definition: is missing/],
  ["no data", ["w.safetensors", "--network", "mlp:4-6-1"], /^error --dataset: is missing/],
  ["both", ["w.safetensors", "--definition", "tiny.json", "--loss", "logistic"], /^error --loss: and --definition cannot both be given/],
  ["another text", ["w.safetensors", "--network", "mlp:4", "--dataset", data], /^error --network: must be mlp:INPUTS/],
  [
    "another number of scores",
    ["w.safetensors", "--network", "mlp:4-6-2", "--dataset", data],
    /from 4 inputs to 2 scores, the data from 4 to 1\nhint: one score decides between two classes, .*: of a network with two, take the second row of its last matrix less the first\n$/,
  ],
  [
    "another number of coordinates",
    ["w.safetensors", "--network", "mlp:5-6-1", "--dataset", data],
    /from 5 inputs to 1 scores, the data from 4 to 1\nhint: samples have 4 coordinates, with what "prepare" adds and leaves out\n$/,
  ],
  ["another arm", ["w.safetensors", "--definition", "tiny.json", "--arm", "sgn"], /^error arms: there is no arm "sgn"/],
])("%s is refused: exit code 2", async (_, args, message) => {
  const { code, stdout, stderr } = await steepest(["measure", ...args], { cwd: folder() });
  expect(stdout).toBe("");
  expect(stderr).toMatch(message);
  expect(stderr).toMatch(/^error /);
  expect(code).not.toBe(0);
});

const page = readFileSync(new URL("../../../../docs/weights.md", import.meta.url), "utf8");
const [recipe, wayBack] = [...page.matchAll(/```python\n([\s\S]*?)```/g)].map(([, text]) => text!) as [string, string];
const program = `${recipe}
import math, torch
torch.manual_seed(1)
points = [[float(cell) for cell in line.split(",")] for line in open("points.csv").read().split("\\n")[1:] if line]
x = torch.tensor([p[:2] for p in points], dtype=torch.float64)
y = torch.tensor([p[2] for p in points], dtype=torch.float64)
model = torch.nn.Sequential(torch.nn.Linear(2, 16, bias=False), torch.nn.ReLU(), torch.nn.Linear(16, 1, bias=False)).double()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for _ in range(2000):
    optimizer.zero_grad()
    risk = torch.nn.functional.softplus(-y * model(x)[:, 0]).sum()
    risk.backward()
    optimizer.step()
save_safetensors("model.safetensors", model.state_dict())
q = y * model(x)[:, 0].detach()
theta = torch.cat([w.detach().flatten() for w in model.parameters()])
norms = {"l1": theta.abs().sum(), "l2": theta.norm(), "linf": theta.abs().max(),
         "spectral": max(torch.linalg.matrix_norm(w.detach(), 2) for w in model.parameters())}
first, last = [w.detach().abs() for w in model.parameters()]
scale = (torch.relu(x.abs() @ first.T) @ last.T).max().item()
print(json.dumps({"scale": scale, "logRisk": math.log(torch.nn.functional.softplus(-q).sum().item()), "minMargin": q.min().item(),
                  "trainAccuracy": (q > 0).double().mean().item(),
                  "margins": {name: (q.min() / norm**2).item() for name, norm in norms.items()}}))
`;
const python = pythonWith("torch, numpy");

describe("a model of PyTorch, saved by the recipe of docs/weights.md", () => {
  test.skipIf(!python)(python ? "is measured as PyTorch computes it" : "SKIPPED: python3 with torch is not here", async () => {
    const cwd = temporaryFolder();
    const rows = Array.from({ length: 24 }, (_, i) => {
      const [a, b] = [((i * 37) % 24) / 12 - 1, ((i * 11) % 24) / 12 - 0.9];
      return `${a},${b},${0.7 * a + b > 0.05 ? 1 : -1}`;
    });
    writeFileSync(join(cwd, "points.csv"), `a,b,class\n${rows.join("\n")}\n`);
    const torch = JSON.parse(execFileSync(python!, ["-c", program], { cwd, encoding: "utf8" }));
    const dataset = JSON.stringify({ kind: "file", path: "points.csv", label: "class" });
    const { scalars, inNorms, blocks } = await measured(cwd, "model.safetensors", "--network", "mlp:2-16-1", "--dataset", dataset);
    expect(blocks.map(({ tensor }) => tensor)).toEqual(["0.weight", "2.weight"]);
    // scores are sums of at most 16 products, and so within 20 roundings of 1.2e-16 of what the network gives at |x| and |θ|; sums and norms of 48 terms add
    // as many again
    const near = (got: number, expected: number, scale: number): void => expect(Math.abs(got - expected)).toBeLessThan(1e-13 * scale);
    near(scalars.logRisk!, torch.logRisk, 1 + torch.scale);
    near(scalars.minMargin!, torch.minMargin, torch.scale);
    expect(torch.minMargin).toBeGreaterThan(0.01);
    expect(scalars.trainAccuracy).toBe(torch.trainAccuracy);
    for (const [norm, margin] of Object.entries<number>(torch.margins)) {
      near(inNorms[norm]!.margin!, margin, torch.scale * (margin / torch.minMargin));
    }
  });

  const arrays = {
    layer1: { shape: [2, 3], values: Float64Array.of(1, -2, 3, 1 / 3, 5, -6) },
    layer2: { shape: [1, 2], values: Float64Array.of(0.1, 8) },
  };
  test.skipIf(!python)(python ? "takes the weights of a run by the recipe back" : "SKIPPED: python3 with torch is not here", () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, "final.safetensors"), safetensorsBytes({ metadata: { step: "3" }, tensors: arrays }));
    const model = "torch.nn.Sequential(torch.nn.Linear(3, 2, bias=False), torch.nn.ReLU(), torch.nn.Linear(2, 1, bias=False))";
    const text = `import json, struct, torch\nmodel = ${model}\n${wayBack}\nprint(json.dumps([w.flatten().tolist() for w in model.parameters()]))`;
    const taken: unknown = JSON.parse(execFileSync(python!, ["-c", text], { cwd, encoding: "utf8" }));
    expect(taken).toEqual([[...arrays.layer1.values], [...arrays.layer2.values]]);
  });
});
