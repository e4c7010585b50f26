/** A complete definition that trains in seconds, to copy; what is left out has its default. */
export const exampleDefinition = `{
  "id": "my-circles",
  "dataset": { "kind": "circles", "trainSize": 60, "noise": 0.1, "constant": 1 },
  "network": { "kind": "mlp", "hidden": [32], "activation": "relu", "init": { "law": "uniformFanIn", "scale": 1 } },
  "loss": { "kind": "exponential", "reduction": "sum" },
  "arms": {
    "gradient": {
      "optimizer": { "kind": "steepest", "norm": "l2", "normalized": true },
      "step": { "rule": "marginPaced", "c": 0.25 }
    },
    "sign": {
      "optimizer": { "kind": "steepest", "norm": "linf", "normalized": true, "smoothing": "none" },
      "step": { "rule": "marginPaced", "c": 0.25 }
    }
  },
  "seeds": [0],
  "stop": { "steps": 100000, "logRiskBelow": -1000 },
  "record": { "probes": ["logRisk", "trainAccuracy", "margin.l2", "margin.linf"], "pointsPerDecade": 24 }
}`;
