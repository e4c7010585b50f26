import { type Column, hasGaps, type TableWriter } from "../write/column.js";
import { safetensorsBytes, type Tensor } from "./safetensors.js";

/**
 * A safetensors file with one tensor of F64 per column. Its metadata has the names of the columns in their order as JSON under "columns", and the texts of a column
 * as JSON under "texts.NAME", in which the tensor counts from 0. Where a column lacks values, they are NaN, and the tensor NAME.missing has a 1.
 */
export const safetensorsWriter: TableWriter = {
  id: "safetensors",
  title: "tensors (.safetensors)",
  extension: "safetensors",
  write: async (columns) => {
    const metadata: Record<string, string> = { columns: JSON.stringify(columns.map(({ name }) => name)) };
    const tensors: Record<string, Tensor> = {};
    const add = (name: string, values: Float64Array): void => {
      tensors[name] = { shape: [values.length], values };
    };
    for (const column of columns) {
      const { name, missing } = column;
      const { numbers, texts } = coded(column);
      if (texts) metadata[`texts.${name}`] = JSON.stringify(texts);
      add(name, numbers);
      if (hasGaps(column)) add(`${name}.missing`, Float64Array.from(missing!));
    }
    return safetensorsBytes({ metadata, tensors });
  },
};

/** Numbers as they are, texts as their places among those that occur. */
function coded({ values, missing }: Column): { readonly numbers: Float64Array; readonly texts?: readonly string[] } {
  const isMissing = (row: number): boolean => missing?.[row] === 1;
  if (values instanceof Float64Array) return { numbers: values.map((value, row) => (isMissing(row) ? Number.NaN : value)) };
  const places = new Map<string, number>();
  const numbers = Float64Array.from(values, (text, row) => {
    if (isMissing(row)) return Number.NaN;
    const place = places.get(text) ?? places.size;
    places.set(text, place);
    return place;
  });
  return { numbers, texts: [...places.keys()] };
}
