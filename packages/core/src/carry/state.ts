import { refuse, requireObject } from "../check/require.js";
import { DefinitionError, DimensionError } from "../error/errors.js";
import type { Carrier, Plain } from "./carrier.js";

/** A state that was kept: plain values, and numbers, by names such as "optimizer.mean". Structured cloning keeps it. */
export interface KeptState {
  readonly values: Readonly<Record<string, Plain>>;
  readonly numbers: Readonly<Record<string, Float64Array>>;
}

const legalName = /^[a-zA-Z0-9-]+$/;

/** The place of a name below others. @throws DefinitionError  if it could be taken for another */
function placed(path: string, name: string): string {
  if (!legalName.test(name)) refuse("carrier", 'a name of letters, digits and "-"', name);
  return path === "" ? name : `${path}.${name}`;
}

/**
 * The state that `carry` names.
 *
 * @param carry  carries it
 * @returns copies
 * @throws DefinitionError  if a name is used twice, or is none
 */
export function keepState(carry: (carrier: Carrier) => void): KeptState {
  const values: Record<string, Plain> = {};
  const numbers: Record<string, Float64Array> = {};
  const free = (path: string, name: string): string => {
    const place = placed(path, name);
    if (!Object.hasOwn(values, place) && !Object.hasOwn(numbers, place)) return place;
    throw DefinitionError.at("carrier", `the name "${place}" is used twice`, { value: place, hint: "give every part of a state its own" });
  };
  const keeper = (path: string): Carrier =>
    carrierOf({
      value: (name, get) => {
        const now = get();
        const place = free(path, name);
        if (now !== undefined) values[place] = structuredClone(now);
      },
      numbers: (name, view) => {
        numbers[free(path, name)] = view.slice();
      },
      at: (name) => keeper(placed(path, name)),
    });
  carry(keeper(""));
  return { values, numbers };
}

/**
 * Puts a state back.
 *
 * @param path   its place, for messages
 * @param state  from `keepState`, of a thing made alike; not modified
 * @param carry  carries it
 * @throws DefinitionError  if it lacks something, or holds what is not asked for: it is the state of another thing
 * @throws DimensionError   if there are fewer or more numbers
 */
export function putBackState(path: string, state: KeptState, carry: (carrier: Carrier) => void): void {
  const { values, numbers } = requireObject(path, state);
  requireObject(`${path}.values`, values);
  requireObject(`${path}.numbers`, numbers);
  const asked = new Set<string>();
  const taker = (within: string): Carrier =>
    carrierOf({
      value: (name, get, set) => {
        const place = placed(within, name);
        asked.add(place);
        const kept = Object.hasOwn(values, place) ? values[place] : undefined;
        const now = get();
        if (now !== undefined && kindOf(kept) !== kindOf(now)) refuse(`${path}.values.${place}`, kindOf(now), kept, another);
        set(structuredClone(kept) as typeof now);
      },
      numbers: (name, view) => {
        const place = placed(within, name);
        asked.add(place);
        const kept = Object.hasOwn(numbers, place) ? numbers[place] : undefined;
        if (!(kept instanceof Float64Array)) return refuse(`${path}.numbers.${place}`, "a Float64Array", kept, another);
        if (kept.length !== view.length) {
          throw DimensionError.at(`${path}.numbers.${place}`, `holds ${kept.length} numbers, expected ${view.length}`, { hint: another });
        }
        view.set(kept);
      },
      at: (name) => taker(placed(within, name)),
    });
  carry(taker(""));
  const unknown = [...Object.keys(values), ...Object.keys(numbers)].find((place) => !asked.has(place));
  if (unknown !== undefined)
    throw DefinitionError.at(path, `holds "${unknown}", which nothing here has`, { value: unknown, hint: another });
}

/** A carrier with `values` in terms of `value`. */
function carrierOf(one: Omit<Carrier, "values">): Carrier {
  return {
    ...one,
    values: (holder) => {
      for (const name of Object.keys(holder)) {
        one.value(
          name,
          () => holder[name],
          (kept) => {
            holder[name] = kept;
          },
        );
      }
    },
  };
}

const another = "it is the state of another run: make the training from the options that the state was kept with";

const kindOf = (value: Plain): string => (value === null ? "null" : Array.isArray(value) ? "a list" : typeof value);
