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
menu-sync = Synchronise
menu-outing = Outing
menu-hand-over = Citizen's screen

warning-no-outing = No outing is open. What you enter will have no place.
warning-not-enrolled = This machine isn't enrolled. Enrol it with an office before attending.
warning-battery-low = The battery is low. Plug the machine in, or finish what you began. What was recorded is safe.
warning-battery-empty = The battery ends within minutes. Finish this encounter. What was recorded is safe.
warning-no-printer = There is no printer. Receipts appear on the screen.
warning-no-pin = This machine has no PIN. Set one before handing over the screen.
warning-new-epoch = The earlier ledger was damaged and is set aside. The day goes on in a new one.
warning-disk-careful = Little space is left on this machine. Synchronise and tell the office.
warning-disk-bad = No space is left: nothing more can be entered. Tell the office.
warning-clock-careful = The time is unconfirmed. Receipts will say so.
warning-clock-bad = This machine's time doesn't agree with the office's. Check it.
warning-certificate-careful = This machine's certificate expires soon. Synchronise when you can.
warning-certificate-bad = This machine's certificate has expired. Go on attending and tell the office.
warning-seal-careful = This machine's encryption needs a look. Tell the office.
warning-seal-bad = This machine's encryption fails. Tell the office before attending.
warning-catalogue-careful = The catalogue is missing or more than three months old. Synchronise when you can.
warning-catalogue-bad = The catalogue is more than a year old. Confirm with the office what you tell people.
warning-calendar-careful = The calendar of holidays ends this year. Tell the office.
warning-calendar-bad = The calendar of holidays has ended. Tell the office.
warning-keys-careful = The office's keys expire soon. Synchronise when you can.
warning-keys-bad = The office's keys have expired. Go on attending and tell the office.
warning-sync-careful = Not everything was synchronised for more than a week. Look for a network when you can.
warning-sync-bad = Not everything was synchronised for more than a month. Tell the office.
warning-mirror-careful = There is no copy on another card or stick. If the machine is lost, what was not sent is lost.
warning-mirror-bad = The copy on the card or stick is missing or does not match. Look at it: what was recorded is on this machine.
warning-memory-careful = The system may write memory to the disk. Ask the office to look at this machine.
warning-memory-bad = The system may write memory to the disk. Ask the office to look at this machine.
warning-alarms-careful = There is a notice from the office about this ledger. Ask about it.
warning-alarms-bad = The office found a problem with this ledger. Ask about it today.

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
request-due = Due on
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
receipts-void = Undo the last record
receipts-void-reason = Why it is undone
receipts-voided = Record undone
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

outing-title = Outing
outing-place = Place
outing-place-hint = Square, community centre, locality
outing-goal = Goal of encounters
outing-open = Open outing
outing-close = Close outing
outing-since = Opened on { $date }
outing-close-note = Closing keeps the day's summary in the ledger.
outing-opened = Outing open
outing-closed = Outing closed
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
act-print = Print the act
act-printed = Act printed
act-not-printed = The act was not printed. It is kept: look at the paper and try again.

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
today-voided = undone
today-withdrawn = withdrawn
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
lookup-printed = Sheet printed
lookup-not-printed = The sheet wasn't printed. Check the paper and the printer.
