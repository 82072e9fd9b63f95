// Where the tree begins, for what reads its files.
import { join } from "node:path";

/** The repository. */
export const ROOT = join(import.meta.dirname, "../..");
