# The public pages: a receipt's state, the form for number and code, and the check of a receipt.

public-brand = OIRS en Terreno
public-other-language = Español
public-other-language-label = Leer esta página en español
public-skip = Skip to content
public-footer = Office of Information, Complaints and Suggestions
public-privacy = This page shows neither your name nor what you wrote.
public-home-link = See how a request is going
public-verify-link = Check whether a receipt is genuine
public-phone = Any questions? Call { $line } or ask at the next visit.
public-no-phone = Any questions? Ask at the office or at the next visit.

public-number = Your number is
public-number-other = Number
public-filed = Filed
public-other-clock = Santiago time.
public-time-unconfirmed = The time is not confirmed.
public-paper = Paper form
public-arrived = Reached the office
public-due = We will answer
public-due-value = by { $date } at the latest, { $way }
public-no-answer-label = Answer
public-no-answer = You asked for no answer
public-kind-unknown = request
public-kind = Type

public-received-title = Your { $kind } has reached the office
public-received-pill = At the office
public-received-next = The office's team is working on your answer.
public-received-next-none = The office's team will read what you wrote. We will not contact you.
public-received-next-presencial = Show your receipt at the next visit or at the office to get your answer.
public-late-note = If that date passes without an answer, ask us with your number.

public-withdrawn-title = You withdrew your { $kind }
public-withdrawn-pill = Withdrawal noted
public-withdrawn-next = We will take it no further. If it was not you, tell us with your number.

public-waiting-title = Your { $kind } has not reached the office yet
public-waiting-pill = Genuine receipt
public-waiting-next = What you filed is stored on the field team's device. It will reach the office when that device is connected.
public-waiting-again = Look at this page again in a few days.
public-waiting-date = The time to answer counts from the day of filing.

public-copy-title = This copy is genuine
public-copy-pill = Genuine copy
public-copy-next = It comes from a receipt of this office. To see how the request is going, type the original's control code.

public-revoked-pill = Genuine receipt
public-revoked-note = On { $date } the office withdrew the device that issued it.
public-revoked-before = The receipt is older than that and remains valid.
public-revoked-after = The receipt gives a later date. Ask at the office with this paper.

public-false-title = This receipt is not genuine
public-false-pill = Not genuine
public-false-next = Its signature does not fit what it says. It may be altered, or the code was copied with a mistake.

public-unknown-title = We do not know the device that issued this receipt
public-unknown-pill = Not checked
public-unknown-next = It may be another office's. Check the address printed on your paper.

public-unreadable-title = We could not read this receipt
public-unreadable-pill = Not read
public-unreadable-next = The address is incomplete or has a mistake. Point the camera at the code again, in good light.

public-try-code = You can also type the number and the control code of your receipt.

public-form-title = How is your request going?
public-form-lead = Type the number and the control code of your receipt.
public-form-folio = Number
public-form-folio-hint = For example: { $example }
public-form-code = Control code
public-form-code-hint = It has 8 letters and digits. For example: { $example }
public-form-button = See my request
public-form-error-title = Check what you typed
public-form-error-folio = This number has a mistake. Look at your receipt again.
public-form-error-folio-missing = Type the number of your receipt.
public-form-error-code = This code has a mistake. It has 8 letters and digits.
public-form-error-code-missing = Type the control code of your receipt.
public-form-not-found = We found no request with that number and that code. Check that both are typed correctly.
public-form-not-found-yet = If you filed it recently, it may not have reached the office yet.
public-form-error-prefix = Error: { $title }

public-verify-title = Is this receipt genuine?
public-verify-lead = Paste the whole address of the QR code, or only its last part.
public-verify-field = Address or code
public-verify-button = Check
public-verify-missing = Paste the receipt's address or code.
public-verify-genuine-title = This receipt is genuine
public-verify-genuine-pill = Genuine
public-verify-genuine-next = A device of this office issued it and nobody has altered it.

public-busy-title = Many people are asking right now
public-busy-next = Wait a minute and try again. Your request is not lost.
public-missing-title = This page does not exist
public-missing-next = Check the address on your receipt, or look your request up by its number.
public-broken-title = We could not show your request
public-broken-next = The problem is at the office, not with your receipt. Try again later.
