import { optimizerLaws, registerLaws } from "@steepest/laws";
import { describe, expect, test } from "vitest";
import { optimizerIdentities } from "../../src/index.js";
import { hosts } from "../support/hosts.js";
import { identitySubject } from "../support/optimizerSubject.js";
import { lawOptions } from "../support/profile.js";

describe.each(hosts)("identities on the $host", ({ kernels }) => {
  const notAsked: Record<string, readonly string[]> = {};
  describe.each(Object.entries(optimizerIdentities))("%s", (name, identity) => {
    notAsked[name] = registerLaws(test, optimizerLaws, identitySubject(identity, kernels), lawOptions);
  });

  test("every law is asked, except for the same bits of those that do not say so", () => {
    const expected = Object.entries(optimizerIdentities).map(([name, { sameBits }]) => [name, sameBits ? [] : ["identity-same-bits"]]);
    expect(notAsked).toEqual(Object.fromEntries(expected));
  });
});
