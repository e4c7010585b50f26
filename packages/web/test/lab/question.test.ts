import { expect, test } from "vitest";
import { Question } from "../../src/lab/question.js";

test("an answer goes to its own question: not to a newer one, and to none that was dropped", async () => {
  const question = new Question<string>();
  const numbers: number[] = [];
  const first = question.ask((number) => numbers.push(number));
  const second = question.ask((number) => numbers.push(number));
  expect(await first).toBeUndefined();
  question.hear(numbers[0]!, "of the first");
  question.hear(numbers[1]!, "of the second");
  expect(await second).toBe("of the second");
  const third = question.ask((number) => numbers.push(number));
  question.drop();
  question.hear(numbers[2]!, "too late");
  expect(await third).toBeUndefined();
});
