/** The only address that is listened on: run folders are nobody else's business. */
export const loopback = "127.0.0.1";
