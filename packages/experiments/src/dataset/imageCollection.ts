/** One part of an image collection: one byte per pixel, one label per image. */
export interface ImageSet {
  /** u8[count][channels][rows][columns]. */
  readonly pixels: Uint8Array;
  readonly labels: Uint8Array;
  /** Absent: 1, grey. */
  readonly channels?: number;
  readonly rows: number;
  readonly columns: number;
}

/** The two parts of an image collection, as their files hold them. */
export interface ImageParts {
  readonly train: ImageSet;
  readonly test: ImageSet;
}

/** A collection of images in files that only the host reads, and all that a host needs to find them. */
export interface ImageCollection {
  /** Its name in the identity of a run's data: "mnist". */
  readonly id: string;
  /** Its name in messages: "MNIST". */
  readonly title: string;
  /**
   * The format of its files. "idx": an IDX file of images and one of labels per stem, `<stem>-images-idx3-ubyte` and `<stem>-labels-idx1-ubyte`.
   * "cifar10": the binary version of CIFAR-10, files of records of one label byte and 3072 pixel bytes.
   */
  readonly format: "idx" | "cifar10";
  /** Stems (IDX) or names of the files of the two parts, in order. */
  readonly train: readonly string[];
  readonly test: readonly string[];
  /** The environment variable that names the folder of the files, on hosts that have an environment. */
  readonly variable: string;
  /** The npm package whose folder `data` holds the files where the variable is not set; absent: there is none. */
  readonly npmPackage?: string;
}
