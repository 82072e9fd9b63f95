# The staff's window: one dense page, few words.

staff-outing = { $place } · outing of { $date }
staff-outing-unplaced = Outing of { $date }, no place yet
staff-outing-none = No outing open
staff-network-online = Connected
staff-network-offline = No connection
staff-network-unknown = Connection not tried
staff-battery = Battery { $percent } %
staff-battery-mains = Battery { $percent } %, plugged in
staff-printer-ready = Printer ready
staff-printer-none = No printer
staff-printer-failed = Printer trouble
staff-printer-paper_low = Printer: little paper
staff-printer-out_of_paper = Printer out of paper
staff-printer-cover_open = Printer open
staff-printer-absent = Printer not found
staff-printer-unknown = Printer not tried
staff-theme-dark = Dark theme
staff-theme-light = Light theme
staff-contrast = High contrast
staff-language = Español
staff-warnings = Notices
staff-menu = Functions

menu-request = New request
menu-encounter = Quick encounter
menu-receipts = Receipts
menu-lookup = Look something up
menu-printer = Printer
menu-team = People of the team
menu-sync = Synchronise
menu-outing = Outing
menu-help = Help
menu-hand-over = Citizen's screen

warning-no-outing = No outing is open. What you enter will have no place.
warning-not-enrolled = This machine isn't enrolled. Enrol it with an office before attending.
warning-battery-low = The battery is low. Plug the machine in, or finish what you began. What was recorded is safe.
warning-battery-empty = The battery ends within minutes. Finish this encounter. What was recorded is safe.
warning-no-printer = There is no printer. Receipts appear on the screen.
warning-no-pin = This machine has no PIN. Set one before handing over the screen.
warning-wrong-pins = Before you came in there were wrong PINs under your code. If it was not you, change your PIN with F7.
warning-new-epoch = The earlier ledger was damaged and is set aside. The day goes on in a new one.
warning-ledger-bad = The ledger doesn't hold together. Delete nothing and tell the office: what was recorded is still here.
warning-escapes-bad = The citizen's screen has a way out open. Leave nobody alone with it and tell the office.
warning-disk-careful = Little space is left on this machine. Synchronise and tell the office.
warning-disk-bad = No space is left: nothing more can be entered. Tell the office.
warning-clock-careful = The time is unconfirmed: { $now }. If that is not now, set it right. Receipts will say so.
warning-clock-bad = This machine's time doesn't agree with the office's. It says { $now }. Check it.
warning-certificate-careful = This machine's certificate expires soon. Synchronise when you can.
warning-certificate-bad = This machine's certificate has expired. Go on attending and tell the office.
warning-seal-bad = This machine's encryption fails. Tell the office before attending.
warning-catalogue-careful = The catalogue is missing or more than three months old. Synchronise when you can.
warning-catalogue-bad = The catalogue is more than a year old. Confirm with the office what you tell people.
warning-calendar-careful = The calendar of holidays is more than a year old. Update the program.
warning-calendar-bad = The calendar of holidays is very old. Update the program and confirm deadlines with the office.
warning-keys-careful = The office's keys expire soon. Synchronise when you can.
warning-keys-bad = The office's keys have expired. Go on attending and tell the office.
warning-sync-careful = Not everything was synchronised for more than a week. Look for a network when you can.
warning-sync-bad = Not everything was synchronised for more than a month. Tell the office.
warning-mirror-careful = There is no copy on another card or stick. If the machine is lost, what was not sent is lost.
warning-mirror-bad = The copy on the card or stick is missing or does not match. Look at it: what was recorded is on this machine.
warning-memory-careful = The system may write memory to the disk. Ask the office to look at this machine.
warning-alarms-careful = There is a notice from the office about this ledger. Ask about it.

request-title = New request
request-kind = Kind of request
request-text = What the person says
request-topic = Topic
request-person = Who files
request-person-named = Person
request-person-organisation = Organisation
request-person-anonymous = Anonymous
request-behalf = Filed for somebody else
request-answer = Answer by
request-answer-correo = E-mail
request-answer-telefono = Telephone
request-answer-carta = Letter
request-answer-presencial = In person
request-answer-ninguno = None
request-more = More details
request-more-filled =
    { $count ->
        [one] 1 field filled in
       *[other] { $count } fields filled in
    }
request-more-what = another contact, country, documents, who attends
request-representative = Representative
request-affected = Person affected
request-assisted-by = Attended by
request-assisted-by-hint = code
request-paper = If on paper, its date
request-paper-hint = dd/mm/yyyy hh:mm
request-notice = The person heard the privacy notice
request-will = The person confirms that it is their will
request-notice-needed = Read the privacy notice to the person before saving.
request-will-needed = Ask the person to confirm their will.
request-save = Save and print
request-save-plain = Save
request-clear = Clear
request-saved = Saved
request-errors =
    { $count ->
        [one] 1 detail to correct
       *[other] { $count } details to correct
    }
request-disk-full = This machine has no room left. Begin no other request: use paper and tell the office.

encounter-title = Quick encounter
encounter-matter = What it was about
encounter-matter-hint = Type a few letters and choose, or touch a topic.
encounter-sheets = Sheets that answer
encounter-topics = Topics
encounter-outcome = What came of it
encounter-outcome-informed = Informed
encounter-outcome-referred = Referred
encounter-outcome-request_filed = Filed a request
encounter-outcome-came_in_vain = Came in vain
encounter-referred-to = To which body
encounter-referred-hint = Type to shorten the list.
encounter-refer-anyway = Refer to that body
encounter-referred = Referred to { $body }
encounter-saved = Encounter recorded: { $matter }. { $outcome }.
encounter-undo = Undo ({ $seconds } s)
encounter-undone = Encounter voided. It stays written that it was a mistake.
encounter-kind = Kind, if a request was filed
encounter-profile = Profile of the person, for statistics (optional)
encounter-profile-none = The office has not given the key for statistics yet. Encounters are recorded without a profile.
encounter-profile-unasked = Not asked
encounter-consent-read = Read this to the person:
encounter-consent-given = The person agrees
encounter-profile-lost = The encounter was recorded, without the profile: the office's key is missing.

receipts-title = Receipts
receipts-folio = Folio
receipts-control-code = Control code
receipts-control-code-use = It is on the person's paper. Without it, the office asks them first.
receipts-copy = Print a copy
receipts-copy-sheets = Print copy on a sheet
receipts-reprint = Print the last one again
receipts-explain = Explain the deadline
receipts-add = Add to the request
receipts-add-text = What is added
receipts-added = Added
receipts-added-unproven = Added. The office confirms it with the person.
receipts-withdraw = Withdraw the request
receipts-withdraw-reason = Why it is withdrawn
receipts-withdrawn = Request withdrawn
receipts-withdrawn-unproven = Withdrawal noted. The office confirms it with the person.
receipts-request = The request
receipts-paper = Copy, deadline and attachments
receipts-more = Add something
receipts-back = Withdraw it
records-title = Latest records
records-note = Voiding erases nothing: the office sees the record and why it was voided.
records-none = This outing has no records yet.
records-kind-encounter = Encounter
records-kind-request = Request
records-kind-addition = Addition
records-kind-withdrawal = Withdrawal
records-void = Void
records-void-one = Void { $record }
records-void-now = Void this record
records-void-reason = Why it is voided
records-is-void = Voided
records-voided = Record voided: { $record }
receipts-verify = Verify a receipt
receipts-verify-hint = Address or code of the QR
receipts-verify-action = Verify
verdict-genuine = Genuine
verdict-revoked_device = Genuine, of a revoked machine
verdict-unknown_signer = Signed by a machine that we don't know
verdict-false = False: don't accept it
receipts-printed = Copy printed
due-promise = Promise: { $date }
due-legal = Legal limit: { $date }
due-counted = Days counted
due-skipped = Days skipped
due-uncounted = This machine's time didn't match. The office shows the days counted.
due-none = No answer was asked for: nothing falls due.
why-saturday = Saturday
why-sunday = Sunday
why-presentation-day = deemed presented
why-holiday = holiday

printer-title = Printer
printer-target = Address or device
printer-target-hint = 192.168.1.50:9100 or /dev/usb/lp0
printer-paper = Paper width
printer-paper-58 = 58 mm
printer-paper-80 = 80 mm
printer-speed = Speed of the serial cable
printer-speed-system = The system's
printer-speed-note = The same as the printer has: its own test page says it. With another it prints odd signs.
printer-cutter = Cut of the paper
printer-cutter-none = No cutter
printer-cutter-partial = Partial
printer-cutter-full = Full
printer-cutter-note = Without a cutter the paper comes out longer, to be torn by hand. The partial cut leaves it hanging by one edge.
printer-save = Save printer
printer-remove = Remove printer
printer-test = Print a test
printer-saved = Printer saved
printer-state-ready = Ready to print
printer-state-paper_low = Little paper is left
printer-state-out_of_paper = Out of paper
printer-state-cover_open = The cover is open
printer-state-failed = The printer tells of a problem
printer-state-absent = The printer is not found
printer-state-unknown = The printer doesn't say how it is: print a test
printer-tested = Test printed. Check that it reads well.
printer-sent = Sent to the printer. See that it comes out.

# How many papers are printed at once.
papers-title = How many papers come out
papers-note = The first paper is the person's and carries their key. The others are copies for the office, without a key. Acts come out alike, to be signed.
papers-receipt = Of each receipt
papers-act = Of each closing act
papers-save = Save numbers
papers-saved = Numbers saved

# The poster, and what is saved on a stick.
poster-heading = Poster for the citizens
poster-about = A sheet to hang beside the screen. It says what can be done, how, and where to see how a request is doing.
poster-language = Language of the poster
poster-print = Print poster
poster-printed = Poster printed
poster-not-printed = The poster was not printed. It is under “Not printed”.
poster-save = Save poster on a stick
poster-saved = The poster is on “{ $name }”, under the name { $file }. You can take the stick out now.
save-no-stick = There is no stick. Put one in and touch again.
save-on = Save on { $name }

sheets-title = Printer of sheets
sheets-note = Prints sheets of the catalogue, acts and copies on letter paper, through a print queue. A receipt never goes through it: it carries the person's key.
sheets-target = Address of the queue
sheets-target-hint = ipp://localhost/printers/office
sheets-save = Save printer of sheets
sheets-remove = Remove printer of sheets
sheets-test = Print a test on a sheet

# What did not come out of a printer, offered again until it does.
unprinted-title = Not printed: { $count }
unprinted-receipt = Receipt { $folio }
unprinted-copy = Copy of the receipt { $folio }
unprinted-sheet = Sheet: { $title }
unprinted-act = Act: { $place }
unprinted-poster = Poster for the citizens
unprinted-left =
    { $count ->
        [one] One paper is missing.
       *[other] { $count } papers are missing.
    }
unprinted-tries =
    { $count ->
        [one] One try
       *[other] { $count } tries
    }
unprinted-again = Print again
unprinted-drop = Don't print it any more
unprinted-print-absent = We didn't find the printer. Check that it is switched on and connected.
unprinted-print-refused = The printer didn't accept the job. Check its address.
unprinted-print-timeout = The printer didn't answer in time. Check the paper and the cover.
unprinted-print-partial = The printer stopped half way. Take that paper out.
unprinted-print-out-of-paper = The printer has no paper.
unprinted-print-cover-open = The printer's cover is open.
unprinted-print-no-pdf = That print queue takes no PDF. Choose another.
unprinted-stand-error-no-printer = No printer is chosen.
unprinted-stand-error-only-sheets = No receipt printer is chosen.
unprinted-stand-error-no-queue = No printer of sheets is chosen.
unprinted-print-failed = The printer tells of a problem. Look at it.

sync-title = Synchronise
sync-start = Synchronise now
sync-cancel = Stop
sync-idle = Everything is kept on this machine. It is sent by itself when there is a connection.
sync-empty = Nothing is left to send.
sync-running = Sending
sync-records = { $sent } of { $total } records
sync-bytes = { $bytes } sent
sync-rate = { $rate } a second
sync-left = { $time } left
sync-again = The connection failed and nothing was lost. Trying again in { $time }
sync-left-seconds = { $count } s
sync-left-minutes = { $count } min
sync-done =
    { $sent ->
        [0] Synchronised at { $time }: there was nothing to send
        [one] Synchronised at { $time }: one record was sent
       *[other] Synchronised at { $time }: { $sent } records were sent
    }
sync-cancelled = Stopped. What was sent stays sent; the rest is still here.
sync-last = Last synchronised: { $date }
sync-never = This machine hasn't synchronised yet.
sync-error-other = It couldn't synchronise. Everything is still kept here.

attach-open = Attach a photo or PDF
attach-title = Attachments
attach-count = { $count } of { $max }
attach-full = It has all that it can have.
attach-no-source = There is no camera, USB stick or card. Connect one and look again.
attach-camera = Take a photo
attach-camera-named = Take a photo with { $name }
attach-media = Choose from { $names }
attach-again = Look again
attach-files = Photos and PDF, the newest first
attach-files-newest = The newest. There are more: leave only those needed and choose again.
attach-no-files = There are no photos or PDF there.
attach-file = File
attach-size = Size
attach-date = Date
attach-busy = Preparing the file…
attach-look-picture = Look at the photo before you keep it
attach-look-pages = Keep this PDF?
attach-look-alt = The photo, as it would be kept
attach-for = For folio { $folio }.
attach-made = From { $before } to { $after }, without metadata: no place, date or phone.
attach-pages = It has { $size } and is kept as it is.
attach-name = What it is
attach-name-hint = For example: the water bill
attach-keep = Keep
attach-retake = Take another
attach-drop = Discard
attach-kept = Attachment kept: { $count } of { $max }. It is sent after the request.
refusal-nothing-handed = There is no file to keep any more. The request is as it was: take or choose it again.

media-free = { $bytes } free
media-busy = Writing… Do not pull it out yet.
media-file-unknown-signer =
    { $count ->
        [one] One file is not of your office and was not taken.
       *[other] { $count } files are not of your office and were not taken.
    }
media-file-damaged =
    { $count ->
        [one] One file is damaged and was not taken.
       *[other] { $count } files are damaged and were not taken.
    }
media-file-unreadable =
    { $count ->
        [one] One file could not be read.
       *[other] { $count } files could not be read.
    }
media-file-unfinished =
    { $count ->
        [one] One file is unfinished: the medium was pulled out too early.
       *[other] { $count } files are unfinished: the medium was pulled out too early.
    }
stick-title = USB stick or card
stick-lead = Take what waits to the office without a network. Nothing is deleted here.
stick-none = None is connected. Connect one and it shows up here. On a locked machine its name must begin with OIRS.
stick-which = Which
stick-save = Save what waits
stick-read-action = Read the office's answer
stick-version = Take version { $version }
stick-version-taken = Version { $version } is ready. It goes in by itself with the outing closed, when nobody uses the machine, or when it is turned on.
stick-on-usb =
    { $count ->
        [one] One record is on a stick already and waits for the office's answer.
       *[other] { $count } records are on a stick already and wait for the office's answer.
    }
stick-saved =
    { $count ->
        [one] One record is on it.
       *[other] { $count } records are on it.
    }
stick-saved-attachments =
    { $count ->
        [one] One attachment is on it.
       *[other] { $count } attachments are on it.
    }
stick-saved-nothing = There are no records to take: the office has all of them.
stick-saved-here = They stay on this machine as well until the office answers.
stick-out = You can pull it out now.
stick-read =
    { $count ->
        [one] The office confirmed one record.
       *[other] The office confirmed { $count } records.
    }
stick-read-attachments =
    { $count ->
        [one] It confirmed one attachment.
       *[other] It confirmed { $count } attachments.
    }
stick-read-none = It brings no answer for this machine. Nothing changed.
stick-read-nothing-new = It brings nothing new. Nothing changed.
stick-read-held =
    { $count ->
        [one] Its answer to one record is missing: it is still kept here.
       *[other] Its answer to { $count } records is missing: they are still kept here.
    }
stick-read-all = No record is left without an answer.

mirror-title = Copy on another medium
mirror-lead = If this machine is lost, the copy brings back what was recorded. It is sealed: nobody can read it.
mirror-state-off = There is no copy
mirror-state-unknown = Comparing the copy…
mirror-state-current = The copy is complete
mirror-state-behind = Copying the latest
mirror-state-absent = The copy is absent: put the card or stick back in
mirror-state-full = The copy has no room: use a larger medium
mirror-state-read_only = The copy can't be written: check the card's lock
mirror-state-failed = The copy failed: check the medium and tell the office
mirror-place = On { $name }
mirror-whole = Last complete: { $date }
mirror-behind =
    { $count ->
        [one] One record may be missing on it
       *[other] { $count } records may be missing on it
    }
mirror-same-disk = It is on the same disk as this machine and would be lost with it. Choose a stick or a card.
mirror-check = Check now
mirror-use = Copy to { $name }
mirror-off = Copy no more

carry-title = The copy of a lost machine
carry-none = Connect its card or stick: here you can hand what it kept to the office. It arrives sealed.
carry-there =
    { $count ->
        [one] On { $name } there are records of another machine.
       *[other] On { $name } there are records of { $count } other machines.
    }
carry-send = Send to the office
carry-copy = Copy to { $name }
carry-busy = Handing over… Do not pull it out yet.
carry-sent = The office has everything that was there. Nothing is there twice.
carry-copied = Everything is on { $name } as well: take it to the office.
carry-part = A part was handed over. The rest is still there.
carry-nothing = There are no records to hand over.
carry-again = What was handed over stays so. Repeat when you can: nothing arrives twice.
carry-attachments =
    { $count ->
        [one] One attachment goes along.
       *[other] { $count } attachments go along.
    }
carry-quarantined = The office keeps a part apart to look at it. Nothing was lost.
carry-missing = Earlier records are missing that are not there. Tell the office.

outing-title = Outing
outing-place = Place
outing-place-hint = Name of the place and locality
outing-place-kind = Kind of place
outing-place-kind-unsaid = Not said
outing-goal = Goal of encounters
outing-goal-wrong = Write the goal in digits only, from 1 to { $max }. The rest is still here.
outing-open = Open outing
outing-close = Close outing
outing-since = Opened on { $date }
outing-team = Attending: { $team }
outing-unplaced = This outing opened by itself. Say where you are: it closes with its act and another begins with a place.
outing-who = Who attends
outing-who-hint = Whoever opens the outing is always on the list.
outing-share = Share with another stand
outing-share-how = The other stand reads this code under «Join another stand's outing». It needs no network.
outing-share-hide = Hide the code
outing-qr = QR code of this outing
outing-join-title = Join another stand's outing
outing-join-code = The outing's code
outing-join-hint = Read it with a code scanner, or paste its text.
outing-join = Join
outing-join-anyway = Join anyway
outing-joined = This machine is part of the outing now.
outing-joined-unknown = It doesn't know yet the stand that shared it: synchronise when you can.
outing-joined-other-day = The other stand has another date: check the time of both machines.
outing-close-note = Closing keeps the day's summary in the ledger.
acts-title =
    { $count ->
        [one] One earlier act
       *[other] { $count } earlier acts
    }
act-unplaced = Outing without a place
act-encounters = Encounters
act-requests = Requests
act-additions = Texts added
act-withdrawals = Withdrawals
act-voids = Voids
act-voided-encounters = Encounters
act-voided-requests = Requests
act-profiles = Profiles
act-surveys = Surveys drawn
act-survey-answered = Answered
act-survey-refused = Refused
act-survey-broken_off = Broken off
act-survey-lapsed = Not taken up
act-receipts = Receipts printed
act-copies = Copies
act-held =
    { $count ->
        [one] One record was only on this machine
       *[other] { $count } records were only on this machine
    }
act-not-certified = The office has not certified this closing yet
act-seal = Records in the ledger: { $count }. Seal: { $head }
act-code = QR code of the act
act-code-show = Show the code
act-code-how = Another stand reads it under “Add up closings”. It needs no network.
act-print = Print the act
act-print-sheets = Print the act on a sheet
act-printed = Act printed
act-not-printed = The act was not printed. It is kept, and stands under “Not printed”.
act-partly-printed = The act came out, but papers are missing. They are under “Not printed”.
act-save = Save act on a stick
act-saved = The act is on “{ $name }”, under the name { $file }. You can take the stick out now.

manual-title = Help
manual-page = What do you want to read
manual-troubles = Troubles and remedies
manual-booklet = The team's booklet
manual-check = See how this machine is
manual-language = The manual is in Spanish.

read-code = Read with the camera
read-code-outing = Show the camera the outing's QR
read-code-act = Show the camera the act's QR
read-code-receipt = Show the camera the receipt's QR
read-code-how = Bring it closer until it nearly fills the picture, with light and no reflections. No picture is kept.
read-code-sight = What the camera sees
read-code-waits = Opening the camera…
read-code-other = Another camera
read-code-stop = Cancel
read-code-no-camera = This machine has no camera that can be used. Use a code scanner, or paste the code's text.

sum-title = Add up closings
sum-how = Adds up the acts of the stands that shared the outing. Each act is verified before it is added.
sum-code = The act's code
sum-code-hint = Read it with a code scanner, or paste its text.
sum-add = Add the act
sum-own = This stand, { $prefix }
sum-stand = Stand { $prefix }
sum-unknown = Unknown stand
sum-counted = Added
sum-counted-revoked = Added, of a revoked machine
sum-why-not_an_act = Not the code of an act
sum-why-unknown_signer = Not added: this machine doesn't know that stand yet. Synchronise.
sum-why-false = False: not added
sum-why-twice = Already in the sum
sum-why-other_outing = Of another outing: not added
sum-drop = Remove
sum-drop-named = Remove act { $number }
sum-total =
    { $count ->
        [0] No act added
        [one] One act added
       *[other] { $count } acts added
    }

hand-over-title = Hand over the screen
hand-over-body = The team's window hides. You need the PIN to take it back.
hand-over-how = Hold the mark at the top for three seconds, or press Ctrl + Shift + F10.
hand-over-action = Hand over to citizens
take-back-title = Take back the screen
take-back-body = For the team only. What is on the screen is erased.

unlock-title = The PIN is needed

counter-encounters = encounters
counter-requests = requests
counter-goal = of the goal
counter-surveys = surveys
survey-waiting =
    { $count ->
        [one] One person is invited to the survey.
       *[other] { $count } people are invited to the survey.
    }
survey-waiting-note = It is answered alone: give the screen away with F10.
survey-gone = They have gone
queue-title = To be sent
queue-amount =
    { $count ->
        [one] { $records } record · { $bytes }
       *[other] { $records } records · { $bytes }
    }
queue-none = Everything sent
queue-note = Everything is kept on this machine. It is sent by itself when there is a connection.
today-title = Today's folios
today-folio = Folio
today-kind = Kind
today-time = Time
today-state = State
today-none = No requests yet today.
today-all = Show all of today
today-held = to be sent
today-sent = arrived
today-copy-of = See { $folio }

# A new machine, and its PIN.
enrol-title = Enrol this machine
enrol-lead = The office gave you a code or a QR. This machine is enrolled once, with a connection.
enrol-code = Enrolment code
enrol-code-hint = It has 32 letters and digits. The whole text of the QR will do as well.
enrol-central = The office's address
enrol-central-hint = For example: https://oirs.example.cl
enrol-action = Enrol
enrol-asking = Asking the office…
new-pin = New PIN
new-pin-again = The same PIN again
new-pin-hint = 4 to 12 digits. It takes the screen back. It does not open what people wrote.
new-pin-differs = It is not the same as the first.
new-pin-action = Save PIN
lookup-attend = Record the encounter
lookup-print = Print the sheet
lookup-print-sheets = Print on a sheet
lookup-printed = Sheet printed
lookup-not-printed = The sheet wasn't printed. It stands under “Not printed”.

# Who works at this stand, by code.
people-title = People of the team
people-lead = Each person has a code and a PIN. No names are kept here: the office knows whose code it is.
people-acting = { $code } is acting now.
people-acting-none = Nobody has entered their PIN.
people-change = Change person
people-role = What they may do
people-role-team = Team
people-role-leader = Leader
people-locked = PIN locked
people-new-pin = New PIN
people-new-pin-of = New PIN for { $code }
people-to-leader = Make leader
people-to-leader-of = Make leader: { $code }
people-to-team = Take the lead away
people-to-team-of = Take the lead away from { $code }
people-now-leader = { $code } is a leader now.
people-now-team = { $code } is no leader any more and stays in the team.
people-remove = Remove
people-remove-of = Remove { $code }
people-remove-sure = Remove? Their PIN stops working.
people-removed = { $code } no longer works at this stand. What they recorded is kept.
people-add-title = Add a person
people-add = Add
people-added = { $code } can work at this stand now.
people-pin-set = { $code } has a new PIN.
people-code = Code
people-code-hint = Up to 12 letters, digits or hyphens. Don't use the person's name.

# A leader whose PIN opens nothing any more, in either window.
telephone-title = Unlock by telephone
telephone-offer = Forgot your PIN? The office can help you by telephone, without a network. What was recorded is kept.
telephone-read = Call the office. Read out your code and this code, sign by sign. Type the response they give you.
telephone-person = Your code
telephone-challenge = Code to read out
telephone-line = The office's telephone
telephone-response = The office's response
telephone-enter = Save PIN and enter

# The stand at the start of a day.
device-title = This machine
device-all-good = All in order
device-some-careful =
    { $count ->
        [one] 1 thing to look at
       *[other] { $count } things to look at
    }
device-some-bad =
    { $count ->
        [one] 1 thing to mend
       *[other] { $count } things to mend
    }
device-good = Good
device-careful = Look at it
device-bad = Mend it
device-all = What it carries and how it is ({ $count })
device-test = Test again
device-tests = Testing…
device-tested = The test is done.
