// The units of one layer or activation of a network, and the place after it.
import { total } from "./activations.mjs";
import { layerAt } from "./layers.mjs";
import { list, must } from "./rules.mjs";

/** The number of the value 1, which biases multiply. */
const one = 1;

/** The number of the first weight of a block, which is a new one unless layers share it by its name. */
function firstWeight(network, rows, columns, { frozen = false, weights: name }) {
  const shared = network.blocks.find((block) => name !== undefined && block.name === name);
  const block = shared ?? { name, rows, columns, frozen, first: network.nextWeight };
  must(block.rows === rows && block.columns === columns && block.frozen === frozen, `layers that share ${name} differ`);
  if (!shared) {
    network.blocks.push(block);
    network.nextWeight += rows * columns;
  }
  return block.first;
}

/** Adds the units of an entry to a network. Returns the place after them. */
export function after(network, place, entry) {
  const { bias = false, frozen = false, sum: branches = [[]] } = entry;
  const ends = branches.map((entries) => entries.reduce((at, next) => after(network, at, next), place));
  const { shape, reads, rule = total, rows = 0, isDiagonal = false } = layerAt(place, entry, ends);
  const [{ degree, inputDegree }] = ends;
  const isHomogeneous = ends.every((end) => end.degree === degree) && !(bias && degree > 0);
  must(isHomogeneous, `the network is not homogeneous after ${JSON.stringify(entry)}`);

  const columns = isDiagonal ? reads.length : reads[0].length;
  const matrix = rows > 0 ? firstWeight(network, rows, columns, entry) : 0;
  const biases = bias ? firstWeight(network, shape[0], 1, { frozen }) : 0;
  const layer = rule.kink && degree > 0 ? network.kinks.push(rule.kink) - 1 : undefined;
  const groups = list(Math.max(rows, 1), (row) => reads.map((values, at) => ({ row, values, at }))).flat();
  const units = groups.map(({ row, values, at }, u) => {
    const weights = values.map((_, j) => (rows > 0 ? matrix + row * columns + (isDiagonal ? at : j) : 0));
    const channel = Math.floor(u / (shape[1] * shape[2]));
    const added = bias ? { values: [...values, one], weights: [...weights, biases + channel] } : { values, weights };
    return { ...added, rule, layer, key: `${layer},${u}` };
  });
  for (const unit of units) network.units.push(unit);

  const most = (name) => rule.degree * Math.max(...ends.map((end) => end[name]));
  const isOfOneInputDegree = !bias && ends.every((end) => end.inputDegree === inputDegree);
  const values = units.map(() => network.nextValue++);
  return {
    shape,
    values,
    degree: rule.degree * degree + Number(rows > 0 && !frozen),
    inputDegree: isOfOneInputDegree ? rule.degree * inputDegree : Number.NaN,
    factors: most("factors") + Number(rows > 0),
    roundings: most("roundings") + units[0].values.length + 4,
  };
}
