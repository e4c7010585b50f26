import { type PythonSnippet, pythonSnippet } from "../pythonSnippet.js";

export const matrices: PythonSnippet = pythonSnippet(`
def matrices(v, shapes):
    """The layers of a flat vector, row-major w[outputs][inputs]."""
    return [part.reshape(shape) for part, shape in zip(v.split([m * n for m, n in shapes]), shapes)]
`);

export const flat: PythonSnippet = pythonSnippet(`
def flat(layers):
    return torch.cat([layer.reshape(-1) for layer in layers])
`);

/** ||δ ⊗ a|| layer by layer, for norms that are multiplicative on rank-one matrices. */
export const rankOne: PythonSnippet = pythonSnippet(`
def rank_one(factors, left, right):
    """[layer, sample]: the norms of delta times those of a, where delta (x) a is the gradient of a sample's score in a layer."""
    return torch.stack([torch.linalg.vector_norm(d, left, 1) * torch.linalg.vector_norm(a, right, 1) for d, a in factors])
`);

/** Functions over the layers of a flat vector that programs with PyTorch share. */
export const pytorchTensors: Readonly<Record<"matrices" | "flat", PythonSnippet>> = { matrices, flat };
