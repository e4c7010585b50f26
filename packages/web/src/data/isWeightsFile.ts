/** True for a file that can hold nothing but weights, by its name. */
export const isWeightsFile = ({ name }: Pick<File, "name">): boolean => /\.safetensors$/i.test(name);
