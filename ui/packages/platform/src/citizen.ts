// The commands of the citizen's window. It can append, read what is published, and print its own live receipt.
import type {
  CitizenContext,
  ComunaView,
  Delivery,
  DocumentVerdict,
  FieldError,
  ReceiptView,
  RequestDraft,
  SheetsFound,
  SheetView,
} from "@oirs/bindings";
import { listen } from "@tauri-apps/api/event";
import { call } from "./call.ts";

export type { Answer } from "./answer.ts";

export const citizen = {
  context: () => call<CitizenContext>("citizen_context"),
  comunasSearch: (query: string) => call<ComunaView[]>("citizen_comunas_search", { query }),
  searchCatalogue: (query: string) => call<SheetsFound>("citizen_search_catalogue", { query }),
  sheet: (id: string) => call<SheetView>("citizen_sheet", { id }),
  checkDocument: (kind: string, number: string) =>
    call<DocumentVerdict>("citizen_check_document", { kind, number }),
  checkRequest: (draft: RequestDraft) => call<FieldError[]>("citizen_check_request", { draft }),
  fileRequest: (draft: RequestDraft) => call<ReceiptView>("citizen_file_request", { draft }),
  printReceipt: (language: string) => call<Delivery>("citizen_print_receipt", { language }),
  callHelp: () => call<null>("citizen_call_help"),
  /** Lets the screen file on, past what it may without the team. */
  letOn: (pin: string) => call<null>("citizen_let_on", { pin }),
  /** Says that this page lives: one that stops saying so is replaced. */
  alive: () => call<null>("citizen_alive"),
  /** Rust destroys this window and its process, and makes a fresh one: no line after it runs for long. */
  endSession: () => call<null>("citizen_end_session"),
  takeBack: (pin: string) => call<null>("citizen_take_back", { pin }),
  /** The context changed: the screen was handed over, the network returned. */
  onChanged: (heard: () => void) => listen("citizen-changed", heard),
};

export type Citizen = typeof citizen;
