// The commands of the staff's window. All are refused while a citizen has the screen.
import type {
  ActView,
  AdditionDraft,
  ComunaView,
  Delivery,
  Directory,
  DocumentVerdict,
  DueView,
  EncounterDraft,
  EncounterView,
  EnrolmentDraft,
  FieldError,
  FiledView,
  OutingDraft,
  PrinterView,
  ProfileDraft,
  ProfileForm,
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
  /** Reads aloud; with nothing to read, stops reading. */
  readAloud: (text: string, language: string) => call<null>("staff_read_aloud", { text, language }),
  directory: () => call<Directory>("staff_directory"),
  /** Notes that the catalogue lacks something. */
  wantContent: (words: string) => call<null>("staff_want_content", { words }),
  checkDocument: (kind: string, number: string) =>
    call<DocumentVerdict>("staff_check_document", { kind, number }),
  checkRequest: (draft: RequestDraft) => call<FieldError[]>("staff_check_request", { draft }),
  fileRequest: (draft: RequestDraft, language: string) =>
    call<FiledView>("staff_file_request", { draft, language }),
  /** The person who was invited to the survey had gone. */
  lapseInvitation: () => call<null>("staff_lapse_invitation"),
  /** Records an encounter and, apart from it, the profile; says whether that could be kept. */
  recordEncounter: (draft: EncounterDraft, profile: ProfileDraft | null) =>
    call<EncounterView>("staff_record_encounter", { draft, profile }),
  /** Undoes the encounter that was just recorded, with its profile. */
  undoEncounter: (language: string) => call<null>("staff_undo_encounter", { language }),
  profileForm: (language: string) => call<ProfileForm>("staff_profile_form", { language }),
  addToRequest: (draft: AdditionDraft) => call<null>("staff_add_to_request", { draft }),
  withdraw: (draft: WithdrawalDraft) => call<null>("staff_withdraw", { draft }),
  voidLast: (reason: string) => call<null>("staff_void_last", { reason }),
  printCopy: (folio: string, language: string) => call<Delivery>("staff_print_copy", { folio, language }),
  reprintLast: (language: string) => call<Delivery>("staff_reprint_last", { language }),
  verifyCode: (code: string) => call<VerifyView>("staff_verify_code", { code }),
  explainDue: (folio: string) => call<DueView | null>("staff_explain_due", { folio }),
  openOuting: (outing: OutingDraft) => call<null>("staff_open_outing", { outing }),
  closeOuting: (language: string) => call<ActView>("staff_close_outing", { language }),
  /** The acts of what was closed on this machine, the newest first. */
  acts: (language: string) => call<ActView[]>("staff_acts", { language }),
  printAct: (number: number, language: string) => call<Delivery>("staff_print_act", { number, language }),
  syncStart: () => call<null>("staff_sync_start"),
  syncCancel: () => call<null>("staff_sync_cancel"),
  printerGet: () => call<PrinterView | null>("staff_printer_get"),
  /** How the printer is, as it says itself: a stable word; null where none was chosen. */
  printerState: () => call<string | null>("staff_printer_state"),
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
