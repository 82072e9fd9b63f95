// The commands of the citizen's window. It can append, read what is published, and print its own live receipt.
import type {
  Challenge,
  CitizenContext,
  ComunaView,
  Delivery,
  Directory,
  DocumentVerdict,
  FieldError,
  InvitationView,
  ReceiptView,
  Reply,
  RequestDraft,
  SheetsFound,
  SheetView,
  SurveyStep,
  SurveyView,
} from "@oirs/bindings";
import { listen } from "@tauri-apps/api/event";
import { call } from "./call.ts";

export type { Answer } from "./answer.ts";

export const citizen = {
  context: () => call<CitizenContext>("citizen_context"),
  comunasSearch: (query: string) => call<ComunaView[]>("citizen_comunas_search", { query }),
  searchCatalogue: (query: string) => call<SheetsFound>("citizen_search_catalogue", { query }),
  sheet: (id: string) => call<SheetView>("citizen_sheet", { id }),
  /** Reads aloud; with nothing to read, stops reading. */
  readAloud: (text: string, language: string) => call<null>("citizen_read_aloud", { text, language }),
  directory: () => call<Directory>("citizen_directory"),
  /** Notes that the catalogue lacks something: a few times a session. */
  wantContent: (words: string) => call<null>("citizen_want_content", { words }),
  checkDocument: (kind: string, number: string) =>
    call<DocumentVerdict>("citizen_check_document", { kind, number }),
  checkRequest: (draft: RequestDraft) => call<FieldError[]>("citizen_check_request", { draft }),
  fileRequest: (draft: RequestDraft) => call<ReceiptView>("citizen_file_request", { draft }),
  printReceipt: (language: string) => call<Delivery>("citizen_print_receipt", { language }),
  /** Whom the device drew, while this screen is free; asking says that it is. */
  invitation: (language: string) => call<InvitationView | null>("citizen_invitation", { language }),
  beginSurvey: (place: number, language: string) =>
    call<SurveyView>("citizen_begin_survey", { place, language }),
  surveyStep: (replies: Record<string, Reply>) => call<SurveyStep>("citizen_survey_step", { replies }),
  answerSurvey: (place: number, replies: Record<string, Reply>) =>
    call<null>("citizen_answer_survey", { place, replies }),
  breakOffSurvey: (place: number, replies: Record<string, Reply>) =>
    call<null>("citizen_break_off_survey", { place, replies }),
  refuseSurvey: (place: number) => call<null>("citizen_refuse_survey", { place }),
  callHelp: () => call<null>("citizen_call_help"),
  /** Lets the screen file on, past what it may without the team. */
  letOn: (person: string | null, pin: string) => call<null>("citizen_let_on", { person, pin }),
  /** Says that this page lives: one that stops saying so is replaced. */
  alive: () => call<null>("citizen_alive"),
  /** Rust destroys this window and its process, and makes a fresh one: no line after it runs for long. */
  endSession: () => call<null>("citizen_end_session"),
  takeBack: (person: string | null, pin: string) => call<null>("citizen_take_back", { person, pin }),
  /** What a leader who is locked out reads to the office over the telephone. */
  unlockChallenge: (person: string) => call<Challenge>("citizen_unlock_challenge", { person }),
  /** What the office answered, and that leader's new PIN. */
  unlockByTelephone: (response: string, pin: string) =>
    call<null>("citizen_unlock_by_telephone", { response, pin }),
  /** The context changed: the screen was handed over, the network returned. */
  onChanged: (heard: () => void) => listen("citizen-changed", heard),
};

export type Citizen = typeof citizen;
