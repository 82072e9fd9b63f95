// What did not come out of a printer stays offered until it does, whatever panel is open: the team's receipts, copies,
// sheets of the catalogue and closing acts. In memory only, and nothing personal in it.
import type { Delivery, OwedCopies, PrintOn, Refusal } from "@oirs/bindings";
import { language } from "@oirs/i18n";
import { staff, type Answer } from "@oirs/platform/staff";

/** Every paper that the team prints, besides a printer's test, which is tried again from where it was tried. */
export type Paper =
  | { what: "receipt"; folio: string }
  | { what: "copy"; folio: string; on: PrintOn }
  | { what: "sheet"; id: string; title: string; on: PrintOn }
  | { what: "act"; number: number; place: string; on: PrintOn }
  | { what: "poster"; language: string };

/** A paper that did not come out. */
export interface Unprinted {
  paper: Paper;
  /** The key of why, the last time. */
  why: string;
  /** How often it was tried. */
  tries: number;
  /** How many of it are still to come out. */
  left: number;
  /** Whether some of it are out. */
  partly: boolean;
}

/** The same paper is offered once, however often it fails. */
export function keyOf(paper: Paper): string {
  switch (paper.what) {
    case "receipt":
      return `receipt ${paper.folio}`;
    case "copy":
      return `copy ${paper.folio} ${paper.on}`;
    case "sheet":
      return `sheet ${paper.id} ${paper.on}`;
    case "act":
      return `act ${paper.number} ${paper.on}`;
    case "poster":
      return `poster ${paper.language}`;
  }
}

function send(paper: Paper): Promise<Answer<Delivery>> {
  switch (paper.what) {
    case "receipt":
      return staff.reprintLast(language());
    case "copy":
      return staff.printCopy(paper.folio, language(), paper.on);
    case "sheet":
      return staff.printSheet(paper.id, language(), paper.on);
    case "act":
      return staff.printAct(paper.number, language(), paper.on);
    case "poster":
      return staff.printPoster(paper.language);
  }
}

/** Refusals that are a printer's. Any other says that there is no such paper: a folio of another stand, mistyped. */
const PRINTER_CODES = ["print_failed", "no_printer", "no_queue", "only_sheets"];

const whyOf = (refusal: Refusal): string => refusal.text_key ?? "print-failed";

/** The key of what is said of a paper that was sent: it is out, or whoever stands there has to look. */
export const outOf = (delivery: Delivery, out: string): string =>
  delivery === "sent" ? "printer-sent" : out;

export class Prints {
  // Replaced as a whole, never changed in place.
  unprinted = $state.raw<Unprinted[]>([]);
  /** What is at a printer now. */
  busy = $state<string | null>(null);
  /** The request whose receipt still has its key, so that the receipt itself can be printed. */
  live: string | null = null;

  /** Prints a paper as often as is wanted, or as is left of it; what does not come out is kept. Null while another is at
   * the printer. */
  async print(paper: Paper, papers?: number): Promise<Answer<Delivery> | null> {
    if (this.busy !== null) return null;
    this.busy = keyOf(paper);
    const wanted = papers ?? this.kept(paper)?.left ?? 1;
    let answer = await send(paper);
    let out = answer.ok ? 1 : 0;
    while (answer.ok && out < wanted) {
      answer = await send(paper);
      if (answer.ok) out += 1;
    }
    this.busy = null;
    if (answer.ok) this.forget(paper);
    else if (PRINTER_CODES.includes(answer.refusal.code))
      this.keep(paper, whyOf(answer.refusal), wanted - out, out > 0);
    return answer;
  }

  /** Copies that belong to a receipt and did not come out with it. */
  owe(owed: readonly OwedCopies[]): void {
    for (const { folio, copies, why } of owed)
      this.keep({ what: "copy", folio, on: "roll" }, why, copies, false);
  }

  /** A request was filed, and with its receipt the one before lost its key. */
  filed(folio: string, failed: string | null): void {
    this.liveEnds();
    this.live = folio;
    if (failed !== null) this.keep({ what: "receipt", folio }, failed);
  }

  /** The key of the last receipt is gone. What of it is printed from now on is a copy. */
  liveEnds(): void {
    this.live = null;
    const receipt = this.unprinted.find((one) => one.paper.what === "receipt");
    if (receipt?.paper.what !== "receipt") return;
    const paper: Paper = { what: "copy", folio: receipt.paper.folio, on: "roll" };
    // The office's copies of it may be waiting as well.
    const left = receipt.left + (this.kept(paper)?.left ?? 0);
    this.forget(paper);
    this.unprinted = this.unprinted.map((one) => (one === receipt ? { ...one, paper, left } : one));
  }

  /** Offers a paper no longer. */
  forget(paper: Paper): void {
    const key = keyOf(paper);
    this.unprinted = this.unprinted.filter((one) => keyOf(one.paper) !== key);
  }

  private kept(paper: Paper): Unprinted | undefined {
    const key = keyOf(paper);
    return this.unprinted.find((one) => keyOf(one.paper) === key);
  }

  private keep(paper: Paper, why: string, left = 1, partly = false): void {
    const before = this.kept(paper);
    const tries = (before?.tries ?? 0) + 1;
    const now = { paper, why, tries, left, partly: partly || (before?.partly ?? false) };
    this.unprinted = before
      ? this.unprinted.map((one) => (one === before ? now : one))
      : [...this.unprinted, now];
  }
}
