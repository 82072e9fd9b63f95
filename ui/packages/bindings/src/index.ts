// Generated from Rust (BINDINGS=write cargo test -p oirs-en-terreno bindings). Not edited by hand.

export type Kind = "consulta" | "felicitacion" | "opinion" | "peticion" | "reclamo" | "sugerencia";
export type AnswerWay = "correo" | "telefono" | "carta" | "presencial" | "ninguno";
export type Certainty = "confirmed" | "unconfirmed" | "contradicted";
export type ErrorCode = "json_syntax" | "invalid_utf8" | "line_too_long" | "wrong_type" | "unknown_field" | "duplicate_field" | "missing" | "empty" | "too_long" | "control_character" | "line_break" | "unknown_kind" | "unknown_value" | "invalid_uuid" | "unknown_comuna" | "invalid_country" | "invalid_language" | "invalid_email" | "invalid_phone" | "invalid_document" | "rut_check_digit" | "answer_way_missing" | "invalid_date" | "impossible_date" | "future_date" | "date_too_old" | "invalid_folio" | "invalid_control_code" | "invalid_target" | "consent_needed" | "guardian_needed" | "contradicts";
export type Arg = number | string;
export type FieldError = { 
/**
 * Dotted path of the field, `person.document.number`; none when the input as a whole is wrong.
 */
field?: string, 
/**
 * The rule that was broken.
 */
code: ErrorCode, 
/**
 * What the error's text needs: `count` and `max`, `min`, `needs`. Often empty.
 */
args: Record<string, Arg>, };
export type DocumentDraft = { 
/**
 * One of the words of [`crate::DocumentKind`].
 */
type?: string, 
/**
 * The number as it stands on the paper or was dictated.
 */
number?: string, 
/**
 * The country that issued it, ISO 3166-1 alpha-2.
 */
country?: string, };
export type PersonDraft = { 
/**
 * The name in the register.
 */
name?: string, 
/**
 * How the person wants to be called.
 */
social_name?: string, 
/**
 * The document that says who it is.
 */
document?: DocumentDraft, 
/**
 * Where the person lives, ISO 3166-1 alpha-2.
 */
country_of_residence?: string, 
/**
 * Telephone numbers.
 */
phone?: string, 
/**
 * An electronic address.
 */
email?: string, 
/**
 * A postal address.
 */
address?: string, 
/**
 * The comuna of that address, five digits.
 */
address_comuna?: string, 
/**
 * One of the words of [`AnswerWay`]; absent means that no answer is wanted.
 */
answer_by?: string, };
export type OrganisationDraft = { 
/**
 * Its name.
 */
name?: string, 
/**
 * Its tax number.
 */
rut?: string, 
/**
 * What the representative is to it.
 */
role?: string, };
export type AffectedDraft = { 
/**
 * The name in the register.
 */
name?: string, 
/**
 * How the person wants to be called.
 */
social_name?: string, 
/**
 * The document that says who it is.
 */
document?: DocumentDraft, 
/**
 * What who files is to the affected person.
 */
relation?: string, };
export type RequestDraft = { 
/**
 * A UUID by which the same request can be filed again without being filed twice.
 */
id?: string, 
/**
 * One of the words of [`Kind`]. Required.
 */
kind?: string, 
/**
 * What it is about, in free words.
 */
topic?: string, 
/**
 * What the person says. Required.
 */
text?: string, 
/**
 * Where it is filed, five digits. Required.
 */
comuna?: string, 
/**
 * The place within the comuna, in free words.
 */
locality?: string, 
/**
 * Who files; null or absent is anonymous.
 */
person?: PersonDraft | null, 
/**
 * The organisation that files, if one does.
 */
organisation?: OrganisationDraft, 
/**
 * The affected person, when it is another than who files.
 */
affected?: AffectedDraft, 
/**
 * Whether the person accepted it as an expression of will (Ley 19.880, art. 30).
 */
will_accepted?: boolean, 
/**
 * The version of the privacy notice read before capture (Ley 19.628, art. 14 ter).
 */
privacy_notice?: string, 
/**
 * The language in which it was filed, a tag of RFC 5646.
 */
language?: string, 
/**
 * The staff member who helped, by code.
 */
assisted_by?: string, 
/**
 * One of the words of [`Writer`].
 */
written_by?: string, 
/**
 * The date of a transcribed paper form, RFC 3339.
 */
captured_at?: string, };
export type EncounterDraft = { 
/**
 * A UUID by which it is recorded once.
 */
id?: string, 
/**
 * What it was about, in free words. Required.
 */
matter?: string, 
/**
 * One of the words of [`Outcome`]. Required.
 */
outcome?: string, 
/**
 * The body that the person was sent to.
 */
referred_to?: string, 
/**
 * Where it took place, five digits; absent is the outing's place.
 */
comuna?: string, 
/**
 * The id of the catalogue's sheet that was shown, read out or printed.
 */
sheet?: string, };
export type ConsentDraft = { 
/**
 * Who gave it: one of the words of [`ConsentBy`]. Required.
 */
by?: string, 
/**
 * The version of the text that was read to the person, as `consentimiento-2026-11`. Required.
 */
text?: string, };
export type ProfileDraft = { 
/**
 * One of the words of [`Gender`]. Sensitive.
 */
gender?: string, 
/**
 * One of the words of [`AgeBand`].
 */
age?: string, 
/**
 * One of the words of [`Nationality`].
 */
nationality?: string, 
/**
 * One of the words of [`IndigenousPeople`]. Sensitive.
 */
indigenous_people?: string, 
/**
 * Whether the person has a permanent disability: one of the words of [`Affirmation`]. Sensitive.
 */
disability?: string, 
/**
 * The sort of organisation that the person came for: one of the words of [`Organisation`]. Sensitive where to
 * belong to it is.
 */
organisation?: string, 
/**
 * What the person is in it: one of the words of [`OrganisationRole`].
 */
organisation_role?: string, 
/**
 * The express consent, where an item needs one.
 */
consent?: ConsentDraft, 
/**
 * The kind of the request that was filed; only, and always, where the outcome is that one was.
 */
kind?: string, 
/**
 * What it was about, coarsely: one of the words of [`Topic`].
 */
topic?: string, };
export type AdditionDraft = { 
/**
 * A UUID by which it is recorded once.
 */
id?: string, 
/**
 * The request's folio. Required.
 */
folio?: string, 
/**
 * The control code on the citizen's paper, `XXXX-XXXX`, which proves that the paper is at hand. Absent where
 * it isn't: the office then asks before it does anything.
 */
control_code?: string, 
/**
 * What is added. Required.
 */
text?: string, };
export type WithdrawalDraft = { 
/**
 * A UUID by which it is recorded once.
 */
id?: string, 
/**
 * The request's folio. Required.
 */
folio?: string, 
/**
 * The control code on the citizen's paper, `XXXX-XXXX`, which proves that the paper is at hand. Absent where
 * it isn't: the office then asks before it does anything.
 */
control_code?: string, 
/**
 * Why, if the person wants to say.
 */
reason?: string, };
export type Refusal = { 
/**
 * The stable code.
 */
code: string, 
/**
 * The key of the sentence, where the use case has one of its own.
 */
text_key: string | null, 
/**
 * Seconds to wait, for a PIN.
 */
seconds: number | null, 
/**
 * What is wrong with which field.
 */
fields: Array<FieldError>, };
export type ComunaView = { 
/**
 * Five digits.
 */
code: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Its region's name.
 */
region: string, };
export type PlaceView = { 
/**
 * The comuna.
 */
comuna: ComunaView, 
/**
 * The place in the team's words.
 */
locality: string | null, };
export type Network = "online" | "offline" | "unknown";
export type IdleLimits = { 
/**
 * Seconds without a touch or key before the warning.
 */
quiet_s: number, 
/**
 * Seconds that the warning stands.
 */
warning_s: number, };
export type Limits = { 
/**
 * Of the request's text.
 */
text: number, 
/**
 * Of an encounter's matter.
 */
matter: number, 
/**
 * Of the name of the body that somebody is referred to.
 */
agency: number, };
export type Blocked = "not_enrolled" | "disk_full" | "stand_failed";
export type ReceiptView = { 
/**
 * The request's number.
 */
folio: string, 
/**
 * What was filed.
 */
kind: Kind, 
/**
 * RFC 3339, in the local time of the place.
 */
captured_at: string, 
/**
 * How sure that time is.
 */
certainty: Certainty, 
/**
 * The office's promise, as a date; none where no answer was asked for.
 */
due_on: string | null, 
/**
 * How the answer comes.
 */
answer_by: AnswerWay, 
/**
 * For whoever has no camera.
 */
control_code: string | null, 
/**
 * The QR code, row by row, `1` is dark. Without the quiet zone.
 */
qr: Array<string>, 
/**
 * The line to ask at.
 */
phone_line: string | null, };
export type PersonView = { 
/**
 * Their code.
 */
code: string, 
/**
 * Whether they lead the team.
 */
leads: boolean, 
/**
 * Whether their PIN opens nothing until somebody else helps.
 */
locked: boolean, };
export type StaffDraft = { 
/**
 * Their code.
 */
code: string, 
/**
 * Whether they lead the team.
 */
leads: boolean, 
/**
 * Their PIN.
 */
pin: string, };
export type SharedView = { 
/**
 * The text of the code.
 */
code: string, 
/**
 * The QR code, row by row, `1` is dark. Without the quiet zone.
 */
qr: Array<string>, };
export type JoinedView = { 
/**
 * Whether the stand that shared it is a known one of the office.
 */
known: boolean, 
/**
 * Whether that stand believes in another day.
 */
other_day: boolean, };
export type DeviceLine = { 
/**
 * A stable name.
 */
name: string, 
/**
 * How it is.
 */
grade: "good" | "careful" | "bad", 
/**
 * What a person reads.
 */
sentence: string, };
export type Challenge = { 
/**
 * The code of whom it is for; the office needs it too.
 */
person: string, 
/**
 * Eight symbols, `XXXX-XXXX`.
 */
challenge: string, 
/**
 * The office's telephone line, as it is dictated.
 */
phone_line: string | null, };
export type CitizenContext = { 
/**
 * The office's name.
 */
office: string, 
/**
 * Where the outing is.
 */
place: PlaceView | null, 
/**
 * Whether the office can be reached.
 */
network: Network, 
/**
 * The languages in which a citizen finds every sentence, up to the receipt.
 */
languages: Array<string>, 
/**
 * The version of the privacy notice.
 */
notice: string, 
/**
 * Limits of the form.
 */
limits: Limits, 
/**
 * Whether a printer is set.
 */
printer: boolean, 
/**
 * How sure the stand's time is.
 */
clock: Certainty, 
/**
 * How long the screen waits.
 */
idle: IdleLimits, 
/**
 * Whether somebody of the team must look before another request is filed here.
 */
team_needed: boolean, 
/**
 * Whoever can take the screen back.
 */
people: Array<PersonView>, 
/**
 * Why nobody can begin.
 */
blocked: Blocked | null, 
/**
 * Whether this machine can read aloud.
 */
voice: boolean, };
export type DocumentVerdict = { 
/**
 * Whether it keeps its type's rules.
 */
valid: boolean, 
/**
 * The rule that it breaks.
 */
code: string | null, 
/**
 * Whether all its digits are the same: valid, and worth asking again.
 */
repeated: boolean, };
export type Delivery = "confirmed" | "sent";
export type OutingView = { 
/**
 * Where; none when the stand opened it by itself.
 */
place: PlaceView | null, 
/**
 * What kind of place, as a stable word; none where nobody said.
 */
place_kind: string | null, 
/**
 * RFC 3339.
 */
opened_at: string | null, 
/**
 * People to be attended.
 */
goal: number | null, 
/**
 * The codes of whoever works at it.
 */
team: Array<string>, 
/**
 * Requests so far.
 */
requests: number, 
/**
 * Encounters so far.
 */
encounters: number, };
export type PrinterView = { 
/**
 * Address or path.
 */
target: string, 
/**
 * 58 or 80.
 */
paper_mm: number, 
/**
 * How a paper leaves it.
 */
cutter: "none" | "partial" | "full", 
/**
 * The speed of a serial line, in bits a second.
 */
speed: number | null, };
export type PrintOn = "roll" | "sheets";
export type QueueView = { 
/**
 * Entries.
 */
entries: number, 
/**
 * Their bytes.
 */
bytes: number, };
export type SyncEnd = { 
/**
 * `done`, `cancelled`, or what stood in the way.
 */
code: string, 
/**
 * The key of its sentence.
 */
text_key: string, 
/**
 * Entries sent.
 */
sent: number, 
/**
 * When, RFC 3339, in the local time of the place.
 */
at: string, };
export type SyncProgress = { 
/**
 * Entries acknowledged.
 */
records_done: number, 
/**
 * Entries to send.
 */
records_total: number, 
/**
 * Bytes answered.
 */
bytes_done: number, 
/**
 * Bytes to send, estimated.
 */
bytes_total: number, 
/**
 * Bytes a second.
 */
bytes_per_s: number | null, 
/**
 * Milliseconds left.
 */
left_ms: number | null, 
/**
 * After a failure that may pass: milliseconds until the next try.
 */
waiting_ms: number | null, };
export type EnrolmentDraft = { 
/**
 * The office's address; empty when the code is the whole text of the office's QR.
 */
central: string, 
/**
 * The office's code.
 */
code: string, 
/**
 * The PIN that the machine gets.
 */
pin: string, };
export type PowerLevel = "enough" | "low" | "empty";
export type Power = { 
/**
 * What is left in its batteries, in percent; none where it has no battery or the system does not tell.
 */
battery_percent: number | null, 
/**
 * Whether it hangs on the mains.
 */
mains: boolean, 
/**
 * How much of a worry that is.
 */
level: PowerLevel, };
export type InvitationTally = { 
/**
 * Encounters that took part.
 */
places: number, 
/**
 * Invitations that wait or are being answered.
 */
waiting: number, 
/**
 * Answered to the end.
 */
answered: number, 
/**
 * The person said no.
 */
refused: number, 
/**
 * Begun, and not finished.
 */
broken_off: number, 
/**
 * The person had gone.
 */
lapsed: number, };
export type Papers = { 
/**
 * Of a receipt that was just filed: the citizen's own with the key, and for every further one a copy without.
 */
receipt: number, 
/**
 * Of a closing act, which some offices have signed by two.
 */
act: number, };
export type OwedCopies = { 
/**
 * Whose.
 */
folio: string, 
/**
 * How many.
 */
copies: number, 
/**
 * The key of why.
 */
why: string, };
export type StaffContext = { 
/**
 * Whether the machine belongs to an office.
 */
enrolled: boolean, 
/**
 * The office's name.
 */
office: string, 
/**
 * The open outing.
 */
outing: OutingView | null, 
/**
 * What waits to be sent.
 */
queue: QueueView, 
/**
 * Whether the office can be reached.
 */
network: Network, 
/**
 * The printer that was chosen.
 */
printer: PrinterView | null, 
/**
 * How it was when it was last asked or sent something; none before that.
 */
printer_state: string | null, 
/**
 * The address of the print queue that was chosen for sheets.
 */
sheets: string | null, 
/**
 * How many papers are printed at once.
 */
papers: Papers, 
/**
 * Whether staff functions ask for a PIN.
 */
has_pin: boolean, 
/**
 * Whoever works here, in the order of the list.
 */
people: Array<PersonView>, 
/**
 * The code of who entered their PIN not long ago.
 */
acting: string | null, 
/**
 * Why no form can be begun.
 */
blocked: Blocked | null, 
/**
 * Keys of the sentences that the team should read.
 */
warnings: Array<string>, 
/**
 * Limits of the form.
 */
limits: Limits, 
/**
 * The version of the privacy notice that is read to the person.
 */
notice: string, 
/**
 * Whether a sync is under way.
 */
syncing: boolean, 
/**
 * How the last one ended.
 */
last_sync: SyncEnd | null, 
/**
 * How many of today's requests are listed unless all are asked for.
 */
listed: number, 
/**
 * When the office last had everything, RFC 3339 in the local time of the place.
 */
synced_at: string | null, 
/**
 * What the machine lives on.
 */
power: Power, 
/**
 * Whether this machine can read aloud.
 */
voice: boolean, 
/**
 * How the outing's invitations to the survey stand; none where nobody is invited.
 */
survey: InvitationTally | null, };
export type TodayView = { 
/**
 * Its number.
 */
folio: string, 
/**
 * Its kind.
 */
kind: string, 
/**
 * RFC 3339, in the local time of the place.
 */
captured_at: string, 
/**
 * Whether the office has signed that it holds it.
 */
arrived: boolean, };
export type FiledView = { 
/**
 * The receipt.
 */
receipt: ReceiptView, 
/**
 * How it was printed; none when it wasn't.
 */
printed: Delivery | null, 
/**
 * The key of what went wrong with printing.
 */
print_failed: string | null, };
export type VerifyView = { 
/**
 * The verdict.
 */
verdict: "genuine" | "revoked_device" | "unknown_signer" | "false", 
/**
 * The request's number, where the signature holds.
 */
folio: string | null, 
/**
 * When it was recorded, RFC 3339.
 */
captured_at: string | null, };
export type SkippedDay = { 
/**
 * The day.
 */
date: string, 
/**
 * Why, in Spanish.
 */
why: string, };
export type DueView = { 
/**
 * What the office promises.
 */
promise: string, 
/**
 * What the law allows at most.
 */
legal: string, 
/**
 * The days that the promise counts; none where the clock was wrong and only the office can count again.
 */
counted: Array<string>, 
/**
 * The days that it doesn't.
 */
skipped: Array<SkippedDay>, };
export type OutingDraft = { 
/**
 * The comuna's code.
 */
comuna: string, 
/**
 * The place in the team's words.
 */
place: string, 
/**
 * What kind of place, as a stable word.
 */
place_kind: string | null, 
/**
 * People to be attended.
 */
goal: number | null, 
/**
 * The codes of whoever works at it, besides who opens it.
 */
team: Array<string>, };
export type CameraLine = { 
/**
 * Its device file.
 */
path: string, 
/**
 * What it calls itself.
 */
name: string, 
/**
 * Whether it gives pictures that can be taken: as JPEG.
 */
usable: boolean, };
export type HandedFile = { 
/**
 * Its name.
 */
name: string, 
/**
 * The medium's name.
 */
medium: string, 
/**
 * Its bytes.
 */
bytes: number, 
/**
 * When it was last changed, RFC 3339 in local time, where the medium says so.
 */
changed_at?: string, };
export type HandedFiles = { 
/**
 * The newest first.
 */
files: Array<HandedFile>, 
/**
 * Whether there are more than are listed.
 */
more: boolean, };
export type Attached = { 
/**
 * The record's id.
 */
id: string, 
/**
 * The request's number.
 */
folio: string, 
/**
 * The ledger, in hexadecimal.
 */
epoch: string, 
/**
 * The position in it.
 */
seq: number, 
/**
 * What it has become: `image/jpeg`, `image/png` or `application/pdf`; none for an id that was recorded before.
 */
media_type?: string, 
/**
 * Bytes of the sealed file: what there is to send.
 */
sealed_bytes: number, 
/**
 * SHA-256 of the sealed file, in hexadecimal.
 */
sealed_hash: string, 
/**
 * When the stand recorded it, RFC 3339 in UTC; none for an id that was recorded before.
 */
captured_at?: string, 
/**
 * How many attachments the request has now.
 */
attachments: number, 
/**
 * How many it may have.
 */
attachments_max: number, 
/**
 * Whether this id had been recorded before.
 */
copy: boolean, };
export type MediumLine = { 
/**
 * Where it is mounted.
 */
folder: string, 
/**
 * What people call it.
 */
name: string, 
/**
 * Bytes that can still be written, where it says so.
 */
free_bytes: number, 
/**
 * Whether this stand mirrors there.
 */
is_mirror: boolean, 
/**
 * Other stands of which something lies there.
 */
other_stands: number, 
/**
 * The new version of this program that lies there.
 */
version?: string, };
export type MirrorState = "off" | "unknown" | "current" | "behind" | "absent" | "full" | "read_only" | "failed";
export type MirrorStatus = { 
/**
 * How it is.
 */
state: MirrorState, 
/**
 * Its folder.
 */
folder?: string, 
/**
 * Entries on this machine.
 */
entries: number, 
/**
 * Entries of these that are not on it, or of which that is not known.
 */
behind: number, 
/**
 * Whether it lies on another file system than the data; none when it is not there. On the same one it is lost
 * with the machine.
 */
second_medium?: boolean, 
/**
 * When it last held everything, RFC 3339 in local time; none when it never did as far as this machine knows.
 */
whole_at?: string, };
export type FileState = "taken" | "known" | "older" | "other_stand" | "unfinished" | "unknown_signer" | "damaged" | "unreadable";
export type FileTold = { 
/**
 * Where on the stick.
 */
file: string, 
/**
 * What became of it.
 */
state: FileState, };
export type BundleExported = { 
/**
 * The folder on the stick.
 */
folder: string, 
/**
 * Entries that lie on it now and that the office has not signed for.
 */
entries: number, 
/**
 * Files that this export wrote: none when everything lay there already.
 */
files: number, 
/**
 * Their bytes.
 */
bytes: number, 
/**
 * Attachments that lie on it now and that the office has not signed for.
 */
attachments_on_usb: number, 
/**
 * Files of this stand taken off it, since the office has signed for what they hold.
 */
cleared: number, 
/**
 * Entries that the office has not signed for, on a stick or not.
 */
held: number, 
/**
 * Of those, how many were ever handed to a stick.
 */
on_usb: number, 
/**
 * Whether entries could not be written, since they can't be read here any more.
 */
unreadable: boolean, };
export type BundleAcknowledged = { 
/**
 * Entries newly signed by the office as held.
 */
acknowledged: number, 
/**
 * Of those, kept apart.
 */
quarantined: number, 
/**
 * Attachments newly signed by the office as held.
 */
attachments_sent: number, 
/**
 * Entries that it has not signed for.
 */
held: number, 
/**
 * Of those, how many were ever handed to a stick.
 */
on_usb: number, 
/**
 * The number of the manifest that is in force now, when this stick brought it.
 */
manifest: number, 
/**
 * How it ended: a stable word, as a sync's.
 */
outcome: string, 
/**
 * Alarms, as stable words.
 */
alarms: Array<string>, 
/**
 * Every file that was looked at.
 */
files: Array<FileTold>, };
export type CarryAnswer = { 
/**
 * Stands whose pushes lay there.
 */
devices: Array<string>, 
/**
 * Pushes that the office holds now, or that lie on the stick now.
 */
carried: number, 
/**
 * Of those, how many the office held before, so that they were not sent.
 */
known: number, 
/**
 * Of those, how many it keeps apart.
 */
quarantined: number, 
/**
 * Attachments that the office holds now, or that lie on the stick now.
 */
attachments_carried: number, 
/**
 * Ledgers that lack something before what lay there, as `device/epoch: entries before`.
 */
missing: Array<string>, 
/**
 * Why not everything was sent: a stable word.
 */
fault?: string, 
/**
 * Files that were not carried.
 */
files: Array<FileTold>, };
export type HandedView = { 
/**
 * What it has become.
 */
media_type: string, 
/**
 * Bytes of what was handed over.
 */
bytes_before: number, 
/**
 * Bytes of what would be kept.
 */
bytes_after: number, 
/**
 * The picture itself; none for pages.
 */
picture: string | null, };
export type AttachmentsView = { 
/**
 * How many it has.
 */
count: number, 
/**
 * How many it may have.
 */
max: number, 
/**
 * The cameras that give pictures.
 */
cameras: Array<CameraLine>, 
/**
 * The media that are there, by name.
 */
media: Array<string>, };
export type MediaView = { 
/**
 * The media that are there.
 */
media: Array<MediumLine>, 
/**
 * How the mirror is.
 */
mirror: MirrorStatus, 
/**
 * Records that the office has not signed for.
 */
held: number, 
/**
 * Of those, how many were ever handed to a stick.
 */
on_usb: number, };
export type CatalogueFacts = { 
/**
 * Which of the office's, from 1.
 */
number: number, 
/**
 * When the office published it, RFC 3339 (UTC).
 */
published_at: string, 
/**
 * Sheets in it.
 */
sheets: number, };
export type TextPiece = { 
/**
 * The stretch.
 */
text: string, 
/**
 * Whether it answers what was typed.
 */
found: boolean, };
export type SheetFound = { 
/**
 * Its id.
 */
id: string, 
/**
 * What it is called.
 */
title: Array<TextPiece>, 
/**
 * What it is about.
 */
summary: Array<TextPiece>, 
/**
 * Another part of it that answers with other words.
 */
passage: Array<TextPiece> | null, 
/**
 * Who gives it.
 */
service: string, };
export type SheetsFound = { 
/**
 * Which catalogue was searched; none when the stand carries none.
 */
catalogue: CatalogueFacts | null, 
/**
 * Whether the best of them answers most of what was asked. Otherwise they are a guess, and shown as one.
 */
sure: boolean, 
/**
 * The best first, at most [`SHEETS_SHOWN`].
 */
found: Array<SheetFound>, };
export type ChannelView = { 
/**
 * `online`, `office`, `phone`, `mail` or `consulate`.
 */
kind: string, 
/**
 * What to look for there.
 */
text: string, 
/**
 * An address of the web.
 */
url: string | null, 
/**
 * A telephone number.
 */
phone: string | null, };
export type AgencyView = { 
/**
 * Its name.
 */
name: string, 
/**
 * A telephone number.
 */
phone: string | null, 
/**
 * An address of the web.
 */
url: string | null, };
export type SourceView = { 
/**
 * Who says it, and where.
 */
title: string, 
/**
 * An address of the web.
 */
url: string | null, 
/**
 * The day that it is of: published, fetched or read; RFC 3339.
 */
on: string | null, 
/**
 * What one should know of it.
 */
note: string, };
export type SheetView = { 
/**
 * Its id.
 */
id: string, 
/**
 * What it is called.
 */
title: string, 
/**
 * What it is about.
 */
summary: string, 
/**
 * Who gives it.
 */
service: string, 
/**
 * Whom it is for.
 */
for_whom: Array<string>, 
/**
 * What must hold.
 */
requirements: Array<string>, 
/**
 * What to bring.
 */
documents: Array<string>, 
/**
 * What to do, in order.
 */
steps: Array<string>, 
/**
 * `gratuito` or `con_costo`; none where no source says.
 */
cost: string | null, 
/**
 * How long it takes, or until when.
 */
term: string | null, 
/**
 * Where to ask for it.
 */
channels: Array<ChannelView>, 
/**
 * What law it rests on.
 */
law: Array<string>, 
/**
 * Whom a person is referred to.
 */
agency: AgencyView | null, 
/**
 * Last day on which it holds, as `2026-12-31`.
 */
valid_until: string | null, 
/**
 * Whether it still holds today.
 */
holds: boolean, 
/**
 * Whether the office has reviewed it.
 */
reviewed: boolean, 
/**
 * What it rests on, each once.
 */
sources: Array<SourceView>, };
export type EncounterView = { 
/**
 * The ledger that holds it.
 */
epoch: string, 
/**
 * Its position there.
 */
seq: number, 
/**
 * `kept`, or `no_key` where the office has no key for profiles; none where none was given.
 */
profile: string | null, };
export type ProfileOption = { 
/**
 * What is filed.
 */
word: string, 
/**
 * What the person reads.
 */
label: string, 
/**
 * Whether this answer needs consent.
 */
sensitive: boolean, };
export type ProfileQuestion = { 
/**
 * The field of the profile.
 */
field: string, 
/**
 * The question.
 */
label: string, 
/**
 * What the answer is for.
 */
why: string, 
/**
 * The answers.
 */
options: Array<ProfileOption>, };
export type ConsentText = { 
/**
 * Who consents: a word of the profile's `consent.by`.
 */
by: string, 
/**
 * What is read to them.
 */
text: string, };
export type ProfileForm = { 
/**
 * Whether this stand can keep profiles: its office has a key for them.
 */
available: boolean, 
/**
 * What the questions are for.
 */
intro: string, 
/**
 * What risk remains.
 */
risk: string, 
/**
 * The questions, in order.
 */
questions: Array<ProfileQuestion>, 
/**
 * The texts of consent.
 */
consents: Array<ConsentText>, 
/**
 * Their version, which is filed as the profile's `consent.text`.
 */
consent_version: string, };
export type RecentRecord = { 
/**
 * The ledger, in hexadecimal.
 */
epoch: string, 
/**
 * The position in it.
 */
seq: number, 
/**
 * What it is.
 */
kind: "request" | "encounter" | "addition" | "withdrawal", 
/**
 * When, to the minute, RFC 3339 in the local time of the place.
 */
captured_at: string, 
/**
 * The number, of a request.
 */
folio?: string, 
/**
 * Whether it was declared void.
 */
voided: boolean, };
export type ActNumbers = { 
/**
 * People attended.
 */
encounters: number, 
/**
 * Of those, by outcome.
 */
encounters_by_outcome: Record<string, number>, 
/**
 * Requests.
 */
requests: number, 
/**
 * Of those, by kind.
 */
requests_by_kind: Record<string, number>, 
/**
 * Texts added to requests.
 */
additions: number, 
/**
 * Withdrawals.
 */
withdrawals: number, 
/**
 * Voids, of whatever record.
 */
voids: number, 
/**
 * Profiles.
 */
profiles: number, 
/**
 * Of the survey: drawn, answered, refused, broken off, lapsed.
 */
surveys: Record<string, number>, 
/**
 * Receipts sent to the printer.
 */
receipts_printed: number, 
/**
 * Copies made.
 */
copies: number, 
/**
 * Entries that were only on this machine at the closing.
 */
held: number, 
/**
 * Of those, on another medium as well.
 */
elsewhere: number, 
/**
 * Entries that the office had signed to hold.
 */
acknowledged: number, 
/**
 * Of those, kept apart.
 */
quarantined: number, 
/**
 * Attachments to be sent.
 */
attachments_waiting: number, };
export type DifferenceView = { 
/**
 * What was counted: a stable word.
 */
what: string, 
/**
 * What the act says.
 */
stated: number, 
/**
 * What the office opened.
 */
counted: number, };
export type CertificateView = { 
/**
 * Whether nothing differs.
 */
zero: boolean, 
/**
 * The same in one line, with all that explains it.
 */
line: string, 
/**
 * When the office counted, RFC 3339 in the local time of the place.
 */
issued_at: string, 
/**
 * What differs.
 */
difference: Array<DifferenceView>, 
/**
 * Entries of the outing in quarantine.
 */
quarantined: number, 
/**
 * Entries of the outing that could not be opened.
 */
unopened: number, 
/**
 * Entries of this ledger on other branches.
 */
apart: number, 
/**
 * Entries of the ledger at the office.
 */
count: number, };
export type VoidedView = { 
/**
 * Encounters that were declared void.
 */
encounters: number, 
/**
 * Requests that were declared void.
 */
requests: number, };
export type ActView = { 
/**
 * Which of this machine's acts, from 1.
 */
number: number, 
/**
 * The stand, in hexadecimal.
 */
device: string, 
/**
 * Its ledger.
 */
epoch: string, 
/**
 * The entry that opened the outing.
 */
opened_seq: number, 
/**
 * The entry that closed it: so many entries the ledger had.
 */
closed_seq: number, 
/**
 * The chain's hash after it, in hexadecimal.
 */
head: string, 
/**
 * Names the outing among the stands that share it, in hexadecimal; none where this one opened it by itself.
 */
token?: string, 
/**
 * The comuna's code.
 */
comuna?: string, 
/**
 * The place, in the team's words.
 */
place?: string, 
/**
 * When it was opened, RFC 3339 in the local time of the place.
 */
opened_at: string, 
/**
 * How sure that is.
 */
opened_certainty: string, 
/**
 * When it was closed.
 */
closed_at: string, 
/**
 * How sure that is.
 */
closed_certainty: string, 
/**
 * What was done.
 */
numbers: ActNumbers, 
/**
 * The text of the QR code.
 */
code: string, 
/**
 * What the office certified, if it has.
 */
certificate?: CertificateView, 
/**
 * Whether the office has signed that it holds the closing.
 */
arrived: boolean, 
/**
 * What its voids mean, as far as the stand knows: the act itself counts voids, and counts what they mean among
 * the rest.
 */
voided: VoidedView, };
export type Verdict = "genuine" | "revoked_device" | "unknown_signer" | "false";
export type SummedAct = { 
/**
 * Where it came from: a file's name, or its place in the list.
 */
source: string, 
/**
 * What it turned out to be; none for what is no act.
 */
verdict?: Verdict, 
/**
 * Whether its numbers are in the sum.
 */
counted: boolean, 
/**
 * Why not: `not_an_act`, `unknown_signer`, `false`, `twice`, `other_outing`.
 */
why?: string, 
/**
 * The stand that signed.
 */
device?: string, 
/**
 * The three letters by which that stand's folios begin.
 */
folio_prefix?: string, 
/**
 * The entry of its ledger that closed the outing.
 */
closed_seq: number | null, 
/**
 * When, RFC 3339 in the local time of this stand.
 */
closed_at?: string, };
export type ActSum = { 
/**
 * Each act that was handed in.
 */
acts: Array<SummedAct>, 
/**
 * How many of them were counted.
 */
counted: number, 
/**
 * Their numbers together.
 */
numbers: ActNumbers, };
export type CodeWanted = "outing" | "act" | "receipt";
export type CameraSight = { 
/**
 * The small grey picture, as an address that a page can show.
 */
picture: string, 
/**
 * How many cameras there are.
 */
cameras: number, };
export type Reply = { "text": string } | { "number": number } | { "choice": string } | { "choices": Array<string> } | "dont_know" | "declined";
export type InvitationView = { 
/**
 * Whose: the place of the draw.
 */
place: number, 
/**
 * What the survey is called.
 */
title: string, 
/**
 * Questions, notes not counted.
 */
questions: number, 
/**
 * The tags of its languages.
 */
languages: Array<string>, };
export type SurveyChoice = { 
/**
 * What a reply calls it.
 */
name: string, 
/**
 * What is shown.
 */
label: string, };
export type SurveyAsks = { "type": "note" } | { "type": "text", 
/**
 * At most.
 */
chars_max: number, } | { "type": "integer", 
/**
 * At least.
 */
min: number, 
/**
 * At most.
 */
max: number, } | { "type": "range", 
/**
 * The lowest.
 */
start: number, 
/**
 * The highest.
 */
end: number, 
/**
 * What the lowest means.
 */
low: string, 
/**
 * What the highest means.
 */
high: string, } | { "type": "select_one", 
/**
 * In order.
 */
choices: Array<SurveyChoice>, } | { "type": "select_multiple", 
/**
 * In order.
 */
choices: Array<SurveyChoice>, };
export type SurveyQuestion = { 
/**
 * Its name: what replies are kept under.
 */
name: string, 
/**
 * The heading that it stands under.
 */
heading?: string, 
/**
 * What is asked, or read.
 */
label: string, 
/**
 * A line in smaller letters.
 */
hint?: string, 
/**
 * Whether the survey can't be completed without a reply. "I'd rather not say" is one.
 */
required: boolean, 
/**
 * What kind of reply it asks for.
 */
asks: SurveyAsks, };
export type SurveyView = { 
/**
 * Whose invitation: the place of the draw.
 */
place: number, 
/**
 * What it is called.
 */
title: string, 
/**
 * The tag of the language that it is in.
 */
language: string, 
/**
 * Questions and notes, in order.
 */
questions: Array<SurveyQuestion>, };
export type SurveyFault = { 
/**
 * The question; none when it is the answer as a whole.
 */
question?: string, 
/**
 * The rule's stable word.
 */
code: string, 
/**
 * A sentence for who answers: the survey's own, where it has one.
 */
reason: string, };
export type SurveyStep = { 
/**
 * Every question and note that is asked by these replies, in order, by name.
 */
shown: Array<string>, 
/**
 * Questions among them.
 */
questions: number, 
/**
 * Of these, how many have a reply.
 */
replied: number, 
/**
 * The first that has none.
 */
next?: string, 
/**
 * The first that has none and must have one.
 */
missing?: string, 
/**
 * What is wrong with a reply, with the words to say so.
 */
faults: Array<SurveyFault>, };
export type TopicView = { 
/**
 * Its id in the pack.
 */
id: string, 
/**
 * Its name.
 */
name: string, };
export type ReferralView = { 
/**
 * Its id in the pack.
 */
id: string, 
/**
 * Its name.
 */
name: string, 
/**
 * What is referred to it, as far as its source says.
 */
refers: string, 
/**
 * A telephone number.
 */
phone: string | null, 
/**
 * An address of the web.
 */
url: string | null, 
/**
 * What all of this rests on.
 */
source: SourceView | null, };
export type OfficeView = { 
/**
 * Its name.
 */
name: string, 
/**
 * Its comuna.
 */
comuna: string, 
/**
 * Its region.
 */
region: string, 
/**
 * Street and number.
 */
address: string, 
/**
 * A telephone number.
 */
phone: string | null, 
/**
 * What all of this rests on.
 */
source: SourceView | null, };
export type BroadcastView = { 
/**
 * Its name.
 */
name: string, 
/**
 * `bulletin`, `radio`, `television` or `online`.
 */
kind: string, 
/**
 * What it is.
 */
text: string, 
/**
 * An address of the web.
 */
url: string | null, 
/**
 * What all of this rests on.
 */
source: SourceView | null, };
export type Directory = { 
/**
 * What people ask about.
 */
topics: Array<TopicView>, 
/**
 * Whom to refer to.
 */
agencies: Array<ReferralView>, 
/**
 * Where to go.
 */
offices: Array<OfficeView>, 
/**
 * Where to hear more.
 */
broadcasts: Array<BroadcastView>, };
/** The kinds of place of an outing, parted by blanks. */
export const PLACE_KINDS = "plaza sede_social establecimiento_educacional centro_de_salud edificio_municipal edificio_publico feria recinto_deportivo caleta_o_muelle terminal residencia domicilio otro";
/** The countries of ISO 3166-1 by their alpha-2 code, parted by blanks. */
export const COUNTRIES = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";
