import { z } from "zod";

z.config({ jitless: true }); // before any schema is built: no string is ever evaluated, so a strict CSP holds

export { z };
