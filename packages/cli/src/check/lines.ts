import { StringDecoder } from "node:string_decoder";

/** Cuts chunks into the lines that end with "\n" alone: JSON text may hold every other separator. What follows the last one is kept. */
export function lineReader(tell: (line: string) => void): (chunk: Buffer) => void {
  const decoder = new StringDecoder("utf8"); // a character may be cut in two
  let parts: string[] = []; // joined once per line, so that a line of many chunks takes linear time
  return (chunk) => {
    const pieces = decoder.write(chunk).split("\n");
    const last = pieces.pop()!;
    for (const piece of pieces) {
      tell([...parts, piece].join(""));
      parts = [];
    }
    if (last !== "") parts.push(last);
  };
}
