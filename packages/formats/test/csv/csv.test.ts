import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { csv } from "../../src/csv/csv.js";
import type { ReadOptions } from "../../src/table/format.js";
import { runs } from "../support/fuzz.js";
import { refused, utf8 } from "../support/refused.js";

const read = (text: string, options: ReadOptions = {}) => csv.read({ name: "a.csv", bytes: utf8(text) }, options);
const numbers = async (text: string, options: ReadOptions = {}): Promise<number[]> => {
  const table = await read(text, options);
  return [...(await table.numbers(table.inputs))];
};

describe("a table of text", () => {
  test("every finite table comes back bit for bit, whatever the separator, line ends, heading, quotes and empty lines", async () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0); // -0 + 0 = 0: text of -0 is "0"
    const table = fc
      .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 2, max: 6 }))
      .chain(([rows, width]) => fc.array(fc.array(number, { minLength: width, maxLength: width }), { minLength: rows, maxLength: rows }));
    const dress = fc.record({
      separator: fc.constantFrom(",", ";", "\t", " , ", " ", "   "),
      end: fc.constantFrom("\n", "\r\n", "\r"),
      heading: fc.boolean(),
      quoted: fc.boolean(),
      trailing: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(table, dress, async (rows, { separator, end, heading, quoted, trailing }) => {
        const cell = (value: number) => (quoted ? `"${value}"` : String(value));
        const first = heading ? [rows[0]!.map((_, k) => `x${k}`).join(separator)] : [];
        const text = [...first, ...rows.map((row) => row.map(cell).join(separator))].join(end) + (trailing ? end + end : "");
        expect(await numbers(text, { heading })).toEqual(rows.flat());
      }),
      runs(300),
    );
  });

  test("a heading is one without numbers, or the numbers of the columns, unless it is said", async () => {
    expect(await numbers("x,y\n1,2\n3,4")).toEqual([1, 2, 3, 4]);
    expect(await numbers("1,2\n3,4", { heading: true })).toEqual([3, 4]);
    expect(await numbers("0,1\n3,4")).toEqual([3, 4]);
    expect(await numbers("0,1\n3,1", { heading: false })).toEqual([0, 1, 3, 1]);
    expect((await refused(() => read("0,1\n3,1"))).message).toBe('a.csv: line 1: "0,1" may name the columns or be a sample');
  });

  test("texts are values of a column, numbers of another", async () => {
    const table = await read("x,who\n1,a\n2,b\n3,a");
    expect(table.kindOf(0)).toBe("numbers");
    expect([table.kindOf(1), await table.values(1)]).toEqual(["texts", ["a", "b", "a"]]);
    expect((await refused(() => table.numbers([1]))).message).toBe('a.csv: line 2, column 2 (who): "a" is not a finite number');
  });

  test("cells may hold separators, quotes and line breaks, and lines are counted as in an editor", async () => {
    const heading = '"x ""one"", in\ncm";"x;2";label\r\n';
    expect((await read(`${heading}0.5;2;-1\r\n3;4;1\r\n`)).nameOf(0)).toBe('x "one", in\ncm');
    const table = await read(`${heading}1;2;0\r\n\r\n3;oops;1`);
    expect((await refused(() => table.numbers([1]))).message).toBe('a.csv: line 5, column 2 (x;2): "oops" is not a finite number');
  });

  test.each([
    ["", "is empty"],
    [",,\n,,", "is empty"],
    ["a,b", "holds a heading and no sample"],
    ["1,2,0\n\n3,4", "line 3 has 2 columns, the first sample has 3"],
    ["1,2,0\r\n3,x,1", 'line 2, column 2: "x" is not a finite number'],
    ["1,2,0\n3,,1", 'line 2, column 2: "" is not a finite number'],
    ["1,2,0\n3,NaN,1", 'line 2, column 2: "NaN" is not a finite number'],
    ["1,2,0\n3,Infinity,1", 'line 2, column 2: "Infinity" is not a finite number'],
    ["1,2,0\n3,1e999,1", 'line 2, column 2: "1e999" is beyond the largest double, 1.8e308'],
    ["1,2,0\n3,1e-400,1", 'line 2, column 2: "1e-400" is nearer to 0 than the smallest double, 4.9e-324'],
    ["1,2,0\n9007199254740993,4,1", 'line 2, column 1: "9007199254740993" is a whole number beyond 2^53 that no double holds'],
    ["1,2,0\n3, -9007199254740995,1", 'line 2, column 2: "-9007199254740995" is a whole number beyond 2^53 that no double holds'],
    ["1,2,0\n3,0x10,1", 'line 2, column 2: "0x10" is not a finite number'],
    ["0,5;1,5;2,5\n1;2;0", 'line 1, column 1: "0,5" is not a finite number'],
    ['1,"2,0\n3,4,1', "line 1: a cell's quotes are not closed at its end"],
    ['1,2,0\n3,"4"5,1', "line 2: a cell's quotes are not closed at its end"],
    ["a,b,c,d,e\n1,2,0\n3,4,1", "the heading has 5 columns, the first sample has 3"],
    [`1,2,0\n3,4,${"1".repeat(400)}x`, `line 2, column 3: "${"1".repeat(40)}" is not a finite number`],
    [`${"0,".repeat(100_001)}1`, "line 1 has more than 100000 columns"],
  ])("%j is refused", async (text, message) => {
    expect((await refused(() => numbers(text))).message).toBe(`a.csv: ${message}`);
  });

  test.each([
    ["who,x\na,1\n,2", 'line 3, column 1 (who): "" is no value'],
    ["who,x\na,1\nNA,2", 'line 3, column 1 (who): "NA" is no value'],
    ["who,x\na,1\n3,2", 'line 3, column 1 (who): "3" is a number, the first row holds "a"'],
  ])("%j has no label in a row", async (text, message) => {
    expect((await refused(async () => (await read(text)).values(0))).message).toBe(`a.csv: ${message}`);
  });

  test("what is no text is refused", async () => {
    const bytes = Uint8Array.of(1, 0, 2);
    expect((await refused(() => csv.read({ name: "a.csv", bytes }, {}))).message).toBe("a.csv: is not text: byte 1 is 0");
    const wide = new Uint8Array(Buffer.from("1\0\0\0,\0\0\0"));
    expect((await refused(() => csv.read({ name: "a.csv", bytes: wide }, {}))).message).toBe("a.csv: is in UTF-32");
  });

  test("more numbers than may be are refused while they are read", async () => {
    expect((await refused(() => read("1,2\n3,4\n5,6\n", { mostBytes: 40 }))).message).toBe(
      "a.csv: more than 2 x 2 numbers take 48 bytes, at most 40 are read",
    );
  });
});

test("whole numbers that a double holds are read, however large, and those in other forms are rounded as decimals are", async () => {
  expect([...(await numbers("9007199254740992,-9007199254740994,123456789012345680000\n9007199254740993.0,1e17,0.1\n"))]).toEqual([
    2 ** 53,
    -9007199254740994,
    123456789012345680000,
    2 ** 53,
    1e17,
    0.1,
  ]);
});

describe("lines that end in a separator", () => {
  const namesOf = (table: Awaited<ReturnType<typeof read>>): string[] => table.inputs.map((column) => table.nameOf(column));

  test.each([
    ["in every line", "x,y,class,\n0.5,1,rock,\n-2,3,mine,\n"],
    ["in the samples alone, whose names pandas.read_csv shifts", "x,y,class\n0.5,1,rock,\n-2,3,mine,\n"],
    ["below the name that pandas gives it", "x,y,class,Unnamed: 3\n0.5,1,rock,\n-2,3,mine,\n"],
  ])("%s, have no column there, which is remarked", async (_, text) => {
    const table = await read(text);
    expect(namesOf(table)).toEqual(["x", "y", "class"]);
    expect([...(await table.numbers([0, 1]))]).toEqual([0.5, 1, -2, 3]);
    expect(await table.values(2)).toEqual(["rock", "mine"]);
    expect(table.remarks).toEqual(["Every line ends in a separator, behind which nothing stands: no column begins there."]);
  });

  test("without a heading, too", async () => {
    const table = await read("0.5\t1\t\n-2\t3\t\n");
    expect([table.columns, ...(await table.numbers([0, 1]))]).toEqual([2, 0.5, 1, -2, 3]);
  });

  test("a column that has a name, or a value, is one", async () => {
    expect((await read("x,note\n1,\n2,\n")).columns).toBe(2);
    expect((await read("1,\n2,3\n")).columns).toBe(2);
  });
});

test("a first line may say the separator, as spreadsheets write it", async () => {
  expect(await numbers("sep=;\r\nx;y\r\n0.5;1\r\n-2;3\r\n")).toEqual([0.5, 1, -2, 3]);
  expect(await numbers("sep=|\n1|2\n3|4\n")).toEqual([1, 2, 3, 4]);
  expect((await refused(async () => (await read("sep=;\nx;y\n1;2\n3;oops\n")).numbers([0, 1]))).message).toBe(
    'a.csv: line 4, column 2 (y): "oops" is not a finite number',
  );
});
