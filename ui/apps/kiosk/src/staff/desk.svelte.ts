// What the staff's page knows of the stand, read anew after everything that may have changed it.
import type { Refusal, StaffContext, SyncProgress, TodayView } from "@oirs/bindings";
import { language } from "@oirs/i18n";
import { staff, type Answer } from "@oirs/platform/staff";
import { Prints } from "./prints.svelte.ts";

export type Panel =
  | "request"
  | "encounter"
  | "lookup"
  | "receipts"
  | "printer"
  | "team"
  | "sync"
  | "outing"
  | "help"
  | "hand_over";

/** How long the last encounter can be undone without more ado, in milliseconds. */
export const UNDO_MS = 30_000;

/** How many encounters' matters are remembered: as many as the list of records shows. */
export const MATTERS_MAX = 20;

/** The encounter that was just recorded. */
export interface Attended {
  /** Where it stands. */
  epoch: string;
  seq: number;
  matter: string;
  outcome: string;
  /** The body that the person was sent to. */
  body: string | null;
  /** Whether a profile was given that could not be kept. */
  lost: boolean;
}

export class Desk {
  // Replaced as a whole, never changed in place: nothing to watch inside.
  context = $state.raw<StaffContext | null>(null);
  today = $state.raw<TodayView[]>([]);
  /** Whether all of the day's folios are listed, and not only the last ones. */
  wholeDay = $state(false);
  /** What did not come out of a printer. */
  readonly prints = new Prints();
  panel = $state<Panel>("request");
  progress = $state<SyncProgress | null>(null);
  refusal = $state<Refusal | null>(null);
  /** The folio that the receipts panel shows. */
  folio = $state("");
  /** What an encounter is about that begins with a sheet. */
  matter = "";
  /** The sheet that an encounter was about. */
  sheet: string | null = null;
  /** The encounter that can still be undone. */
  attended = $state.raw<Attended | null>(null);
  undone = $state(false);
  /** Whether this team asks for profiles: the questions stay in sight from one person to the next. */
  asksProfile = $state(false);
  /** What this window's last encounters were about, by their place: the stand can't read it back. In memory only. */
  private readonly matters = new Map<string, string>();
  private undoing = false;
  private undoEnds: ReturnType<typeof setTimeout> | undefined;
  /** Who attends, by code: the next form begins with it. In memory only. */
  assistedBy = "";
  /** What a PIN would let through. */
  private waiting: (() => Promise<void>) | null = null;
  needsPin = $state(false);
  pinRefusal = $state<Refusal | null>(null);

  async load(): Promise<void> {
    const [context, today, owed] = await Promise.all([
      staff.context(),
      staff.today(this.wholeDay),
      staff.owedCopies(),
    ]);
    if (owed.ok) this.prints.owe(owed.value);
    if (context.ok) {
      this.context = context.value;
      if (!context.value.syncing) this.progress = null;
    } else this.refusal = context.refusal;
    if (today.ok) this.today = today.value;
  }

  /** The printer was asked how it is: the window's head says the same. */
  sawPrinter(state: string | null): void {
    if (this.context && this.context.printer_state !== state)
      this.context = { ...this.context, printer_state: state };
  }

  /** Runs a command; asks for the PIN where it is needed, and then runs it again. */
  async run<T>(
    command: () => Promise<Answer<T>>,
    done?: (value: T) => void,
    loads: boolean = true,
  ): Promise<void> {
    this.refusal = null;
    const answer = await command();
    const code = answer.ok ? "" : answer.refusal.code;
    if (!answer.ok && (code === "pin_needed" || code === "leader_needed")) {
      this.waiting = () => this.run(command, done, loads);
      // Whoever acts may not do this: that is said, and a leader's PIN is asked for.
      this.pinRefusal = code === "leader_needed" ? answer.refusal : null;
      this.needsPin = true;
      return;
    }
    if (answer.ok) done?.(answer.value);
    else this.refusal = answer.refusal;
    if (loads || !answer.ok) await this.load();
  }

  /** An encounter was recorded: for a while it can be undone. */
  hasAttended(attended: Attended): void {
    this.attended = attended;
    this.undone = false;
    this.matters.set(`${attended.epoch}:${attended.seq}`, attended.matter);
    for (const oldest of [...this.matters.keys()].slice(0, -MATTERS_MAX)) this.matters.delete(oldest);
    clearTimeout(this.undoEnds);
    this.undoEnds = setTimeout(() => (this.attended = null), UNDO_MS);
  }

  /** What an encounter was about, if this window recorded it not long ago. */
  matterOf(epoch: string, seq: number): string | null {
    return this.matters.get(`${epoch}:${seq}`) ?? null;
  }

  /** Takes the last encounter back. What fails can be tried again while its seconds last. */
  async undo(): Promise<void> {
    if (!this.attended || this.undoing) return;
    const { epoch, seq } = this.attended;
    this.undoing = true;
    await this.run(
      () => staff.undoEncounter(language()),
      () => {
        this.isVoid(epoch, seq);
        this.undone = true;
      },
    );
    this.undoing = false;
  }

  /** A record was declared void: there is nothing left of it to undo. */
  isVoid(epoch: string, seq: number): void {
    if (this.attended?.epoch !== epoch || this.attended.seq !== seq) return;
    this.attended = null;
    clearTimeout(this.undoEnds);
  }

  /** Gives the screen away: from then on this page is refused whatever it asks, until it is told of its return. */
  async handOver(): Promise<void> {
    await this.run(staff.handOver, () => this.prints.liveEnds(), false);
  }

  /** Whether a PIN is being looked at: that takes a moment on purpose. */
  pinBusy = $state(false);

  /** Whom the question for the PIN begins with: a leader where one is needed, else who entered theirs last. */
  get pinFor(): string | null {
    const { people = [], acting = null } = this.context ?? {};
    const leader = this.pinRefusal?.code === "leader_needed" ? people.find(({ leads }) => leads) : undefined;
    return leader?.code ?? acting;
  }

  /** Asks for a PIN, so that somebody else acts from now on. */
  askPin(): void {
    // What was refused to the last person is not said to the next.
    this.refusal = null;
    this.waiting = () => this.load();
    this.needsPin = true;
  }

  async unlock(pin: string, person: string | null): Promise<void> {
    this.pinBusy = true;
    const answer = await staff.unlock(person, pin);
    this.pinBusy = false;
    this.pinRefusal = answer.ok ? null : answer.refusal;
    // The list of people says who is locked out.
    if (this.pinRefusal?.code === "pin_locked") void this.load();
    if (!answer.ok) return;
    this.needsPin = false;
    const again = this.waiting;
    this.waiting = null;
    await again?.();
  }

  forgetPin(): void {
    this.needsPin = false;
    this.pinRefusal = null;
    this.waiting = null;
  }

  listen(): () => void {
    const offs = [
      staff.onChanged(() => void this.load()),
      staff.onSyncProgress((progress) => (this.progress = progress)),
    ];
    return () => offs.forEach((off) => void off.then((stop) => stop()));
  }
}
