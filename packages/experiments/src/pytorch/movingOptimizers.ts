import { type PythonSnippet as Snippet, pythonSnippet as snippet } from "@steepest/core";

/** Mirror descent. Optimisers here do more than add a multiple of their direction, so they have move(theta, direction, length) too. */
export const mirrorDescent: Snippet = snippet(`
class MirrorDescent:
    """theta <- to_primal(to_dual(theta) - eta grad R)."""

    def __init__(self, to_dual, to_primal):
        self.to_dual, self.to_primal = to_dual, to_primal

    def aim(self, ghat, log_risk, theta):
        return -ghat, log_risk

    def move(self, theta, direction, length):
        return self.to_primal(self.to_dual(theta) + length * direction)
`);

export const progressiveRescaling: Snippet = snippet(`
class ProgressiveRescaling:
    """
    Every period-th step multiplies the radius by growth and puts theta on the sphere; every other one is the optimiser's, then the projection
    onto the ball. From theta = 0 there is no ball until the first period is over.
    """

    def __init__(self, optimizer, norm, project, period, growth):
        self.optimizer, self.norm, self.project, self.period, self.growth = optimizer, norm, project, period, growth
        self.t, self.radius, self.rescaling = -1, 0.0, False

    def aim(self, ghat, log_risk, theta):
        self.t += 1
        due = self.t > 0 and self.t % self.period == 0
        if self.radius == 0 and (self.t == 0 or due):
            self.radius = self.norm.norm(theta)
        self.rescaling = due and self.radius > 0
        if self.rescaling:
            self.radius *= self.growth
        return self.optimizer.aim(ghat, log_risk, theta)

    def move(self, theta, direction, length):
        if self.rescaling:
            return self.radius / self.norm.norm(theta) * theta
        moved = theta + length * direction
        return self.project(moved, self.radius) if self.radius > 0 else moved
`);
