// The commands of the staff's window. All are refused while a citizen has the screen.
import type {
  ActSum,
  ActView,
  AdditionDraft,
  Challenge,
  Attached,
  AttachmentsView,
  BundleAcknowledged,
  BundleExported,
  CameraSight,
  CarryAnswer,
  CodeWanted,
  ComunaView,
  Delivery,
  DeviceLine,
  Directory,
  DocumentVerdict,
  DueView,
  EncounterDraft,
  EncounterView,
  EnrolmentDraft,
  FieldError,
  FiledView,
  JoinedView,
  HandedFiles,
  HandedView,
  MediaView,
  MirrorStatus,
  OutingDraft,
  PrinterView,
  OwedCopies,
  Papers,
  PrintOn,
  ProfileDraft,
  ProfileForm,
  RecentRecord,
  RequestDraft,
  SharedView,
  SheetsFound,
  SheetView,
  StaffContext,
  StaffDraft,
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
  printSheet: (id: string, language: string, on: PrintOn) =>
    call<Delivery>("staff_print_sheet", { id, language, on }),
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
  /** The open outing's last records, the newest first. */
  recentRecords: () => call<RecentRecord[]>("staff_recent_records"),
  /** Declares a record void, with a reason. */
  voidRecord: (epoch: string, seq: number, reason: string) =>
    call<null>("staff_void", { epoch, seq, reason }),
  printCopy: (folio: string, language: string, on: PrintOn) =>
    call<Delivery>("staff_print_copy", { folio, language, on }),
  reprintLast: (language: string) => call<Delivery>("staff_reprint_last", { language }),
  /** What a request of this machine has, and where more can come from. */
  attachments: (folio: string) => call<AttachmentsView>("staff_attachments", { folio }),
  /** Takes a picture with one of the cameras, to be looked at: nothing is kept yet. */
  takePicture: (camera: string) => call<HandedView>("staff_take_picture", { camera }),
  /** The pictures and PDF on the media that are there, the newest first. */
  handedFiles: () => call<HandedFiles>("staff_handed_files"),
  /** Takes one of those that were just listed, to be looked at. */
  takeFile: (at: number) => call<HandedView>("staff_take_file", { at }),
  /** Keeps what was looked at; `name` says in free words what it is. */
  keepAttachment: (folio: string, name: string | null) =>
    call<Attached>("staff_keep_attachment", { folio, name }),
  dropAttachment: () => call<null>("staff_drop_attachment"),
  /** Sticks and cards, the mirror, and what waits. */
  media: () => call<MediaView>("staff_media"),
  stickSave: (folder: string) => call<BundleExported>("staff_stick_save", { folder }),
  stickRead: (folder: string) => call<BundleAcknowledged>("staff_stick_read", { folder }),
  /** Takes the new version of this program that lies there. */
  updateTake: (folder: string) => call<null>("staff_update_take", { folder }),
  /** Mirrors onto a medium from now on, or no more. */
  mirrorSet: (folder: string | null) => call<MirrorStatus>("staff_mirror_set", { folder }),
  mirrorCheck: () => call<MirrorStatus>("staff_mirror_check"),
  /** Brings what lies there of another stand's to the office, or onto another medium. */
  carry: (folder: string, to: string | null) => call<CarryAnswer>("staff_carry", { folder, to }),
  verifyCode: (code: string) => call<VerifyView>("staff_verify_code", { code }),
  /** Reads a code with a camera, counted from 0 and round again; null when it was stopped. */
  readCode: (wanted: CodeWanted, camera: number) =>
    call<string | null>("staff_read_code", { wanted, camera }),
  stopReading: () => call<null>("staff_stop_reading"),
  explainDue: (folio: string) => call<DueView | null>("staff_explain_due", { folio }),
  openOuting: (outing: OutingDraft) => call<null>("staff_open_outing", { outing }),
  closeOuting: (language: string) => call<ActView>("staff_close_outing", { language }),
  /** The acts of what was closed on this machine, the newest first. */
  acts: (language: string) => call<ActView[]>("staff_acts", { language }),
  printAct: (number: number, language: string, on: PrintOn) =>
    call<Delivery>("staff_print_act", { number, language, on }),
  /** Writes an act onto a stick as a PDF; what the file is called. */
  saveAct: (number: number, folder: string, language: string) =>
    call<string>("staff_save_act", { number, folder, language }),
  /** Prints the poster, on sheets. */
  printPoster: (language: string) => call<Delivery>("staff_print_poster", { language }),
  savePoster: (folder: string, language: string) => call<string>("staff_save_poster", { folder, language }),
  /** Copies that belong to a receipt and did not come out: told once, and offered from then on. */
  owedCopies: () => call<OwedCopies[]>("staff_owed_copies"),
  /** Chooses how many papers are printed at once. */
  papersSet: (papers: Papers) => call<null>("staff_papers_set", { papers }),
  /** An act's code, which other stands read off the screen. */
  actCode: (number: number) => call<SharedView>("staff_act_code", { number }),
  /** Adds up the acts of these codes, each as far as it holds. */
  sumActs: (codes: string[]) => call<ActSum>("staff_sum_acts", { codes }),
  syncStart: () => call<null>("staff_sync_start"),
  syncCancel: () => call<null>("staff_sync_cancel"),
  printerGet: () => call<PrinterView | null>("staff_printer_get"),
  /** How the printer is, as it says itself: a stable word; null where none was chosen. */
  printerState: () => call<string | null>("staff_printer_state"),
  printerSet: (printer: PrinterView | null) => call<null>("staff_printer_set", { printer }),
  printerTest: (language: string, on: PrintOn) => call<Delivery>("staff_printer_test", { language, on }),
  /** How the printer of sheets is, as its queue says; null where none was chosen. */
  queueState: () => call<string | null>("staff_queue_state"),
  queueSet: (address: string | null) => call<null>("staff_queue_set", { address }),
  unlock: (person: string | null, pin: string) => call<null>("staff_unlock", { person, pin }),
  /** What a leader who is locked out reads to the office over the telephone. */
  unlockChallenge: (person: string) => call<Challenge>("staff_unlock_challenge", { person }),
  /** What the office answered, and that leader's new PIN. */
  unlockByTelephone: (response: string, pin: string) =>
    call<null>("staff_unlock_by_telephone", { response, pin }),
  addPerson: (person: StaffDraft) => call<null>("staff_add_person", { person }),
  setRole: (code: string, leads: boolean) => call<null>("staff_set_role", { code, leads }),
  setPersonPin: (code: string, pin: string) => call<null>("staff_set_person_pin", { code, pin }),
  removePerson: (code: string) => call<null>("staff_remove_person", { code }),
  /** The open outing's code, which other stands read off the screen. */
  shareOuting: () => call<SharedView>("staff_share_outing"),
  /** Opens the outing of another stand: of one that this one can't vouch for only with `trusting`. */
  joinOuting: (code: string, trusting: boolean) => call<JoinedView>("staff_join_outing", { code, trusting }),
  /** What the stand carries, and what its last self-test found. */
  device: (language: string) => call<DeviceLine[]>("staff_device", { language }),
  /** The same after another self-test. */
  selfTest: (language: string) => call<DeviceLine[]>("staff_self_test", { language }),
  enrol: (enrolment: EnrolmentDraft) => call<null>("staff_enrol", { enrolment }),
  setPin: (pin: string) => call<null>("staff_set_pin", { pin }),
  handOver: () => call<null>("staff_hand_over"),
  onChanged: (heard: () => void) => listen("staff-changed", heard),
  /** How many bytes of how many have been written onto a stick. */
  onStickProgress: (heard: (progress: { done: number; total: number }) => void) =>
    listen<{ done: number; total: number }>("stick-progress", (event) => heard(event.payload)),
  /** What the camera sees that reads a code. */
  onCameraSight: (heard: (sight: CameraSight) => void) =>
    listen<CameraSight>("camera-sight", (event) => heard(event.payload)),
  onSyncProgress: (heard: (progress: SyncProgress) => void) =>
    listen<SyncProgress>("sync-progress", (event) => heard(event.payload)),
};

export type Staff = typeof staff;
