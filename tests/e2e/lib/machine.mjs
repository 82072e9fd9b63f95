// A machine's bad days: its clock jumps while programs run, and a stick is pulled out in the middle of a write.
import { execFileSync } from "node:child_process";
import { closeSync, constants, openSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { root } from "./programs.mjs";
import { until } from "./wait.mjs";

/** Makes such a machine in a folder: `env` is what its programs are started with; `slow` are the files that a stick may
 * stand still at, as a pattern of paths. */
export function machine(folder, slow) {
  const [library, ahead, gate] = ["machine.so", "ahead", "gate"].map((name) => join(folder, name));
  execFileSync("cc", ["-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o", library, join(root, "tests/e2e/lib/machine.c")]);
  writeFileSync(ahead, Buffer.alloc(8));
  return {
    env: { LD_PRELOAD: library, MACHINE_AHEAD: ahead, MACHINE_SLOW: slow, MACHINE_GATE: gate },
    /** Its wall clock is so many seconds off from now on, for programs that run and for those that come. */
    clockIs(seconds) {
      const bytes = Buffer.alloc(8);
      bytes.writeBigInt64LE(BigInt(seconds));
      // In its place: whoever runs has this very file mapped.
      const file = openSync(ahead, "r+");
      writeSync(file, bytes, 0, 8, 0);
      closeSync(file);
    },
    /** Whoever writes such a file waits from now on; gives back what pulls the stick out just then. */
    slowStick() {
      execFileSync("mkfifo", [gate]);
      return async (pull) => {
        const opened = await until("the stick is being written to", () => openSync(gate, constants.O_WRONLY | constants.O_NONBLOCK));
        pull();
        rmSync(gate);
        closeSync(opened);
      };
    },
  };
}
