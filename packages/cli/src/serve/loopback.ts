/** The only address that the server listens on: run folders are private. */
export const loopback = "127.0.0.1";
