import { type PythonSnippet as Snippet, pythonSnippet as snippet } from "@steepest/core";

export const iterated: Snippet = snippet(`
def iterated(m, polynomials):
    """An odd polynomial (a, b, c) per step towards U V^T: x <- a x + b x x^T x + c (x x^T)^2 x."""
    length = torch.linalg.vector_norm(m)
    x = m / length if length > 0 else m
    x = x.T if m.shape[0] > m.shape[1] else x
    for linear, cubic, quintic in polynomials:
        a = x @ x.T
        x = linear * x + (cubic * a + quintic * a @ a) @ x
    return x.T if m.shape[0] > m.shape[1] else x
`);

export const newtonSchulz: Snippet = snippet(`
def newton_schulz(m):
    """Five iterations towards U V^T, with the coefficients of K. Jordan et al., Muon (2024)."""
    length = torch.linalg.vector_norm(m)
    x = m / length if length > 0 else m
    x = x.T if m.shape[0] > m.shape[1] else x
    for _ in range(5):
        a = x @ x.T
        x = 3.4445 * x + (-4.775 * a + 2.0315 * a @ a) @ x
    return x.T if m.shape[0] > m.shape[1] else x
`);

export const spectralPower: Snippet = snippet(`
def spectral_power(m, p):
    """U (S / S[0])^p V^T of m = U S V^T without null directions, S <= max(m.shape) epsilon S[0]."""
    u, s, vt = torch.linalg.svd(m, full_matrices=False)
    kept = s > max(m.shape) * torch.finfo(torch.float64).eps * s[0]
    return (u[:, kept] * (s[kept] / s[0]) ** p) @ vt[kept]
`);
