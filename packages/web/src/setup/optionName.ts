const keyNames: Readonly<Record<string, string>> = {
  beta1: "β₁",
  beta2: "β₂",
  epsilon: "ε",
  epsilonPlacement: "place of ε",
  size: "step size η",
  c: "c",
  relativeSize: "relative size",
  sufficientDecrease: "sufficient decrease",
  rowScale: "scale of rows",
  normalized: "normalised",
  rule: "steps",
  optimizer: "optimiser",
  freezeBelow: "ends below log risk",
};
/** The name of an option of an optimiser or step rule on the page. */
export const optionName = (key: string): string => keyNames[key] ?? key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
