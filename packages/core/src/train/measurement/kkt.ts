import { complementarityBound } from "../../kkt/complementarityBound.js";
import { type KktResidual, kktResidual } from "../../kkt/kktResidual.js";
import { byNorm, hasTheory, type MeterContext, type MeterMember, type Moment, type Readings } from "./meter.js";

/**
 * The KKT conditions of max-margin with the multipliers of the trajectory, as `kktResidual` has them, in every tracked norm, and the theorem's bound of their
 * complementarity. NaN for networks that are not homogeneous and losses of targets, which have no such conditions.
 */
export const kkt: MeterMember = {
  bind: (context) => ({
    read: (moment) => {
      const found = residuals(context, moment);
      const reading = (name: keyof Omit<KktResidual, "norm">): Readings =>
        byNorm(context, `kkt.${name}`, (id) => found.get(id)?.[name] ?? Number.NaN);
      return {
        ...reading("stationarity"),
        ...reading("complementarity"),
        ...byNorm(context, "kkt.complementarityBound", (id) => boundIn(context, moment, id)),
        ...reading("tangentMarginRatio"),
      };
    },
  }),
};

function residuals(context: MeterContext, { full, margins, norm, dualNorm }: Moment): ReadonlyMap<string, KktResidual> {
  if (!hasTheory(context)) return new Map();
  const { kernels, network, store, tracked } = context;
  const theta = store.canonicalTheta();
  const ghat = store.canonicalGhat();
  const shared = {
    kernels,
    theta,
    ghat,
    degree: network.degree,
    sampleMargins: margins.values,
    marginExponent: margins.exponent,
    weightedMargins: full.weightedMargins(margins),
    weights: full.weights,
  };
  return new Map(
    [...tracked.keys()].map((id) => [id, kktResidual({ ...shared, norm: id, normOfTheta: norm[id]!, dualNormOfGhat: dualNorm(id) })]),
  );
}

function boundIn(context: MeterContext, { full, norm }: Moment, id: string): number {
  if (!hasTheory(context)) return Number.NaN;
  const { kernels, loss, network } = context;
  return complementarityBound({
    kernels,
    loss,
    degree: network.degree,
    logRisk: full.logRisk,
    constraints: full.sampleCount * full.marginsPerSample,
    normOfTheta: norm[id]!,
  });
}
