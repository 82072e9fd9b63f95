# The closing act and the office's certificate of it: numbers of an outing, nothing of a person.

act-title = Closing act of the outing
act-document = Closing act { $stand }
act-place = Place
act-place-unknown = The team named no place
act-opened = Opened
act-closed = Closed

act-section-encounters = People attended
act-section-requests = Requests
act-section-records = Other records
act-section-surveys = Survey
act-section-papers = Papers
act-section-whereabouts = Where the records are

act-encounters = In all: **{ $count }**
act-informed = Informed: **{ $count }**
act-referred = Sent to another body: **{ $count }**
act-request-filed = With a request: **{ $count }**
act-came-in-vain = Could not be helped: **{ $count }**
act-requests = In all: **{ $count }**
act-consulta = Questions: **{ $count }**
act-felicitacion = Praise: **{ $count }**
act-opinion = Opinions: **{ $count }**
act-peticion = Petitions: **{ $count }**
act-reclamo = Complaints: **{ $count }**
act-sugerencia = Suggestions: **{ $count }**
act-additions = Texts added: **{ $count }**
act-withdrawals = Withdrawals: **{ $count }**
act-voids = Voids: **{ $count }**
act-profiles = Profiles: **{ $count }**
act-drawn = People drawn: **{ $count }**
act-answered = Answered: **{ $count }**
act-refused = Refused: **{ $count }**
act-broken-off = Did not finish: **{ $count }**
act-lapsed = Nobody took it up: **{ $count }**
act-receipts-printed = Receipts sent to the printer: **{ $count }**
act-copies = Copies made: **{ $count }**
act-held = Only on this machine: **{ $count }**
act-carried = Of those, also on another medium: **{ $count }**
act-acknowledged = Confirmed by the office: **{ $count }**
act-quarantined = Of those, in quarantine: **{ $count }**
act-attachments-waiting = Files to be sent: **{ $count }**

act-held-only-here = { $count ->
    [0] At the closing the office already had every record.
    [one] **{ $count } record is still only on this machine.** Look after the machine until it has synced.
   *[other] **{ $count } records are still only on this machine.** Look after the machine until it has synced.
}
act-not-reconciled = The office has not certified this closing yet. It will after the sync.
act-seal = Records in the ledger: { $count }. Seal: { $head }
act-code-use = With this code another stand or the office checks the act.
act-code-alternative = QR code of the closing act

# One line, with all that explains it.
certificate-none = The office has not certified this closing yet.
certificate-zero = Difference: zero.
certificate-difference = Difference: { $list }.
certificate-item = { $what }: the act says { $stated } and the office opened { $counted }
certificate-unopened = { $count ->
    [one] The office could not open { $count } record.
   *[other] The office could not open { $count } records.
}
certificate-quarantined = { $count ->
    [one] { $count } record is in quarantine and is worked all the same.
   *[other] { $count } records are in quarantine and are worked all the same.
}
certificate-apart = { $count ->
    [one] { $count } more record is on another branch of this ledger.
   *[other] { $count } more records are on another branch of this ledger.
}
counted-requests = requests
counted-encounters = people attended
counted-profiles = profiles
counted-additions = texts added
counted-withdrawals = withdrawals
counted-voids = voids
counted-encounters-informed = people informed
counted-encounters-referred = people sent to another body
counted-encounters-request-filed = people with a request
counted-encounters-came-in-vain = people who could not be helped
counted-requests-consulta = questions
counted-requests-felicitacion = praise
counted-requests-opinion = opinions
counted-requests-peticion = petitions
counted-requests-reclamo = complaints
counted-requests-sugerencia = suggestions
counted-other = another number

# The reason of a void that the team made within the seconds of undoing.
undo-reason = Undone by the team within seconds
