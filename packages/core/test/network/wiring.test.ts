import { describe, expect, test } from "vitest";
import { dense, type LayerEntry, maxout } from "../../src/index.js";
import { layersOf, recordAll } from "../../src/layer/sequence.js";
import { wiringOf } from "../../src/network/wiring.js";
import { vectorOf } from "../../src/tape/featureShape.js";
import { Recorder } from "../../src/tape/recorder.js";

/** Slots of a list of layers on three columns, one per layer from 1 on, each with the slot in whose memory it stands. */
function memory(...entries: LayerEntry[]): [number, number][] {
  const recorder = new Recorder(vectorOf(3));
  return [...wiringOf(recorder.finish(recordAll("layers", layersOf("layers", entries), recorder, recorder.input))).values];
}

describe("memory of slots", () => {
  test("relu takes that of the product before it, which nothing reads again", () => {
    expect(memory(dense({ units: 4 }), "relu", dense({ units: 1 }))).toEqual([
      [1, 1],
      [2, 1],
      [3, 3],
    ]);
  });

  test("not where the input of the activation decides its derivative, or the layer before reads its output on the way back", () => {
    const own = [1, 2, 3, 4].map((slot) => [slot, slot]);
    expect(memory(dense({ units: 4 }), { leakyRelu: 0.5 }, "abs", dense({ units: 1 }))).toEqual(own);
    expect(memory(dense({ units: 4 }), maxout({ pieces: 2 }), "relu", dense({ units: 1 }))).toEqual(own);
  });

  test("not that of the samples, nor of a relu before", () => {
    expect(memory("relu", dense({ units: 1 })).slice(0, 1)).toEqual([[1, 1]]);
    expect(memory(dense({ units: 4 }), "relu", "relu", dense({ units: 1 }))).toEqual([
      [1, 1],
      [2, 1],
      [3, 3],
      [4, 4],
    ]);
  });
});
