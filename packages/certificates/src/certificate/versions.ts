/** The programs that a certificate was made by; part of what is sealed, and of no bound. */
export const versions: Readonly<Record<string, string>> = { "@steepest/certificates": "0.0.0", format: "1" };
