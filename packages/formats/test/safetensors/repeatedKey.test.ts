import { expect, test } from "vitest";
import { repeatedKey } from "../../src/safetensors/repeatedKey.js";

test.each<[string, string | undefined]>([
  ["{}", undefined],
  ['{"a":1,"b":{"a":2,"b":["a","a",{"a":1}]},"c":"a"}', undefined],
  ['{"a":1,"b":2,"a":3}', "a"],
  ['{"b":{"a":1 , "a"\n\t: 2}}', "a"],
  ['{"a":1,"\\u0061":2}', "a"],
  [String.raw`{"a\"":1,"a\\":2,"a":"\\\"a\":","b":"\\"}`, undefined],
  [String.raw`{"\"":1,"\u0022":2}`, '"'],
  ['{"":1,"":2}', ""],
])("%s", (json, key) => {
  JSON.parse(json);
  expect(repeatedKey(json)).toBe(key);
});
