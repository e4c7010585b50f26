import { ruled } from "./rule.js";
import type { z } from "./zod.js";

/** A list that holds no value twice; `what` is one with its article. */
export const distinct = <T extends z.ZodType>(list: T, what: string): T =>
  ruled(list, {
    json: { uniqueItems: true },
    problems: (entries) => {
      const values = Object.values(entries);
      return new Set(values).size === values.length ? [] : [{ path: [], message: `must not hold ${what} twice` }];
    },
  });
