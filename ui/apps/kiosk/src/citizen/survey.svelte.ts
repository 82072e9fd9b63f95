// One survey on the screen: the replies so far, and which question one is at. What is asked next is for Rust to say: no
// condition of a survey is judged twice. Replies live here, and nowhere once it has ended.
import type { Refusal, Reply, SurveyQuestion, SurveyStep, SurveyView } from "@oirs/bindings";
import type { Citizen } from "@oirs/platform/citizen";

export class Survey {
  replies = $state<Record<string, Reply>>({});
  /** The name of the question on the screen. */
  at = $state("");
  /** What is wrong with its reply, as a sentence. */
  wrong = $state("");
  private step = $state.raw<SurveyStep | null>(null);

  constructor(
    private readonly commands: Citizen,
    readonly view: SurveyView,
  ) {
    this.at = view.questions[0]?.name ?? "";
  }

  get question(): SurveyQuestion | undefined {
    return this.view.questions.find(({ name }) => name === this.at);
  }

  get reply(): Reply | undefined {
    return this.replies[this.at];
  }

  /** Where one is among what is asked, notes not counted. */
  get progress(): { at: number; of: number } {
    const asked = (this.step?.shown ?? this.view.questions.map(({ name }) => name)).filter(
      (name) => this.view.questions.find((one) => one.name === name)?.asks.type !== "note",
    );
    return { at: Math.max(1, asked.indexOf(this.at) + 1), of: asked.length };
  }

  set(reply: Reply | undefined): void {
    const { [this.at]: _, ...others } = this.replies;
    this.replies = reply === undefined ? others : { ...others, [this.at]: reply };
    this.wrong = "";
  }

  /** Goes on to the next question; `ended` when there is none, `stays` when this one isn't done, and the refusal when
   * nobody could tell. */
  async next(needed: string): Promise<"goes" | "stays" | "ended" | Refusal> {
    const answer = await this.commands.surveyStep(this.replies);
    if (!answer.ok) return answer.refusal;
    this.step = answer.value;
    const fault = answer.value.faults.find(({ question }) => question === this.at);
    const open = this.question?.required && this.reply === undefined && this.question.asks.type !== "note";
    this.wrong = fault?.reason ?? (open ? needed : "");
    if (this.wrong !== "") return "stays";
    const following = answer.value.shown[answer.value.shown.indexOf(this.at) + 1];
    if (following === undefined) return "ended";
    this.at = following;
    return "goes";
  }

  /** Back to the question before; false at the first. */
  back(): boolean {
    const shown = this.step?.shown ?? [];
    const before = shown[shown.indexOf(this.at) - 1];
    if (before === undefined) return false;
    this.at = before;
    this.wrong = "";
    return true;
  }
}
