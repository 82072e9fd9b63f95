// One citizen's session: what was said, where on the way, and what the stand answered. It lives as long as its
// webview; "next person" ends both. Whoever makes it passes in the commands and the clock.
import type {
  CitizenContext,
  FieldError,
  InvitationView,
  ReceiptView,
  Refusal,
  SheetView,
} from "@oirs/bindings";
import type { Citizen } from "@oirs/platform/citizen";
import { back, draft, emptyForm, FIELDS, next, stepOf, type Form, type Step } from "./flow.ts";
import { passed, touched, type Idle } from "./idle.ts";
import { Survey } from "./survey.svelte.ts";

export type Asking = "exit" | "finish" | "help" | "take_back" | "team" | null;
export type Printing = "none" | "printing" | "confirmed" | "sent" | "failed";

export class Session {
  readonly id = crypto.randomUUID();
  context = $state<CitizenContext | null>(null);
  step = $state<Step>("start");
  form = $state<Form>(emptyForm());
  /** Reached the review once: a change returns to it. */
  toReview = $state(false);
  errors = $state<FieldError[]>([]);
  refusal = $state<Refusal | null>(null);
  busy = $state(false);
  receipt = $state<ReceiptView | null>(null);
  /** Whom the device drew and nobody asked yet: only then is there a survey. */
  invitation = $state.raw<InvitationView | null>(null);
  survey = $state.raw<Survey | null>(null);
  /** The sheet that is being read. */
  sheet = $state<SheetView | null>(null);
  printing = $state<Printing>("none");
  printFailure = $state<Refusal | null>(null);
  asking = $state<Asking>(null);
  pinRefusal = $state<Refusal | null>(null);
  idle = $state<Idle>({ kind: "active", since_ms: 0 });

  constructor(
    private readonly commands: Citizen,
    private readonly now_ms: () => number,
    private readonly language: () => string,
  ) {
    this.idle = { kind: "active", since_ms: now_ms() };
  }

  /** Reads what the stand offers: at the start, and whenever it says that something changed. */
  async load(): Promise<void> {
    const [answer, invitation] = await Promise.all([
      this.commands.context(),
      // Who stands at the door may be invited; who is in the middle of something is not.
      this.step === "start" ? this.commands.invitation(this.language()) : null,
    ]);
    if (invitation) this.invitation = invitation.ok ? invitation.value : null;
    if (!answer.ok) {
      this.refusal = answer.refusal;
      return;
    }
    this.context = answer.value;
    this.form.comuna ??= answer.value.place?.comuna ?? null;
    if (this.step === "start" && this.form.locality === "")
      this.form.locality = answer.value.place?.locality ?? "";
  }

  /** Begins the survey: from now on this invitation is nobody else's. */
  async beginSurvey(): Promise<void> {
    if (this.busy || !this.invitation) return;
    this.busy = true;
    const answer = await this.commands.beginSurvey(this.invitation.place, this.language());
    this.busy = false;
    this.invitation = null;
    if (!answer.ok) {
      this.refusal = answer.refusal;
      return;
    }
    this.survey = new Survey(this.commands, answer.value);
    this.go("survey");
  }

  async refuseSurvey(): Promise<void> {
    const { invitation } = this;
    this.invitation = null;
    if (invitation) await this.commands.refuseSurvey(invitation.place);
  }

  /** Goes on with the survey; at its end it is sealed, and nothing of it is left here. */
  async surveyNext(needed: string): Promise<void> {
    const { survey } = this;
    if (this.busy || !survey) return;
    this.busy = true;
    this.refusal = null;
    const came = await survey.next(needed);
    if (typeof came === "object") this.refusal = came;
    if (came === "ended") {
      const answer = await this.commands.answerSurvey(survey.view.place, survey.replies);
      if (answer.ok) {
        this.survey = null;
        this.go("thanks");
      } else this.refusal = answer.refusal;
    }
    this.busy = false;
  }

  draft() {
    return draft(this.form, { id: this.id, notice: this.context?.notice ?? "", language: this.language() });
  }

  /** Whether anything would be lost by leaving. */
  get isUntouched(): boolean {
    return ["start", "lookup", "thanks"].includes(this.step) && this.receipt === null;
  }

  /** Goes on, if what this question was told keeps the rules. */
  async proceed(): Promise<void> {
    if (this.busy) return;
    // The door may have closed since this screen was painted: what can't be kept must not be begun, and that the team
    // is needed is said before anything is written.
    if (this.step === "start") {
      await this.load();
      if (this.context?.blocked) return;
      if (this.context?.team_needed) {
        this.asking = "team";
        return;
      }
    }
    const fields = FIELDS[this.step];
    if (fields) {
      this.busy = true;
      const answer = await this.commands.checkRequest(this.draft());
      this.busy = false;
      if (!answer.ok) {
        this.refusal = answer.refusal;
        return;
      }
      this.errors = answer.value.filter((error) => error.field !== undefined && fields.includes(error.field));
      if (this.errors.length > 0) return;
    }
    this.go(next(this.form, this.step, this.toReview));
  }

  /** From the door to the catalogue; "back" leads to the door. */
  lookUp(): void {
    this.go("lookup");
  }

  goBack(): void {
    if (this.step === "survey") {
      this.survey?.back();
      return;
    }
    // From a sheet to what was searched.
    if (this.sheet) {
      this.sheet = null;
      return;
    }
    this.go(back(this.form, this.step, this.toReview));
  }

  /** From the review to a question and back to it. */
  change(step: Step): void {
    this.toReview = true;
    this.go(step);
  }

  private go(step: Step): void {
    this.errors = [];
    this.refusal = null;
    if (step === "review") this.toReview = true;
    this.step = step;
  }

  /** Files the request. The receipt comes only after the stand's durable commit. */
  async send(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.refusal = null;
    const answer = await this.commands.fileRequest(this.draft());
    this.busy = false;
    if (!answer.ok) return this.sendRefused(answer.refusal);
    this.receipt = answer.value;
    // What was written has done its work; the receipt needs none of it.
    this.form = emptyForm();
    this.step = "receipt";
    this.asking = null;
    if (this.context?.printer) await this.print();
  }

  private sendRefused(refusal: Refusal): void {
    if (refusal.code === "team_needed") this.asking = "team";
    const first = refusal.fields[0];
    if (first) this.change(stepOf(first.field));
    this.errors = refusal.fields.filter((error) => stepOf(error.field) === this.step);
    this.refusal = first && this.step !== "review" ? null : refusal;
  }

  async print(): Promise<void> {
    if (this.printing === "printing") return;
    this.printing = "printing";
    this.printFailure = null;
    const answer = await this.commands.printReceipt(this.language());
    this.printing = answer.ok ? answer.value : "failed";
    this.printFailure = answer.ok ? null : answer.refusal;
    this.touch();
  }

  /** Ends the session: Rust destroys this window. Until then nothing of it stays in sight. */
  async end(): Promise<void> {
    const { survey } = this;
    this.survey = null;
    if (survey) await this.commands.breakOffSurvey(survey.view.place, survey.replies);
    this.form = emptyForm();
    this.receipt = null;
    this.asking = null;
    this.errors = [];
    this.toReview = false;
    this.step = "start";
    this.idle = { kind: "active", since_ms: this.now_ms() };
    await this.commands.endSession();
  }

  async help(): Promise<void> {
    this.asking = "help";
    await this.commands.callHelp();
  }

  async takeBack(pin: string, person: string | null): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    const answer = await this.commands.takeBack(person, pin);
    this.busy = false;
    this.pinRefusal = answer.ok ? null : answer.refusal;
  }

  /** Somebody of the team looked and lets the screen go on; what was under way goes on with it. */
  async letOn(pin: string, person: string | null): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    const answer = await this.commands.letOn(person, pin);
    this.busy = false;
    this.pinRefusal = answer.ok ? null : answer.refusal;
    if (!answer.ok) return;
    this.asking = null;
    await (this.step === "review" ? this.send() : this.proceed());
  }

  touch(): void {
    this.idle = touched(this.idle, this.now_ms());
  }

  /** Once a second: says that the page lives, warns of the wipe, and wipes. A closed door is tried again, to open
   * by itself. */
  async tick(): Promise<void> {
    void this.commands.alive();
    if (this.context?.blocked && this.step === "start") await this.load();
    const limits = this.context?.idle;
    if (!limits) return;
    const waits = this.isUntouched || this.busy || this.printing === "printing" || this.printing === "failed";
    const before = this.idle.kind;
    this.idle = passed(
      this.idle,
      this.now_ms(),
      { quiet_ms: limits.quiet_s * 1000, warning_ms: limits.warning_s * 1000 },
      waits,
    );
    if (this.idle.kind === "expired" && before !== "expired") await this.end();
  }
}
