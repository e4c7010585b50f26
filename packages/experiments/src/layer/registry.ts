import { averagePool } from "./averagePool.js";
import { conv2d } from "./conv2d.js";
import { dense } from "./dense.js";
import { diagonal } from "./diagonal.js";
import { flatten } from "./flatten.js";
import { globalPool } from "./globalPool.js";
import { maxout } from "./maxout.js";
import { maxPool } from "./maxPool.js";

/** Every layer that a definition can name, but sums of branches, which hold entries themselves. Adding one: its file and a line here. */
export const layerKinds = { dense, conv2d, maxPool, averagePool, globalPool, flatten, diagonal, maxout };
