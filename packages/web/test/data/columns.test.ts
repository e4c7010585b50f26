import { describe, expect, test } from "vitest";
import { readText, refused } from "./refused.js";

const read = async (text: string) => {
  const { samples, remarks } = await readText(text);
  return { inputs: samples.inputs, labels: samples.labels, remarks: remarks.slice(2), label: remarks[1] };
};
const plane = [
  [0.5, 2],
  [3, 4],
  [5, 6],
];

describe("columns that number or name the rows are no coordinates", () => {
  // As pandas 1.5 to_csv() and R 4 write.csv and write.table write a frame of x1, x2, label.
  test.each([
    ["pandas", ",x1,x2,label\n0,0.5,2.0,-1\n1,3.0,4.0,1\n2,5.0,6.0,1\n"],
    ["pandas, rows shuffled", ",x1,x2,label\n17,0.5,2.0,-1\n3,3.0,4.0,1\n8,5.0,6.0,1\n"],
    ["pandas, read and written again", "Unnamed: 0,x1,x2,label\n0,0.5,2.0,-1\n1,3.0,4.0,1\n2,5.0,6.0,1\n"],
    ["pandas, columns without names", ",0,1,2\n0,0.5,2.0,-1\n1,3.0,4.0,1\n2,5.0,6.0,1\n"],
    ["pandas, only the label with a name", ",0,1,label\n0,0.5,2.0,-1\n1,3.0,4.0,1\n2,5.0,6.0,1\n"],
    ["pandas, tabs", "\tx1\tx2\tlabel\n0\t0.5\t2.0\t-1\n1\t3.0\t4.0\t1\n2\t5.0\t6.0\t1\n"],
    ["pandas, blanks", " x1 x2 label\n0 0.5 2.0 -1\n1 3.0 4.0 1\n2 5.0 6.0 1\n"],
    ["R's write.csv", '"","x1","x2","label"\n"1",0.5,2,-1\n"2",3,4,1\n"3",5,6,1\n'],
    ["R's write.csv, rows with names", '"","x1","x2","label"\n"Mazda RX4",0.5,2,-1\n"Datsun, 710",3,4,1\n"Say ""hi""",5,6,1\n'],
    ["R's write.csv2 with points", '"";"x1";"x2";"label"\n"1";0.5;2;-1\n"2";3;4;1\n"3";5;6;1\n'],
    ["R's write.table, whose heading leaves the row names out", '"x1" "x2" "label"\n"1" 0.5 2 -1\n"2" 3 4 1\n"3" 5 6 1\n'],
  ])("%s", async (_, text) => {
    expect(await read(text)).toEqual({
      inputs: plane,
      labels: [-1, 1, 1],
      label: expect.stringMatching(/^The label is the last column( \(label\)| \(2\))?: -1 is class −1, 1 is class \+1\.$/),
      remarks: ["The first column has no name: it numbers the rows and is no coordinate."],
    });
  });

  test("several of them too", async () => {
    expect((await read(",,x,label\na,0,1,0\na,1,3,1")).inputs).toEqual([[1], [3]]);
    expect((await read(",,x,label\na,0,1,0\na,1,3,1")).remarks).toEqual([
      "The first 2 columns have no names: they number the rows and are no coordinates.",
    ]);
  });

  test("a heading with a name too few leaves out the row names only if no two rows have the same", async () => {
    expect((await refused(() => readText("x,label\n1,2,0\n1,4,1"))).message).toBe("the heading has 2 columns, the first sample has 3");
    expect((await refused(() => readText("a,b,x,y,label\n1,2,0\n3,4,1"))).message).toBe(
      "the heading has 5 columns, the first sample has 3",
    );
  });

  test("a comma behind the heading is no column", async () => {
    expect((await read("x1,x2,label,\n0.5,2,-1\n3,4,1\n5,6,1")).inputs).toEqual(plane);
  });

  test.each(["class_label", "target_class", "True Label", "classLabel", "y_true", "class.name", "binary-target", "LABEL", "label_id"])(
    "a heading that says it in two words is respected: %s",
    async (name) => {
      const { inputs, labels, label } = await read(`${name},x1\n0,3\n1,4\n0,5`);
      expect({ inputs, labels }).toEqual({ inputs: [[3], [4], [5]], labels: [-1, 1, -1] });
      expect(label).toContain(`The label is column 1 (${name}): `);
    },
  );

  test.each(["class_size", "target_distance", "labelled", "id", "true", "xy", "y2", "y_name"])("%s is a coordinate", async (name) => {
    expect((await read(`${name},x1\n7,1\n8,0\n9,1`)).inputs).toEqual([[7], [8], [9]]);
  });

  test("a column that is called id is a coordinate, and the reader is told", async () => {
    const { inputs, remarks } = await read("id,x,label\n7,1,0\n9,2,1");
    expect(inputs).toEqual([
      [7, 1],
      [9, 2],
    ]);
    expect(remarks).toEqual(["Column 1 (id) is a coordinate: leave it out if it numbers the samples."]);
    expect((await read("id,x,label\n7,1,0\n7,2,1")).remarks).toEqual([]);
  });

  test("nothing else beside the label is refused", async () => {
    expect((await refused(() => readText(",label\n0,1\n1,2"))).message).toBe("the file has no column of coordinates beside the label");
  });
});

describe("comments", () => {
  test("are skipped wherever they stand, and counted", async () => {
    const { inputs, remarks } = await read("# made today\n#\nx1,x2,label\n0.5,2,-1\n  # between\n3,4,1\n5,6,1\n#end");
    expect(inputs).toEqual(plane);
    expect(remarks).toEqual(["4 lines with # are skipped."]);
    expect((await refused(() => readText("# one\n\n1,2,0\n#two\n3,x,1"))).message).toBe('line 5, column 2: "x" is not a finite number');
  });

  test("that name as many columns as there are, as numpy.savetxt writes them, are the heading", async () => {
    const { labels, inputs, label, remarks } = await read("# class x1 x2\n-1 0.5 2\n1 3 4\n1 5 6\n");
    expect({ labels, inputs }).toEqual({ labels: [-1, 1, 1], inputs: plane });
    expect(label).toBe("The label is column 1 (class): -1 is class −1, 1 is class +1.");
    expect(remarks).toEqual(["The comment before the samples names the columns: class, x1, x2."]);
    expect((await read("# a class of its own, I say\n0.5,2,-1\n3,4,1\n5,6,1")).inputs).toEqual(plane);
  });

  test("are not the error values of spreadsheets", async () => {
    expect((await refused(() => readText("1,2,0\n#DIV/0!,2,1"))).message).toBe('line 2, column 1: "#DIV/0!" is not a finite number');
  });
});

describe("labels that are texts", () => {
  // The shapes of the sonar and ionosphere files of UCI and of a column of Booleans; the numbers are made.
  test.each([
    ["sonar", "0.0200,0.0371,R\n0.0453,0.0523,R\n0.0491,0.0279,M\n", [1, 1, -1], "“M” is class −1, “R” is class +1"],
    ["ionosphere", "1,0,0.99539,-0.05889,g\n1,0,1,-0.18829,b\n1,0,0.98,0.1,g\n", [1, -1, 1], "“b” is class −1, “g” is class +1"],
    ["Python", "x,ok\n1,True\n2,False\n3,True\n", [1, -1, 1], "“False” is class −1, “True” is class +1"],
    ["R", '"x","ok"\n1,FALSE\n2,TRUE\n3,TRUE\n', [-1, 1, 1], "“FALSE” is class −1, “TRUE” is class +1"],
    ["signs", "1,+\n2,-\n3,+\n", [1, -1, 1], "“-” is class −1, “+” is class +1"],
    ["signs of typographers", "1,+\n2,−\n3,+\n", [1, -1, 1], "“−” is class −1, “+” is class +1"],
    ["quoted", '1,"no, never"\n2,"yes"\n3,"yes"\n', [-1, 1, 1], "“no, never” is class −1, “yes” is class +1"],
  ])("%s", async (_, text, labels, said) => {
    const found = await read(text);
    expect(found.labels).toEqual(labels);
    expect(found.label).toContain(said);
  });

  test("of three classes are refused with their names", async () => {
    expect(await refused(() => readText("1,a\n2,b\n3,c"))).toMatchObject({
      message: "the last column holds 3 different labels",
      hint: expect.stringMatching(/^two different labels, not “a”, “b”, “c”; /),
    });
  });

  test.each([
    ["1,R\n2,\n3,M", 'line 2, column 2: "" is no value'],
    ["1,R\n2,?\n3,M", 'line 2, column 2: "?" is no value'],
    ["1,R\n2,NA\n3,M", 'line 2, column 2: "NA" is no value'],
    ["1,R\n2,1\n3,M", 'line 2, column 2: "1" is a number, the first row holds "R"'],
    ["1,0\n2,R\n3,1", 'line 2, column 2: "R" is not a finite number'],
  ])("%j is refused", async (text, message) => {
    expect((await refused(() => readText(text))).message).toBe(message);
  });

  test("a first line of numbers and one text is a sample where that text occurs again, a heading where all labels are numbers, else refused", async () => {
    expect((await read("0,1,R\n3,4,M\n5,6,R")).labels).toEqual([1, -1, 1]);
    expect((await read("0.5,target\n0.7,background\n0.1,background")).labels).toEqual([1, -1, -1]);
    expect((await read("0,1,label\n0.5,2,-1\n3,4,1\n5,6,1")).inputs).toEqual(plane);
    expect((await read("2001,2002,kind\n0.5,2,-1\n3,4,1\n5,6,1")).inputs).toEqual(plane);
    expect((await refused(() => readText("0,1,R\n3,4,M\n5,6,M"))).message).toBe('line 1: "0,1,R" may name the columns or be a sample');
    expect((await refused(() => readText("7,8,class\n3,4,a\n5,6,a"))).message).toBe(
      'line 1: "7,8,class" may name the columns or be a sample',
    );
  });
});

describe("the label is the column", () => {
  test.each([
    ["label,x1,x2", "column 1 (label)"],
    ["x1,LABEL,x2", "column 2 (LABEL)"],
    ["x1,x2,label", "the last column (label)"],
    ["class,x1,x2", "column 1 (class)"],
    ["x1,Target,x2", "column 2 (Target)"],
    ["Diagnosis,x1,x2", "column 1 (Diagnosis)"],
    ["Outcome,x1,x2", "column 1 (Outcome)"],
    ["x1,response,x2", "column 2 (response)"],
    ["category,x1,x2", "column 1 (category)"],
    ["classes,x1,x2", "column 1 (classes)"],
    ["y,x1,x2", "column 1 (y)"],
    ["x1,Y,x2", "column 2 (Y)"],
    ["x,z,y", "the last column (y)"],
    ["y,label,x", "column 2 (label)"],
    ["a,b,c", "the last column (c)"],
  ])("that %s says", async (heading, place) => {
    const label = heading.split(",").findIndex((name) => place.includes(`(${name})`));
    const rows = plane.map((row, i) => row.toSpliced(label, 0, i === 0 ? -1 : 1).join(","));
    const found = await read([heading, ...rows].join("\n"));
    expect(found.label).toBe(`The label is ${place}: -1 is class −1, 1 is class +1.`);
    expect(found).toMatchObject({ inputs: plane, labels: [-1, 1, 1] });
  });

  test("whose name says so, beside row numbers and a bias", async () => {
    const { samples } = await readText(",diagnosis,x1,x2,bias\n0,M,0.5,2,0.5\n1,B,3,4,0.5\n2,B,5,6,0.5\n");
    expect(samples).toEqual({ kind: "points", inputs: plane, labels: [1, -1, -1], constant: 0.5 });
  });

  test.each([
    ["class,x,label", "column 1, class, and column 3, label, are both called the label"],
    ["label,x,label", "column 1, label, and column 3, label, are both called the label"],
    ["y,x,Y", "column 1, y, and column 3, Y, are both called the label"],
    ["x,y,color", "column 2, y, may be the label or the coordinate beside x"],
    ["y,x,color", "column 1, y, may be the label or the coordinate beside x"],
  ])("%s is refused", async (heading, message) => {
    expect((await refused(() => readText(`${heading}\n1,2,0\n3,4,1`))).message).toBe(message);
  });
});

test("cells may be quoted with separators, quotes and line breaks in them, and lines are counted as in an editor", async () => {
  const heading = '"x ""one"", in\ncm";"x;2";label\r\n';
  expect((await read(`${heading}0.5;2;-1\r\n3;4;1\r\n5;6;1\r\n`)).inputs).toEqual(plane);
  expect((await refused(() => readText(`${heading}1;2;0\r\n\r\n3;oops;1`))).message).toBe(
    'line 5, column 2 (x;2): "oops" is not a finite number',
  );
});

describe("a column of two texts, the only one of texts, is the label wherever it stands", () => {
  test.each([
    ["first", "diag,a,b\nM,1,2\nR,-1,-2\nM,3,4\n", "column 1 (diag): “M” is class −1, “R” is class +1."],
    [
      "first, of truth values",
      "is_spam,a,b\nTrue,1,2\nFalse,-1,-2\nTrue,3,4\n",
      "column 1 (is_spam): “False” is class −1, “True” is class +1.",
    ],
    ["in the middle", "a,kind,b\n1,M,2\n-1,R,-2\n3,M,4\n", "column 2 (kind): “M” is class −1, “R” is class +1."],
    ["without a heading", "g,1,2\nb,-1,-2\ng,3,4\n", "column 1: “b” is class −1, “g” is class +1."],
    ["behind row numbers", ",diag,a,b\n0,M,1,2\n1,R,-1,-2\n2,M,3,4\n", "column 2 (diag): “M” is class −1, “R” is class +1."],
  ])("%s", async (_, text, label) => {
    const table = await read(text);
    expect(table.inputs).toEqual([
      [1, 2],
      [-1, -2],
      [3, 4],
    ]);
    expect(table.label).toBe(`The label is ${label}`);
    expect(new Set(table.labels).size).toBe(2);
  });

  test("unless the last column may be it as well", async () => {
    const message = "column 1, sex, holds two texts and column 3, died, two numbers: either may be the label";
    expect((await refused(() => readText("sex,age,died\nM,30,0\nF,40,1\nF,50,0"))).message).toBe(message);
    expect((await read("sex,age,label\n0,30,0\n1,40,1\n1,50,0")).label).toContain("(label)");
  });

  test.each([
    ["diag,a,b\nM,1,2\nR,-1,-2\n", [2, -2]],
    ["is_spam,a,b\nTrue,1,2\nFalse,3,4\n", [2, 4]],
    ["kind,a,b\ng,1,0\nb,2,0.5\ng,3,0.5\n", [0, 0.5, 0.5]],
  ])("two numbers in the last column that no classes are written as are coordinates: %j", async (table, last) => {
    const { inputs, label } = await read(table);
    expect(inputs.map((sample) => sample[1])).toEqual(last);
    expect(label).toMatch(/^The label is column 1 /);
  });

  test.each(["0,1", "1,0", "1,2", "2,1", "-1,1", "+1,-1", "1.0,-1.0", "0,1e0"])("but %s may be classes", async (pair) => {
    const [one, other] = pair.split(",");
    expect((await refused(() => readText(`kind,a,b\ng,1,${one}\nb,2,${other}\n`))).message).toContain("either may be the label");
  });

  test("and a cell that is missing there is the fault, not the choice", async () => {
    expect((await refused(() => readText("kind,a,b\ng,1,\nb,2,1\n"))).message).toBe('line 2, column 3 (b): "" is not a finite number');
  });

  test("and of three texts, or of two such columns, none is", async () => {
    expect((await refused(() => readText("kind,a,b\nM,1,2\nR,3,4\nS,5,6"))).message).toBe(
      'line 2, column 1 (kind): "M" is not a finite number',
    );
    expect((await refused(() => readText("kind,sort,b\nM,g,2\nR,b,4\nM,b,6"))).message).toBe(
      'line 2, column 1 (kind): "M" is not a finite number',
    );
  });
});
