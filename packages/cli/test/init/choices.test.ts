import { networks, optimizerMenu, optimizerProposals } from "@steepest/experiments";
import { expect, test } from "vitest";
import { networkNamed, offeredNetworks, optimizersNamed, optimizerWords, proposedOptimizers } from "../../src/init/choices.js";
import { messagesOf } from "../support/messagesOf.js";

const { init } = networks.mlp.examples[0];

test.each([
  ["linear", { kind: "linear", init }],
  ["mlp:64", { kind: "mlp", hidden: [64], activation: "relu", init }],
  ["mlp:8-4:tanh", { kind: "mlp", hidden: [8, 4], activation: "tanh", init }],
  ['{"kind":"mlp","hidden":[2],"activation":"abs"}', { kind: "mlp", hidden: [2], activation: "abs", init }],
])("the network %s", (text, network) => expect(networkNamed(text)).toEqual(network));

test.each([
  ["mlp", '--network: must be linear, mlp:HIDDEN-HIDDEN-... (mlp:64) or JSON as in definitions, got "mlp"'],
  ["mlp:0", '--network: must be linear, mlp:HIDDEN-HIDDEN-... (mlp:64) or JSON as in definitions, got "mlp:0"'],
  ["mlp:784-128-1", "--network: names hidden layers alone, and the last of mlp:784-128-1 has a single unit"],
])("%s is refused", (text, message) => expect(messagesOf(() => networkNamed(text))).toEqual([message]));

test("every optimiser of the menu and every proposal has a word of its own, which can name an arm", () => {
  const known = [...optimizerMenu.keys()].map((id) => id.replace(" descent", ""));
  expect([...optimizerWords.keys()]).toEqual([...new Set([...known, ...optimizerProposals.keys()])]);
  expect(new Set(known).size).toBe(optimizerMenu.size);
  for (const word of optimizerWords.keys()) expect(word).toMatch(/^[A-Za-z]+\d?$/);
});

test("what is offered and proposed is known", () => {
  for (const { text } of offeredNetworks) expect(networkNamed(text)).toBeDefined();
  const task = { isRegression: false, isLinear: false, isOneScore: true };
  expect(proposedOptimizers(task)).toEqual(["momentum", "momentumL1", "signum", "muon"]);
  expect(proposedOptimizers({ ...task, isRegression: true })).toEqual(["gradient", "sign", "coordinate", "spectral"]);
  expect(proposedOptimizers({ ...task, isLinear: true })).toEqual(["gradient", "sign", "coordinate"]);
  expect(proposedOptimizers({ ...task, isLinear: true, isOneScore: false })).toEqual(["gradient", "sign", "coordinate", "spectral"]);
  expect(optimizersNamed(" sign,adam, sign")).toEqual(["sign", "adam"]);
  expect(messagesOf(() => optimizersNamed("sign,sgd"))).toEqual(['--optimizers: must be words with commas between them, got "sgd"']);
});
