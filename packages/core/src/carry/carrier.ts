/** Data without functions and classes; a member that is undefined is no member. */
export type Plain = number | string | boolean | null | undefined | readonly Plain[] | { readonly [key: string]: Plain };

/**
 * A carrier of the state of a run: one pass over everything that a step leaves behind for later ones. Whoever holds such a thing names it once, and the same
 * lines keep it and put it back, so that the two cannot drift apart:
 *
 *   const own = { step: 0, radius: 1 };
 *   carry: (carrier) => {
 *     carrier.values(own);
 *     carrier.numbers("mean", mean.view);
 *     inner.carry(carrier.at("inner"));
 *   }
 *
 * Values that follow from θ, the data, the seed or the number of steps are computed again, not carried.
 */
export interface Carrier {
  /**
   * Carries a plain value.
   *
   * @param name  its name, used once per carrier: letters, digits and "-"
   * @param get   gives the value that is kept
   * @param set   takes the value that was kept
   */
  value<T extends Plain>(name: string, get: () => T, set: (kept: T) => void): void;
  /**
   * Carries the members of an object, each a plain value under its own name.
   *
   * @param holder  read, or its members overwritten with what was kept; the same members then as now
   */
  values(holder: { [name: string]: Plain }): void;
  /**
   * Carries numbers.
   *
   * @param name  as of `value`
   * @param view  read, or overwritten with numbers that were kept; as long then as now
   */
  numbers(name: string, view: Float64Array): void;
  /**
   * The carrier of a part, whose names are its own.
   *
   * @param name  as of `value`
   * @returns a carrier
   */
  at(name: string): Carrier;
}

/** A thing with a state that can be kept and put back. */
export interface Carrying {
  /**
   * Carries all that a step leaves behind for later ones, between two steps. Nothing to carry is `() => {}`; without the member a run can be neither kept nor
   * gone on with.
   *
   * @param carrier  keeps the state, or puts it back
   */
  carry?(carrier: Carrier): void;
}

/** A function with a state. */
export type CarryingFunction<F> = F & Required<Carrying>;

/** The function `call` whose state `carry` carries. */
export function carrying<F extends (...args: never[]) => unknown>(call: F, carry: (carrier: Carrier) => void): CarryingFunction<F> {
  return Object.assign(call, { carry });
}

/** The function `call`, whose state is that of `inner`, if it has one. */
export function carryingAs<F extends (...args: never[]) => unknown>(inner: Carrying, call: F): F & Carrying {
  return inner.carry ? carrying(call, (carrier) => inner.carry?.(carrier)) : call;
}

/** The member `carry` of a thing that wraps another, with a state of its own beside the inner one; none where the inner thing has none. */
export function carriedBeside(inner: Carrying, own: (carrier: Carrier) => void): Carrying {
  if (!inner.carry) return {};
  return {
    carry: (carrier) => {
      own(carrier);
      inner.carry?.(carrier.at("inner"));
    },
  };
}
