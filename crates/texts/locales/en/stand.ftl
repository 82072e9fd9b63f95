# What a use case of the stand can fail with: what happened, that nothing was lost, what to do.

stand-error-input = Some data must be corrected. Nothing of this entry was saved.
stand-error-not-enrolled = This device is not enrolled at an office yet. Enrol it with the code that the office gives you.
stand-error-already-enrolled = This device is enrolled already. Nothing was changed.
stand-error-enrolment-code = The enrolment code is mistyped. Check every character and try again.
stand-error-enrolment-untrusted = The office that answered is not the one that gave the code. Do not enrol the device, and tell the office.
stand-error-enrolment-refused = The office did not accept the code. It may have expired or been used: ask for another.
stand-error-pin-needed = This function needs your PIN.
stand-error-pin-wrong = { $seconds ->
    [0] The PIN is not right. Try again.
    [one] The PIN is not right. Wait { $seconds } second and try again.
   *[other] The PIN is not right. Wait { $seconds } seconds and try again.
}
stand-error-pin-delayed = { $seconds ->
    [one] There were several wrong PINs. Wait { $seconds } second and try again.
   *[other] There were several wrong PINs. Wait { $seconds } seconds and try again.
}
stand-error-not-an-outing = That is not the code of an outing. Scan all of it again.
stand-error-outing-false = The outing's code was altered. Don't join, and tell the office.
stand-error-other-office = That outing is another office's.
stand-error-outing-signer-unknown = This machine does not know yet the stand that shares the outing. Sync, or join on your own responsibility.
stand-error-outing-signer-revoked = The stand that shares the outing is revoked. Tell the office.
stand-error-pin-form = The PIN must have 4 to 12 digits.
stand-error-pin-locked = There were ten wrong PINs in a row. A leader can give a new one. If you are the leader, call the office. You can go on attending.
stand-error-leader-needed = This function needs a leader's PIN.
stand-error-staff-code = The code must have 1 to 12 letters, digits or hyphens, without accents or spaces.
stand-error-unknown-person = Nobody works at this stand with that code. Check the spelling.
stand-error-person-exists = That code is somebody else's already. Choose another.
stand-error-last-leader = This is the stand's only leader. Name another one first.
stand-error-team-full = The list of people is full. Enrol the machine anew to begin another.
stand-error-unlock-code = That code is misspelt. Ask for it to be read again.
stand-error-no-challenge = No code waits for a response. Ask for a new one and call the office.
stand-error-response-wrong = { $seconds ->
    [0] The response is wrong. Check the code that you read out and your person's code.
    [one] The response is wrong. Wait { $seconds } second and try again.
   *[other] The response is wrong. Wait { $seconds } seconds and try again.
}
stand-error-response-delayed = { $seconds ->
    [one] There were several wrong responses. Wait { $seconds } second and try again.
   *[other] There were several wrong responses. Wait { $seconds } seconds and try again.
}
stand-error-no-unlock-key = This machine can't be unlocked by telephone. Enrol it anew when you are back at the office.
stand-error-unknown-folio = No request on this device has that number. Check how it is written.
stand-error-not-a-receipt = That is not the code of a receipt. Check that it is complete.
stand-error-undo-over = The seconds for undoing are over. Nothing changed: the record can still be declared void.
stand-error-unknown-act = There is no act of that number on this machine. Look at the list of acts.
stand-error-not-an-act = That is not the code of a closing act. Check that it is complete.
stand-error-catalogue-unreadable = The catalogue that came can't be read by this program. Your records are safe: update the program.
stand-error-survey-unreadable = The survey that came can't be read by this program. Your records are safe: update the program.
stand-error-no-invitation = That invitation is not waiting: it was used, it passed on, or there is no survey.
stand-error-survey-answer = The answer does not fit the survey. Nothing was kept.
stand-error-unknown-sheet = That sheet is not in this machine's catalogue. Look for it by its name.
stand-error-no-code-in-picture = No code can be seen in the picture. Take another one from closer and with light.
stand-error-receipt-not-drawn = The receipt could not be drawn. The request is saved.
stand-error-print-failed = It could not be printed. Nothing was lost: check the paper and the connection.
stand-error-paper-count = From 1 to 3 papers are printed at once. Nothing changed: choose another number.
stand-error-no-printer = No printer is chosen. Choose one in the settings.
stand-error-only-sheets = There is only a printer of sheets. A receipt carries the person's key and goes through no print queue. Choose a receipt printer.
stand-error-no-queue = No printer of sheets is chosen. Choose one in the settings.
stand-error-bad-queue = This is not the address of a print queue. Write it as ipp://computer/printers/name.
stand-error-queue-for-receipts = This is the address of a print queue. A receipt carries the person's key and goes through no queue. Write it at the printer of sheets.
stand-error-disk-full = The disk is almost full. What was saved is safe: make room before going on.
stand-error-in-use = Another program is using this data. Close it and try again.
stand-error-medium-full = The medium has no room. Nothing on this machine changed. Make room or use another.
stand-error-medium-read-only = The medium is locked or can't be written to. Nothing on this machine changed. Check its lock or use another.
stand-error-medium-gone = There is no medium or folder there. Nothing on this machine changed. Put it in again and repeat.
stand-error-medium-failed = The medium failed. Nothing on this machine changed. Take it out, put it in again and repeat, or use another.
stand-error-too-large = A file on the medium is larger than anything expected. It was not taken.
stand-file-unknown-signer = Another office signed it, or nobody that this stand knows. It was not taken.
stand-file-damaged = It is cut short or altered. It was not taken.
stand-file-unreadable = It could not be read. Put the medium in again and repeat.
stand-error-date-outside-calendar = That date or period is outside the calendar, which goes from 2024 to 2100.
stand-error-newer-database = The data belong to a newer version of the program. They were not touched: update the program.
stand-error-foreign-database = The data belong to another device. They were not touched: check the data folder.
stand-error-damaged-database = The database is damaged. It was set aside and nothing was deleted: tell the office.
stand-error-no-outing = No outing is open.
stand-error-outing-open = An outing is open already. Close it before opening another.
stand-error-ledger = The ledger could not be used. What was saved did not change: tell the office.
stand-error-bad-file = A file of the device can't be read. What was saved did not change: tell the office.
stand-error-file-system = The system refused to read or write. What was saved did not change: check the disk and permissions.
stand-error-central-address = The office's address is of no use. It must begin with https://.

# Attachments
stand-error-attachment-empty = The file is empty. Nothing was kept; choose another.
stand-error-attachment-too-large = The file is too large. Nothing of it was kept; the request stays as it is.
stand-error-attachment-video = It is a video, and only pictures and PDF are taken. Nothing of it was kept.
stand-error-attachment-audio = It is a sound, and only pictures and PDF are taken. Nothing of it was kept.
stand-error-attachment-heic = It is a HEIC or AVIF picture. Set the telephone to JPEG ("most compatible") and take it again.
stand-error-attachment-other-picture = That picture format is not taken. JPEG, PNG and WebP are.
stand-error-attachment-animated = The picture moves, and only still ones are taken. Nothing of it was kept.
stand-error-attachment-archive = It is an archive. Attach the pictures or the PDF one by one.
stand-error-attachment-document = It is a document of another program. Save it as PDF and attach that.
stand-error-attachment-program = It is a program, and is not taken. Nothing of it was kept.
stand-error-attachment-markup = It is a page or drawing made of text, and is not taken. Pictures and PDF are.
stand-error-attachment-unknown = Nobody knows what this file is. Pictures in JPEG, PNG or WebP are taken, and PDF.
stand-error-attachment-too-many-dots = The picture has too many dots. Take it with a lower resolution.
stand-error-attachment-damaged = The file is damaged or incomplete. Nothing of it was kept; try another.
stand-error-attachment-pdf-encrypted = The PDF asks for a password. Save it without one and attach that.
stand-error-attachment-pdf-active = The PDF holds programs or other files. Print it to PDF and attach that.
stand-error-attachment-not-sealed = The file could not be sealed. Nothing of it was kept; the request stays as it is.
stand-error-too-many-attachments = The request has as many attachments as it may.
stand-error-attachments-too-large = The attachments of the request would be too large in all. This one was not kept.
stand-error-camera-none = No camera is connected to this machine.
stand-error-camera-failed = The camera gave no picture. Check that nothing else uses it and try again.
stand-error-code-not-seen = No code was seen within a minute. Bring it closer, with light and no reflections, and try again.
stand-error-other-code-seen = The camera saw the code of something else. Show it the right one and try again.
stand-error-attachment-file = The file could not be read. Check that it exists and that the stick is still in.

stand-error-update-none = There is no new version there. Nothing has changed.
stand-error-update-unsigned = Nobody who may has signed this version. It was not installed and nothing has changed. Tell the office.
stand-error-update-foreign = This version is another office's, or its signer may not publish. It was not installed and nothing has changed.
stand-error-update-damaged = This version was cut short or altered. It was not installed and nothing has changed. Copy it again.
stand-error-update-older = This version is not newer than the one on this computer. It was not installed and nothing has changed.
stand-error-update-ledger = This version can't read what is on this computer. It was not installed and nothing has changed. Tell the office.
stand-error-update-package-missing = The package of this version is missing. It lies beside the signed file, under the same name. Nothing has changed.
stand-error-update-rehearsal = The new version failed when it was tried on a copy. It was not installed and nothing has changed. Tell the office.
stand-error-update-not-alive = The new version did not answer. The computer went back to the one before and nothing was lost. Tell the office.
stand-error-update-no-way-back = The version before can't read what is on this computer any more. The computer did not go back. Tell the office.

# Kinds of place of an outing
place-kind-plaza = Square or street
place-kind-sede_social = Neighbours’ seat
place-kind-establecimiento_educacional = School or nursery
place-kind-centro_de_salud = Health centre or rural post
place-kind-edificio_municipal = Municipal building
place-kind-edificio_publico = Another public building
place-kind-feria = Market or fair
place-kind-recinto_deportivo = Gymnasium or sports ground
place-kind-caleta_o_muelle = Fishing cove or pier
place-kind-terminal = Terminal or station
place-kind-residencia = Residence or care home
place-kind-domicilio = Home
place-kind-otro = Another place
place-kind-later = A kind of place that this program does not know: { $number }
