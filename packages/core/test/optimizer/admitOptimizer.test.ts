import { expect, test } from "vitest";
import { byLayer, norms, type Optimizer, optimizers, steepestDescent } from "../../src/index.js";
import { admitOptimizer } from "../../src/internal.js";
import { hosts } from "../support/hosts.js";

const shape = {
  length: 8,
  blocks: [
    { offset: 0, rows: 3, columns: 2 },
    { offset: 6, rows: 1, columns: 2 },
  ],
};
const examples = Object.values(optimizers).flatMap(({ examples }) => Object.entries<Optimizer>(examples(0)));

test.each(examples)("%s is admitted: it is repeatable, says all that it remembers, and works in any unit", (_name, optimizer) => {
  for (const { kernels } of hosts) admitOptimizer(optimizer, shape, kernels);
});

test("an optimiser that does not say what it remembers is refused by its name", () => {
  const descent = steepestDescent({ norm: norms.l2, normalized: true });
  const silent: Optimizer = {
    ...descent,
    id: "silent",
    bind: (context) => {
      const { carry: _, ...bound } = descent.bind(context);
      return bound;
    },
  };
  expect(() => admitOptimizer(silent, shape, hosts[0]!.kernels)).toThrow("silent: has no carry, so nothing says what it remembers");
  expect(() =>
    admitOptimizer(
      byLayer("own", () => ({ optimizer: descent, scale: 1 }), "none"),
      shape,
      hosts[0]!.kernels,
    ),
  ).not.toThrow();
});
