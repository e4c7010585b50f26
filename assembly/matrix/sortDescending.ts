/**
 * sortDescending: index ← the indices of keys in decreasing order of their keys, equal ones in increasing order of index.
 *
 * keys: f64[n], no NaN; index: i32[n]; scratch: i32[n]. Merge sort from runs of one.
 */
export function sortDescending(keys: usize, index: usize, n: i32, scratch: usize): void {
  for (let i = 0; i < n; ++i) store<i32>(index + ((<usize>i) << 2), i);
  let from = index;
  let to = scratch;
  for (let width = 1; width < n; width <<= 1) {
    for (let start = 0; start < n; start += width << 1) {
      merge(keys, from, to, start, min(start + width, n), min(start + (width << 1), n));
    }
    const done = from;
    from = to;
    to = done;
  }
  if (from != index) memory.copy(index, from, (<usize>n) << 2);
}

/** Runs [start, middle) and [middle, end) of `from` into one of `to`. */
function merge(keys: usize, from: usize, to: usize, start: i32, middle: i32, end: i32): void {
  let left = start;
  let right = middle;
  for (let out = start; out < end; ++out) {
    const takeLeft = left < middle && (right >= end || key(keys, from, left) >= key(keys, from, right));
    store<i32>(to + ((<usize>out) << 2), load<i32>(from + ((<usize>(takeLeft ? left++ : right++)) << 2)));
  }
}

function key(keys: usize, order: usize, i: i32): f64 {
  return load<f64>(keys + ((<usize>load<i32>(order + ((<usize>i) << 2))) << 3));
}
