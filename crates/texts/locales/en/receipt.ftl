# The receipt. `**` marks what is printed in bold.

receipt-brand = OIRS en Terreno
receipt-office = Citizen information, complaints and suggestions
receipt-title = Receipt { $folio }
receipt-title-copy = Copy of receipt { $folio }
receipt-lead = We received your **{ $kind }**.
receipt-number = Your number is

receipt-copy = COPY
receipt-copy-note = It proves that you filed your request. Only the original has the control code.

receipt-filed = Filed
receipt-date-time = { $date }, { $time }
receipt-time-unconfirmed = Time not confirmed
receipt-paper = Date of the paper form
receipt-place = Place
receipt-locality = { $locality }, comuna of { $comuna }
receipt-region = Región { $joined }
receipt-due = We will answer no later than
receipt-no-answer-label = Answer
receipt-no-answer = You asked for no answer

receipt-qr-use = See how it is going with your phone's camera.
receipt-qr-use-copy = Check with a phone that this copy is genuine.
receipt-qr-alternative = QR code with the address to check this copy at { $host }
receipt-address = Address in the QR code

receipt-code = Control code
receipt-code-use = No camera? Go to **{ $host }** with your number and this code.

receipt-next = What happens now
receipt-step-sent = Your request is saved. It reaches the office when there is a connection.
receipt-step-correo = We will write to the e-mail address that you gave us.
receipt-step-telefono = We will call the telephone number that you gave us.
receipt-step-carta = We will send a letter to the address that you gave us.
receipt-step-presencial = Show this paper at the next visit or at the office to receive your answer.
receipt-step-presencial-copy = Show the original receipt at the next visit or at the office to receive your answer.
receipt-step-ninguno = The office's team will read it. We won't contact you.
receipt-step-unconfirmed = The stand's clock was not confirmed when you filed your request.

receipt-phone = No internet? Call **{ $line }** or ask at the next visit.
receipt-no-phone = No internet? Ask at the next visit.
receipt-keep = Take care of this paper: whoever has it can see how your request is going. The sun fades it.
receipt-keep-copy = Keep this paper in the shade: the sun fades it.

# What a printer is tried with.
receipt-test = **Printer test**
receipt-test-document = Printer test
receipt-test-note = If you can read every letter and the line goes from edge to edge, the printer is ready.

slip-source-use = Scan the code to read on at the source.
slip-source = Source: { $title }
slip-for-whom = For whom
slip-requirements = What must hold
slip-documents = What to bring
slip-steps = What to do
slip-channels = Where
slip-not-reviewed = The office has not reviewed this sheet yet.
slip-ended = Was valid until { $date }.

# The poster beside the screen.
poster-title = The State is here for you
poster-lead = **Ask, complain, request, suggest, thank or comment. It costs nothing.**
poster-step-begin = Touch **File a request**. Or ask the team to write for you.
poster-step-tell = Say in your own words what happened or what you need.
poster-step-send = Check it and send it.
poster-step-take = **Take your receipt:** it has your number and the date of the answer.
poster-note = You need no internet, password or identity card. You need not give your name. What you write is kept encrypted: only the office can read it.
poster-follow = How is your request doing?
poster-follow-how = See it at **{ $host }**, with your number and your control code.
poster-phone = No internet? Call **{ $line }**.
poster-code = QR code of { $host }
