// The rules of an entry: the intervals that it may state by what its multipliers and its direction prove.
import { combination, directionOf, provenBy } from "./proof.mjs";
import { absolute, around, dot, movedShare, must, mustHold } from "./rules.mjs";

/** Rejects an entry that states what its multipliers and its direction do not prove, or less. */
export function checkEntry(entry, problem) {
  const { kinks, kappa, dualNorm, fenchelYoungGap, slackness, direction } = entry;
  const { norm, theta, gamma, degree, minMargin: q, size } = problem;
  must(Number.isFinite(kinks) && kinks < 1, `kinks are within ${kinks}`);
  must(kinks >= gamma, `kinks are within ${kinks}, at which rounding decides on which side a unit is`);
  const { z, error, margin } = combination(entry, problem);
  // ||z||_* and <z, theta>, and D* between what the direction proves and ||z||_*
  const dual = around(norm.dual(z), norm.growth * norm.dual(error), theta.length);
  const inner = around(dot(z, theta), dot(error, absolute(theta)), theta.length);
  const proven = provenBy(directionOf(direction, z, problem), kinks, problem);
  const moved = movedShare(q) + movedShare(dual);

  // dualNorm; null where nothing is stated of its lower end
  const isOpen = kappa[1] === null;
  must((dualNorm[0] === null) === isOpen, "one of kappa and dualNorm states an end that the other leaves out");
  const isTheta = direction.from === "theta" && direction.entries.length === 0;
  const provesNone = !(proven > (moved + 1e-8) * dual[1]);
  must(!isOpen || (isTheta && provesNone), "the upper end of kappa is left out, which theta as the direction proves");
  const low = isOpen ? dual[1] : proven;
  mustHold("dualNorm", [isOpen ? dual[1] : dualNorm[0], dualNorm[1]], [low, dual[1]], moved * dual[1]);
  // kappa = L q_min / (||theta|| D*), fenchelYoungGap = 1 - cos^2 and slackness = sum of lambda q / q_min - 1, rounded outwards
  const most = (degree * q[1]) / size[0] / low;
  mustHold("kappa", [kappa[0], isOpen ? most : kappa[1]], [(degree * q[0]) / size[1] / dual[1], most], moved * most);
  const cosines = [inner[1] / size[0] / dual[0], inner[0] / size[1] / dual[1]];
  const gap = cosines.map((cos) => 1 - Math.min(Math.max(cos, 0), 1) ** 2);
  mustHold("fenchelYoungGap", fenchelYoungGap, gap, moved + 1e-9);
  const slack = [Math.max(margin[0] / q[1] - 1, 0), margin[1] / q[0] - 1];
  mustHold("slackness", slackness, slack, (moved * margin[1]) / q[0] + 1e-9);
}
