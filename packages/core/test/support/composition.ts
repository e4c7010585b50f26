import {
  averagePool,
  branches,
  conv2d,
  dense,
  diagonal,
  flatten,
  globalPool,
  type LayerEntry,
  type LayersOptions,
  maxout,
  maxPool,
} from "../../src/index.js";

/** A random list of layers that fit each other, to depth 6, from a seeded generator; all homogeneous unless biases may stand everywhere. */
export function composition(seed: number, biasesEverywhere = false): { readonly options: LayersOptions; readonly text: string } {
  let state = seed * 2654435761 + 1;
  const draw = (count: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * count);
  };
  const depth = 1 + draw(6);
  const entries: LayerEntry[] = [];
  const texts: string[] = [];
  const add = (text: string, entry: LayerEntry): void => {
    entries.push(entry);
    texts.push(text);
  };
  const activation = (): LayerEntry =>
    (["relu", "identity", { leakyRelu: 0.3 }, "abs", { reluPower: 2 }, { reluPower: 1.5 }] as const)[draw(depth > 3 ? 4 : 6)]!;
  let side = 6;
  let channels = 1;
  let isImage = true;
  for (let l = 0; l < depth; l++) {
    const kind = isImage ? draw(10) : 4 + draw(6);
    const bias = (l === 0 || biasesEverywhere) && draw(2) === 1;
    const frozen = l > 0 && draw(5) === 0;
    if (kind <= 1 && side >= 3) {
      const [padding, stride] = [draw(2), 1 + draw(2)];
      channels = 2 + draw(2);
      add(`conv2d ${padding} ${stride} ${bias} ${frozen}`, conv2d({ channels, size: 3, padding, stride, bias, frozen }));
      side = Math.floor((side + 2 * padding - 3) / stride) + 1;
    } else if (kind === 2 && side >= 2) {
      add("maxPool", maxPool({ size: 2, stride: 1 }));
      side -= 1;
    } else if (kind === 3 && side >= 2) {
      add("averagePool", averagePool({ size: 2 }));
      side = Math.floor(side / 2);
    } else if (kind === 4) {
      add(`diagonal ${bias}`, diagonal({ bias }));
    } else if (kind === 5) {
      add(
        `branches ${bias}`,
        branches({
          sum: [
            [dense({ units: 4, bias }), "relu"],
            [dense({ units: 4, bias }), "identity"],
          ],
        }),
      );
      isImage = false;
    } else if (kind === 6) {
      add(`maxout ${bias}`, dense({ units: 6, bias }));
      add("", maxout({ pieces: 2 }));
      isImage = false;
    } else if (kind === 7) {
      add("shared", dense({ units: 5, bias }));
      for (let use = 0; use < 2; use++) {
        add("", "relu");
        add("", dense({ units: 5, weights: `shared${l}` }));
      }
      isImage = false;
    } else if (kind === 8 && isImage && channels > 1 && side > 1) {
      const of = (["average", "max"] as const)[draw(2)]!;
      add(`globalPool ${of}`, globalPool({ of }));
      isImage = false;
    } else if (kind === 9 && isImage) {
      add("flatten", flatten());
      isImage = false;
    } else {
      add(`dense ${bias} ${frozen}`, dense({ units: 3 + draw(3), bias, frozen }));
      isImage = false;
    }
    const act = activation();
    add(JSON.stringify(act), act);
  }
  add("dense", dense({ units: 1 + draw(3), bias: biasesEverywhere }));
  const options = { input: { channels: 1, height: 6, width: 6 }, layers: entries };
  return { options: biasesEverywhere ? { ...options, homogeneity: "measured" } : options, text: texts.filter(Boolean).join(", ") };
}
