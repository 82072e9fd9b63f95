// The commands of the staff's window. All are refused while a citizen has the screen.
import type {
  AdditionDraft,
  ComunaView,
  Delivery,
  DocumentVerdict,
  DueView,
  EncounterDraft,
  EnrolmentDraft,
  FieldError,
  FiledView,
  OutingDraft,
  PrinterView,
  RequestDraft,
  SheetsFound,
  SheetView,
  StaffContext,
  SyncProgress,
  TodayView,
  VerifyView,
  WithdrawalDraft,
} from "@oirs/bindings";
import { listen } from "@tauri-apps/api/event";
import { call } from "./call.ts";

export type { Answer } from "./answer.ts";

export const staff = {
  context: () => call<StaffContext>("staff_context"),
  /** The day's requests, newest first: the last fifty, or all. */
  today: (all: boolean) => call<TodayView[]>("staff_today", { all }),
  comunasSearch: (query: string) => call<ComunaView[]>("staff_comunas_search", { query }),
  searchCatalogue: (query: string) => call<SheetsFound>("staff_search_catalogue", { query }),
  printSheet: (id: string, language: string) => call<Delivery>("staff_print_sheet", { id, language }),
  sheet: (id: string) => call<SheetView>("staff_sheet", { id }),
  checkDocument: (kind: string, number: string) =>
    call<DocumentVerdict>("staff_check_document", { kind, number }),
  checkRequest: (draft: RequestDraft) => call<FieldError[]>("staff_check_request", { draft }),
  fileRequest: (draft: RequestDraft, language: string) =>
    call<FiledView>("staff_file_request", { draft, language }),
  recordEncounter: (draft: EncounterDraft) => call<null>("staff_record_encounter", { draft }),
  addToRequest: (draft: AdditionDraft) => call<null>("staff_add_to_request", { draft }),
  withdraw: (draft: WithdrawalDraft) => call<null>("staff_withdraw", { draft }),
  voidLast: (reason: string) => call<null>("staff_void_last", { reason }),
  printCopy: (folio: string, language: string) => call<Delivery>("staff_print_copy", { folio, language }),
  reprintLast: (language: string) => call<Delivery>("staff_reprint_last", { language }),
  verifyCode: (code: string) => call<VerifyView>("staff_verify_code", { code }),
  explainDue: (folio: string) => call<DueView | null>("staff_explain_due", { folio }),
  openOuting: (outing: OutingDraft) => call<null>("staff_open_outing", { outing }),
  closeOuting: () => call<null>("staff_close_outing"),
  syncStart: () => call<null>("staff_sync_start"),
  syncCancel: () => call<null>("staff_sync_cancel"),
  printerGet: () => call<PrinterView | null>("staff_printer_get"),
  printerSet: (printer: PrinterView | null) => call<null>("staff_printer_set", { printer }),
  printerTest: (language: string) => call<Delivery>("staff_printer_test", { language }),
  unlock: (pin: string) => call<null>("staff_unlock", { pin }),
  enrol: (enrolment: EnrolmentDraft) => call<null>("staff_enrol", { enrolment }),
  setPin: (pin: string) => call<null>("staff_set_pin", { pin }),
  handOver: () => call<null>("staff_hand_over"),
  onChanged: (heard: () => void) => listen("staff-changed", heard),
  onSyncProgress: (heard: (progress: SyncProgress) => void) =>
    listen<SyncProgress>("sync-progress", (event) => heard(event.payload)),
};

export type Staff = typeof staff;
