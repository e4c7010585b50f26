/** Sizes of a convolution, at the start of its scratch space; `place` fills them in. Planes are explained in `planes.ts`. */
@unmanaged
export class Conv2dShape {
  channels: i32 = 0;
  height: i32 = 0;
  width: i32 = 0;
  filters: i32 = 0;
  size: i32 = 0;
  stride: i32 = 0;
  padding: i32 = 0;
  /** Rows and columns of outputs. */
  rows: i32 = 0;
  columns: i32 = 0;
  planeRows: i32 = 0;
  planeColumns: i32 = 0;
  /** Bytes from one plane of x to the next. */
  planeBytes: i32 = 0;

  /** Bytes that the sizes take, a whole cache line. */
  @inline static get bytes(): usize {
    return 64;
  }

  static place(scratch: usize, channels: i32, height: i32, width: i32, filters: i32, size: i32, stride: i32, padding: i32): Conv2dShape {
    const shape = changetype<Conv2dShape>(scratch);
    shape.channels = channels;
    shape.height = height;
    shape.width = width;
    shape.filters = filters;
    shape.size = size;
    shape.stride = stride;
    shape.padding = padding;
    shape.rows = outputExtent(height, size, stride, padding);
    shape.columns = outputExtent(width, size, stride, padding);
    shape.planeRows = 0;
    shape.planeColumns = 0;
    shape.planeBytes = 0;
    return shape;
  }
}

function outputExtent(extent: i32, size: i32, stride: i32, padding: i32): i32 {
  const room = extent + 2 * padding - size;
  return room < 0 ? 0 : room / stride + 1;
}
