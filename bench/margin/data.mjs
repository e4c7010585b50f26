// Signed samples of several kinds, 1000 x 100 but where the name says otherwise; the same numbers in every run.

/** Uniform numbers in [0, 1), and sums of them that are nearly normal. */
function generator(seed) {
  let state = seed;
  const uniform = () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state / 2 ** 31;
  };
  return { uniform, normal: () => Array.from({ length: 12 }, uniform).reduce((a, b) => a + b, -6) };
}

const dot = (x, y) => x.reduce((sum, value, j) => sum + value * y[j], 0);

/** Samples of a linear teacher: `sample` draws one, `moved` moves it along the teacher, with its product with that of length 1. */
function ofTeacher({ count = 1000, size = 100, sample, moved = (x) => x }) {
  const { uniform, normal } = generator(1);
  const raw = Array.from({ length: size }, normal);
  const teacher = raw.map((value) => value / Math.hypot(...raw));
  const rows = [];
  while (rows.length < count) {
    const x = sample({ uniform, normal, size, rows });
    const product = dot(x, teacher);
    if (product === 0) continue;
    const signed = product < 0 ? x.map((value) => -value) : x;
    rows.push(moved(signed, teacher, Math.abs(product)));
  }
  return { values: Float64Array.from(rows.flat()), size };
}

const normals = ({ normal, size }) => Array.from({ length: size }, normal);
const along = (share) => (x, teacher) => x.map((value, j) => value + share * teacher[j]);

/** Kinds of data by name. */
export const kinds = {
  "gaussian, margin 1 added": () => ofTeacher({ sample: normals, moved: along(1) }),
  "gaussian, margin 0.1 added": () => ofTeacher({ sample: normals, moved: along(0.1) }),
  "gaussian, tight": () => ofTeacher({ sample: normals }),
  // the part along the teacher is a thousandth of what it was
  "gaussian, nearly inseparable": () => ofTeacher({ sample: normals, moved: (x, teacher, product) => along(-0.999 * product)(x, teacher) }),
  "two gaussians, far apart": () => ofTeacher({ sample: normals, moved: along(6) }),
  "half of the rows twice": () =>
    ofTeacher({ sample: ({ rows, uniform, ...rest }) => (rows.length > 500 ? rows[Math.floor(uniform() * 500)] : normals(rest)) }),
  "one entry in ten": () =>
    ofTeacher({ sample: ({ uniform, normal, size }) => Array.from({ length: size }, () => (uniform() < 0.1 ? normal() : 0)) }),
  "integers from -3 to 3": () =>
    ofTeacher({ sample: ({ uniform, size }) => Array.from({ length: size }, () => Math.floor(7 * uniform()) - 3) }),
  "100 x 1000": () => ofTeacher({ count: 100, size: 1000, sample: normals }),
};

/** Factors 10^u, u uniform in [-power, power], one per column. */
const factors = (power) => {
  const { uniform } = generator(2);
  return Array.from({ length: 100 }, () => 10 ** ((2 * uniform() - 1) * power));
};
const times = (columns) => (x) => x.map((value, j) => value * columns[j]);

/** Kinds of data by name whose columns or rows differ in size by many powers of ten, or whose margins are tiny. */
export const unevenKinds = {
  "columns of 1e-3 to 1e3": () => ofTeacher({ sample: normals, moved: times(factors(3)) }),
  "columns of 1e-5 to 1e5": () => ofTeacher({ sample: normals, moved: times(factors(5)) }),
  "rows of 1e-5 to 1e5": () => {
    const { uniform } = generator(3);
    return ofTeacher({ sample: normals, moved: (x) => times(new Array(100).fill(10 ** (10 * uniform() - 5)))(x) });
  },
  "products with the teacher of 1e-9": () => {
    const { uniform } = generator(4);
    return ofTeacher({ sample: normals, moved: (x, teacher, product) => along(1e-9 * (1 + uniform()) - product)(x, teacher) });
  },
};
