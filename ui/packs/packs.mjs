// Starts the command: Node reads no TypeScript by itself before its version 22.
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";

const file = fileURLToPath(new URL("./run.ts", import.meta.url));
const { module } = await runnerImport(file, { configFile: false, logLevel: "error" });
process.exitCode = module.main();
