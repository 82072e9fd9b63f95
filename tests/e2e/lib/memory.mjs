// What a process and its children have in memory, read as the machine's owner could. Linux lets a parent read its
// descendants.
import { closeSync, openSync, readFileSync, readdirSync, readSync } from "node:fs";

const REGION_BYTES_MAX = 1 << 30;

/** The process and all that it started, directly or not, with their programs' names. */
export function family(pid) {
  const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, "utf8").split(" ").filter(Boolean).map(Number),
  );
  return [{ pid, name: readFileSync(`/proc/${pid}/comm`, "utf8").trim() }, ...children.flatMap(familyOrNone)];
}

/** A child may end while it is looked at. */
function familyOrNone(pid) {
  try {
    return family(pid);
  } catch (error) {
    if (["ENOENT", "ESRCH"].includes(error.code)) return [];
    throw error;
  }
}

/** Whether any writable memory of a process holds the words, in one or two bytes a letter. */
export function remembers(pid, words) {
  const needles = [Buffer.from(words, "utf8"), Buffer.from(words, "utf16le")];
  const memory = openSync(`/proc/${pid}/mem`, "r");
  try {
    return regions(pid).some(([begin, end]) => {
      const piece = Buffer.allocUnsafe(end - begin);
      try {
        const read = readSync(memory, piece, 0, piece.length, begin);
        return needles.some((needle) => piece.subarray(0, read).includes(needle));
      } catch (error) {
        // What a device lends can't be read this way, and a region may go while the next one is read.
        if (["EIO", "EFAULT"].includes(error.code)) return false;
        throw error;
      }
    });
  } finally {
    closeSync(memory);
  }
}

function regions(pid) {
  return readFileSync(`/proc/${pid}/maps`, "utf8")
    .split("\n")
    .filter((line) => line.split(" ")[1]?.startsWith("rw") && !line.includes("[v"))
    .map((line) => line.split(" ")[0].split("-").map((part) => parseInt(part, 16)))
    .filter(([begin, end]) => end - begin <= REGION_BYTES_MAX);
}
