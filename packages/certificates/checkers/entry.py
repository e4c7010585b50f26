"""The rules of an entry: the intervals that it may state by what its multipliers and its direction prove."""
from proof import combination, direction_of, proven_by
from rules import around, is_number, moved_share, must, must_hold


def check_entry(entry, problem):
    """Rejects an entry that states what its multipliers and its direction do not prove, or less."""
    kinks, kappa, dual_norm = entry["kinks"], entry["kappa"], entry["dualNorm"]
    norm, theta, degree, q, size = problem.norm, problem.theta, problem.network.degree, problem.min_margin, problem.size
    must(is_number(kinks) and kinks < 1, f"kinks are within {kinks}")
    must(kinks >= problem.gamma, f"kinks are within {kinks}, at which rounding decides on which side a unit is")
    z, error, margin = combination(entry, problem)
    # ||z||_* and <z, theta>, and D* between what the direction proves and ||z||_*
    dual = around(norm.dual(z), norm.growth * norm.dual(error), len(theta))
    inner = around(z @ theta, error @ abs(theta), len(theta))
    proven = proven_by(direction_of(entry["direction"], z, problem), kinks, problem)
    moved = moved_share(q) + moved_share(dual)

    # dualNorm; None where nothing is stated of its lower end
    is_open = kappa[1] is None
    must((dual_norm[0] is None) == is_open, "one of kappa and dualNorm states an end that the other leaves out")
    is_theta = entry["direction"]["from"] == "theta" and len(entry["direction"]["entries"]) == 0
    proves_none = not proven > (moved + 1e-8) * dual[1]
    must(not is_open or (is_theta and proves_none), "the upper end of kappa is left out, which theta as the direction proves")
    low = dual[1] if is_open else proven
    must_hold("dualNorm", [float(dual[1]) if is_open else dual_norm[0], dual_norm[1]], [low, dual[1]], moved * dual[1])
    # kappa = L q_min / (||theta|| D*), fenchelYoungGap = 1 - cos^2 and slackness = sum of lambda q / q_min - 1, rounded outwards
    most = float(degree * q[1] / size[0] / low)
    must_hold("kappa", [kappa[0], most if is_open else kappa[1]], [degree * q[0] / size[1] / dual[1], most], moved * most)
    cosines = inner[1] / size[0] / dual[0], inner[0] / size[1] / dual[1]
    gap = [1 - min(max(cos, 0), 1) ** 2 for cos in cosines]
    must_hold("fenchelYoungGap", entry["fenchelYoungGap"], gap, moved + 1e-9)
    slack = [max(margin[0] / q[1] - 1, 0), margin[1] / q[0] - 1]
    must_hold("slackness", entry["slackness"], slack, moved * margin[1] / q[0] + 1e-9)
