/** Numbers in [0, 1), the same for a seed. Source: Numerical Recipes, "quick and dirty" generators. */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  for (let i = 0; i < 8; i++) next();
  return next;
}
