import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { runs } from "../fuzz.js";
import { readText, refused } from "./refused.js";

const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0); // -0 + 0 = 0: text of -0 is "0"
const table = fc
  .tuple(fc.integer({ min: 2, max: 12 }), fc.integer({ min: 1, max: 6 }))
  .chain(([rows, inputs]) => fc.array(fc.array(number, { minLength: inputs, maxLength: inputs }), { minLength: rows, maxLength: rows }));
const labelled = (inputs: readonly (readonly number[])[]) => inputs.map((_, i) => (i === 0 ? -1 : 1));

const samplesIn = async (text: string) => (await readText(text)).samples;

describe("a table of text", () => {
  test("every finite table comes back bit for bit, whatever the separator, line ends, heading, quotes and empty lines", async () => {
    const dress = fc.record({
      separator: fc.constantFrom(",", ";", "\t", " , ", " ", "   "),
      end: fc.constantFrom("\n", "\r\n", "\r"),
      heading: fc.boolean(),
      quoted: fc.boolean(),
      trailing: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(table, dress, async (inputs, { separator, end, heading, quoted, trailing }) => {
        const labels = labelled(inputs);
        const cell = (value: number) => (quoted ? `"${value}"` : String(value));
        const lines = inputs.map((row, i) => [...row, labels[i]!].map(cell).join(separator));
        const first = heading ? [[...inputs[0]!.keys(), ""].map((k) => `x${k}`).join(separator)] : [];
        const text = [...first, ...lines].join(end) + (trailing ? end + end : "");
        expect(await samplesIn(text)).toStrictEqual({ kind: "points", inputs, labels, constant: 1 });
      }),
      runs(300),
    );
  });

  test("the smaller label becomes -1", async () => {
    expect((await samplesIn("1,2,7\n3,4,3")).labels).toEqual([1, -1]);
    expect((await samplesIn("1,2,-1\n3,4,1")).labels).toEqual([-1, 1]);
    expect((await samplesIn("1,2,0\n3,4,1")).labels).toEqual([-1, 1]);
  });

  test("the separator is a tab where the first line has one, else a semicolon, else a comma, else blanks", async () => {
    expect((await refused(() => readText("1,2;3\t0\n3\t1"))).message).toBe('line 1, column 1: "1,2;3" is not a finite number');
    expect((await refused(() => readText("1,2;0\n3;1"))).message).toBe('line 1, column 1: "1,2" is not a finite number');
    expect((await refused(() => readText("1 2,0\n3,1"))).message).toBe('line 1, column 1: "1 2" is not a finite number');
    expect((await samplesIn("a;b,c\tlabel\n1\t0\n2\t1")).inputs).toEqual([[1], [2]]);
    expect((await samplesIn("a,b;label\n1;0\n2;1")).inputs).toEqual([[1], [2]]);
  });

  test("a table as numpy.savetxt writes it, its header too, is read", async () => {
    const text = "# x y label\n1.500000000000000000e+00 -2.000000000000000000e+00 0.000000000000000000e+00\n 3 4 1 \n";
    expect(await samplesIn(text)).toEqual({
      kind: "points",
      inputs: [
        [1.5, -2],
        [3, 4],
      ],
      labels: [-1, 1],
      constant: 1,
    });
  });

  test("numbers of columns, as pandas writes them, are a heading unless they may be a sample", async () => {
    const read = [
      [1, 2],
      [3, 4],
    ];
    expect((await samplesIn("0,1,2\n1,2,0\n3,4,1")).inputs).toEqual(read);
    expect((await samplesIn("0,1\n1,-1\n3,0")).inputs).toEqual([[1], [3]]);
    expect((await samplesIn("1,2,0\n0,1,2")).labels).toEqual([-1, 1]);
    expect(await refused(() => readText("0,1\n0.5,0\n0.7,1"))).toEqual({
      message: 'line 1: "0,1" may name the columns or be a sample',
      hint: "names in the heading, as in x,y,label, or another sample first",
    });
  });

  test("a number of very many digits is refused as soon as it is read", async () => {
    const digits = "1".repeat(2_000_000); // a pattern that tries every way to divide them would take an hour
    expect((await refused(() => readText(`1,2,0\n${digits}x,4,1`))).message).toBe(
      `line 2, column 1: "${"1".repeat(40)}" is not a finite number`,
    );
  });

  test("a heading is a first line without any number", async () => {
    expect((await samplesIn("x,y,label\n1,2,0\n3,4,1")).inputs).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect((await refused(() => readText("x,1,label\n1,2,0\n3,4,1"))).message).toBe('line 1, column 1: "x" is not a finite number');
  });

  test("a column called bias is the constant coordinate of every sample", async () => {
    expect(await samplesIn("x,bias,label\n1,0.5,0\n3,0.5,1")).toMatchObject({ inputs: [[1], [3]], constant: 0.5 });
    expect((await samplesIn("x,bias,label\n1,0,0\n3,0,1")).constant).toBe(0);
    expect((await refused(() => readText("x,bias,label\n1,1,0\n3,2,1"))).message).toBe("line 3 has another bias than the first sample");
    expect((await refused(() => readText("x,bias,label\n1,-1,0\n3,-1,1"))).message).toBe("the bias is -1");
  });

  test("of one label is told that two are needed", async () => {
    expect((await refused(() => readText("1,2,0\n3,4,0"))).hint).toMatch(/^two different labels, not 0; one sample per row/);
  });

  test.each([
    ["", "is empty"],
    ["\n \r\n\n", "is empty"],
    [",,\n,,", "is empty"],
    ["a,b", "holds a heading and no sample"],
    ["a,b\n1,0", "the file has 1 sample, at least 2 are needed"],
    ["1\n2", "the file has no column of coordinates beside the label"],
    ["1,2,0\n\n3,4", "line 3 has 2 columns, the first sample has 3"],
    ["1,2,0\r\n3,x,1", 'line 2, column 2: "x" is not a finite number'],
    ["1,2,0\n3,,1", 'line 2, column 2: "" is not a finite number'],
    ["nan,nan,nan\n1,2,0\n3,4,1", 'line 1, column 1: "nan" is not a finite number'],
    ["NA,NA,?\n1,2,0\n3,4,1", 'line 1, column 1: "NA" is not a finite number'],
    ["#N/A,null,-inf\n1,2,0\n3,4,1", 'line 1, column 1: "#N/A" is not a finite number'],
    ["0,5;1,5;2,5\n1;2;0\n3;4;1", 'line 1, column 1: "0,5" is not a finite number'],
    ["1,2,0\r3,4,1\n\n\r\n5,,1", 'line 5, column 2: "" is not a finite number'],
    ["1,2,0\n3,NaN,1", 'line 2, column 2: "NaN" is not a finite number'],
    ["1,2,0\n3,Infinity,1", 'line 2, column 2: "Infinity" is not a finite number'],
    ["1,2,0\n3,1e999,1", 'line 2, column 2: "1e999" is beyond the largest double, 1.8e308'],
    ["1,2,0\n3,1e-400,1", 'line 2, column 2: "1e-400" is nearer to 0 than the smallest double, 4.9e-324'],
    ["1,2,0\n3,4,1e-400", 'line 2, column 3: "1e-400" is nearer to 0 than the smallest double, 4.9e-324'],
    ["1e-400,1e-400,R\n3,4,M", 'line 1, column 1: "1e-400" is nearer to 0 than the smallest double, 4.9e-324'],
    ["1,2,0\n3,0x10,1", 'line 2, column 2: "0x10" is not a finite number'],
    ["1,2,0,\n3,4,1,5", 'line 1, column 4: "" is not a finite number'],
    ["0,5;1,5;R\n1;2;M", 'line 1, column 1: "0,5" is not a finite number'],
    ["nan,nan,R\n1,2,M", 'line 1, column 1: "nan" is not a finite number'],
    [",,R\n1,2,M", 'line 1, column 1: "" is not a finite number'],
    ['1,"2,0\n3,4,1', "line 1: a cell's quotes are not closed at its end"],
    ['1,2,0\n3,"4"5,1', "line 2: a cell's quotes are not closed at its end"],
    ["1,2,0\n3,4,0", "the last column holds 1 different label"],
    ["1,2,0\n3,4,1\n5,6,2", "the last column holds 3 different labels"],
  ])("%j is refused", async (text, message) => {
    expect((await refused(() => readText(text))).message).toBe(message);
  });

  test("a decimal comma is named, and never read as two columns", async () => {
    const { message, hint } = await refused(() => readText("0,5;1;0\n0,25;2;1"));
    expect(message).toBe('line 1, column 1: "0,5" is not a finite number');
    expect(hint).toContain("0.5");
  });

  test("5000 samples are read, one more is refused", async () => {
    const text = (count: number) => Array.from({ length: count }, (_, i) => `${i},${i % 2}`).join("\n");
    expect((await samplesIn(text(5000))).inputs).toHaveLength(5000);
    expect(await refused(() => readText(text(5001)))).toEqual({
      message: "the file has more than 5000 samples",
      hint: "at most 5000 of them; the command line takes more: steepest run",
    });
  });

  test("10000 columns are read, one more is refused", async () => {
    const text = (columns: number) => [0, 1].map((label) => `${"0,".repeat(columns - 1)}${label}`).join("\n");
    expect((await samplesIn(text(10_000))).inputs[0]).toHaveLength(9999);
    expect((await refused(() => readText(text(10_001)))).message).toBe("the file has more than 10000 columns");
  });
});
