// A receipt printer in memory, and what can be read off its paper with tools that are not ours.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** 80 mm paper at 203 dots an inch: 576 dots. */
export const BYTES_A_ROW = 72;

/** How it is asked how it is (real-time status of ESC/POS), and what one says that is ready, or has no paper. */
const [ASKED, READY, OUT_OF_PAPER] = [[0x10, 0x04, 2, 0x10, 0x04, 4], [0x12, 0x12], [0x32, 0x72]].map((bytes) => Buffer.from(bytes));

/** A printer in memory: takes what comes and keeps it, job by job. A question is no job. `diesAfter` so many bytes of paper
 * it is gone, with what it holds of a job. */
export function printer(port) {
  const jobs = [];
  let left = Infinity;
  let paperIn = true;
  let breaks = false;
  let papers = Infinity;
  const server = createServer((socket) => {
    let at = -1;
    socket.on("data", (piece) => {
      if (at < 0 && piece.equals(ASKED)) return void socket.write(paperIn && papers > 0 ? READY : OUT_OF_PAPER);
      if (breaks) return void socket.resetAndDestroy();
      if (at < 0) {
        at = jobs.push(Buffer.alloc(0)) - 1;
        papers -= 1;
      }
      jobs[at] = Buffer.concat([jobs[at], piece]);
      left -= piece.length;
      if (left > 0) return;
      server.close();
      socket.resetAndDestroy();
    });
    socket.on("end", () => socket.end());
    socket.on("error", () => {});
  });
  const ready = new Promise((done) => server.listen(port, "127.0.0.1", done));
  return {
    jobs,
    ready,
    diesAfter: (bytes) => (left = bytes),
    port: () => server.address().port,
    /** Puts paper in, or takes it out. */
    setPaper: (isIn) => (paperIn = isIn),
    /** There is paper for so many more jobs. */
    holds: (count) => (papers = count),
    /** From now on the cable is drawn at the first bytes of each job, or no longer. */
    setBreaks: (does) => (breaks = does),
    close: () => new Promise((done) => server.close(done)),
  };
}

/** The rows of a job's raster bands, and all that stands between and after them. */
function parts(job) {
  const rows = [];
  const others = [];
  for (let at = 0; at < job.length; ) {
    if (job.subarray(at, at + 4).equals(Buffer.from([0x1d, 0x76, 0x30, 0]))) {
      const [width, height] = [job.readUInt16LE(at + 4), job.readUInt16LE(at + 6)];
      assert.equal(width, BYTES_A_ROW);
      rows.push(job.subarray(at + 8, at + 8 + width * height));
      at += 8 + width * height;
    } else others.push(job[at++]); // Reset, feed, cut: a few bytes between the bands.
  }
  return { dots: Buffer.concat(rows), others: Buffer.from(others) };
}

/** The commands of a job that are no dots, in hexadecimal. */
export const commands = (job) => parts(job).others.toString("hex");

/** The picture that a job's raster bands make, as a PBM file. */
export function raster(job) {
  const { dots } = parts(job);
  return Buffer.concat([Buffer.from(`P4\n${BYTES_A_ROW * 8} ${dots.length / BYTES_A_ROW}\n`), dots]);
}

/** What the QR on the printed paper says. */
export function scanned(job) {
  const folder = mkdtempSync(join(tmpdir(), "oirs-paper-"));
  const path = join(folder, "paper.pbm");
  writeFileSync(path, raster(job));
  try {
    return execFileSync("zbarimg", ["--quiet", "--raw", path], { encoding: "utf8" }).trim();
  } finally {
    rmSync(folder, { recursive: true });
  }
}
