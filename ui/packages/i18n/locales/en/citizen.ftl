# The citizen's window: one question a screen, plain words.

help = Ask for help
help-title = Ask the team for help
help-body = Raise your hand or call the person of the team. What you wrote is still here.

team-title = Call somebody of the team
team-body = This screen took several requests in a row. The team enters its PIN and you go on. What you wrote is still here.
bigger-text = Bigger letters
biggest-text = Even bigger letters
normal-text = Normal letters
high-contrast = High contrast
normal-contrast = Normal contrast
language-name-es-CL = Español
language-name-en = English
options = Reading options

closed-title = This screen is closed
closed-body = Ask the person of the team to open it.

start-title = Welcome
start-lead = Here you can ask, complain, petition, propose, praise or give your opinion.
start-action = File a request
start-look-up = Look something up
start-free = It is free and for everybody. You need neither internet nor a password.
start-step-tell = Tell us
start-step-tell-note = In your own words, in a few minutes.
start-step-review = Review and send
start-step-review-note = You can change everything before sending.
start-step-receipt = Take your receipt
start-step-receipt-note = With your number and the date of the answer.
start-sealed = What you write is kept encrypted. Only the office opens it.
start-disk-full-title = We can't take your request here right now
start-disk-full = This machine has no space left. Ask the team for help: they attend you another way.
start-not-enrolled-title = This machine isn't ready yet
start-not-enrolled = It still has to be enrolled with the office. Ask the person of the team.
start-no-printer = There is no printer today. Your receipt appears on the screen: you can photograph it.
start-clock = The time of this machine is unconfirmed. Your receipt will say so.
start-language-people = Translated and reviewed by { $people }.

notice-title = Before you begin: your data
notice-what = What we keep
notice-what-body = We keep what you write and the details you want to give. You need not give your name.
notice-why = What for
notice-why-body = To answer you and to improve the service. We use them for nothing else.
notice-who = Who sees them
notice-who-body = Only the office. If another body must answer you, it receives what is needed, and we tell you.
notice-rights = Your rights
notice-rights-body = You can ask to see, correct, erase, take with you or block your data. It is free.
notice-minors = If you are under 14, write together with your mother, father or guardian.
notice-more = Read the whole notice
notice-version = Version { $version }
notice-accept = I read the notice, continue
notice-item-policy = Policy and version
notice-item-policy-body = This notice is in force from { $version }. The law is Ley 19.628, article 14 ter.
notice-item-controller = Controller
notice-item-controller-body = { $office }. It is the body that receives and answers your request.
notice-item-contact = Contact
notice-item-contact-body = At the office, at the next visit, or on the telephone of your receipt.
notice-item-categories = Data that we process
notice-item-categories-body = Your request, the place and the time. If you give them: name, document and contact details.
notice-item-purposes = Purpose
notice-item-purposes-body = To register, answer or refer your request. Also to count visits, without names.
notice-item-basis = Legal basis
notice-item-basis-body = The office's legal function: Decreto 680 of 1990 and Ley 19.880.
notice-item-recipients = Recipients
notice-item-recipients-body = The competent body, if it isn't this office. Never companies.
notice-item-security = Security
notice-item-security-body = This machine encrypts your request when it keeps it. Only the office has the key.
notice-item-rights = How to use your rights
notice-item-rights-body = Ask the head of the service. The answer takes 30 calendar days at most.
notice-item-agency = Complaint to the Agency
notice-item-agency-body = If you get no answer, you can complain to the Agencia de Protección de Datos Personales.
notice-item-retention = Time
notice-item-retention-body = They are kept while they are needed to answer you and while the law requires it.
notice-item-source = Source
notice-item-source-body = You give them, or the person who files the request for you.
notice-item-withdrawal = Withdrawing your request
notice-item-withdrawal-body = You can withdraw it with your number and your control code, at the office or at the next visit.
notice-item-automated = Automated decisions
notice-item-automated-body = There are none. A person reads and answers each request.

kind-title = What would you like to do?
kind-everyday-consulta = Ask something
kind-everyday-reclamo = Complain
kind-everyday-peticion = Ask for something
kind-everyday-sugerencia = Propose an idea
kind-everyday-felicitacion = Give praise
kind-everyday-opinion = Give my opinion

text-title-consulta = What would you like to know?
text-title-reclamo = Tell us what happened
text-title-peticion = What do you ask for?
text-title-sugerencia = What is your idea?
text-title-felicitacion = Whom would you like to praise?
text-title-opinion = What do you think?
text-label = Your request
text-tip = It helps to say
text-tip-consulta = which procedure or benefit you mean and what you already know.
text-tip-reclamo = where it was, when, and what you expect to happen.
text-tip-peticion = what you need, for whom and by when.
text-tip-sugerencia = what you would improve, where and why.
text-tip-felicitacion = who attended you, where, and what was done well.
text-tip-opinion = about which matter, and what you think of it.
text-own-words = Write in your own words.
text-left =
    { $left ->
        [one] { $count } letter left
       *[other] { $count } letters left
    }
text-over =
    { $over ->
        [one] { $count } letter too many
       *[other] { $count } letters too many
    }

place-title = Which comuna is it about?
place-locality-hint = For example: Caleta Tortel, Rincón Alto area.

answer-title = Would you like an answer?
answer-choice-correo = Yes, by e-mail
answer-choice-correo-note = We write to your e-mail address.
answer-choice-telefono = Yes, by telephone
answer-choice-telefono-note = We call the number you give us.
answer-choice-carta = Yes, by letter
answer-choice-carta-note = We send it to your address.
answer-choice-presencial = Yes, in person
answer-choice-presencial-note = You come with your receipt.
answer-choice-ninguno = No, thank you
answer-choice-ninguno-note = We read it all the same.

contact-title-correo = Which e-mail address do we write to?
contact-title-telefono = Which number do we call?
contact-title-carta = Which address do we write to?
contact-email-hint = For example: name@mail.cl
contact-phone-hint = For example: +56 9 1234 5678
contact-address-hint = Street, number and area.
contact-address-comuna = Comuna of that address
contact-more = Another way to reach you
contact-more-note = If we can't answer you that way, we use this one.

who-title = Who files the request?
who-self = I do, with my name
who-self-note = It helps us answer you better.
who-anonymous = I'd rather not say
who-anonymous-note = No name, no document. It is just as valid.
who-organisation = An organisation
who-organisation-note = You file it in its name.
who-behalf = Somebody else
who-behalf-note = You file it for another person.

name-title = What is your name?
name-hint = As it stands on your document.
name-social-hint = How you want us to call you.
document-title = Which document do you have?
document-optional-note = You can go on without a document.
residence-title = In which country do you live?
residence-label = Country where you live
residence-hint = Type the first letters and choose from the list.
organisation-title = Which organisation is it?
affected-title = For whom do you file it?
relation-hint = For example: her daughter, his neighbour, their carer.
role-hint = For example: chairwoman, secretary.

review-title = Review before sending
review-kind = You want to
review-text = You wrote
review-place = Place
review-answer = Answer
review-who = Filed by
review-contact-none = You asked for no answer
review-anonymous = Without giving your name
review-document-none = no document
review-organisation = { $organisation }, through { $name }
review-organisation-only = { $organisation }
review-behalf = { $name }, for { $affected }
review-behalf-only = For { $affected }
review-also = also { $contact }
review-residence = Lives in: { $country }
review-unnamed = No name given
review-change-kind = Change what you want to do
review-change-text = Change what you wrote
review-change-place = Change the place
review-change-answer = Change the answer
review-change-who = Change who files it
review-will = By sending you confirm that you file this request of your own will.
review-send = Send
review-sending = Keeping it…

receipt-saved = It is kept
receipt-title-consulta = We received your question
receipt-title-reclamo = We received your complaint
receipt-title-peticion = We received your petition
receipt-title-sugerencia = We received your suggestion
receipt-title-felicitacion = We received your praise
receipt-title-opinion = We received your opinion
receipt-screen-number = Your number is
receipt-screen-code = Control code
receipt-screen-filed = Filed
receipt-unconfirmed = time unconfirmed
receipt-screen-due = We answer
receipt-due-correo = by { $date } at the latest, by e-mail
receipt-due-telefono = by { $date } at the latest, by telephone
receipt-due-carta = by { $date } at the latest, by letter
receipt-due-presencial = by { $date } at the latest, in person
receipt-due-ninguno = You asked for no answer
receipt-doubts = Questions
receipt-qr-alt = QR code of your receipt
receipt-screen-qr-use = Point the camera of your telephone here
receipt-screen-keep = With your number and the code you can ask how it goes. Keep them: they are yours alone.
receipt-printing = Your receipt is being printed.
receipt-printed = Your receipt is printed. Take it with you.
receipt-sent = We sent your receipt to the printer. Wait until it comes out.
receipt-print-failed = We couldn't print. Your request is kept. Photograph this screen or ask for help.
receipt-no-printer = There is no printer. Photograph this screen or write down your number and code.
receipt-print-again = Print again
receipt-finish = Finish

finish-title = Do you have your receipt?
finish-body = When you finish we erase this screen. You can't see it again.
finish-yes = Yes, finish
finish-no = Not yet

exit-title = Erase and leave?
exit-body = Everything you wrote is erased. Nothing was kept.
exit-yes = Erase and leave
exit-no = Go on writing

idle-title = Are you still here?
idle-body =
    { $seconds ->
        [one] For your privacy, we erase this screen in 1 second.
       *[other] For your privacy, we erase this screen in { $seconds } seconds.
    }
idle-extend = Yes, give me more time
idle-leave = Erase and leave

stage-kind = What
stage-text = Your message
stage-place = Where
stage-answer = Answer
stage-who = Who
stage-review = Review
stage-progress = Step { $number } of { $total }: { $name }

survey-invited = Would you answer a short survey?
survey-invited-note = It has { $count } questions and takes less than a minute. The team doesn't see your answers, and you can say no.
survey-begin = Answer the survey
survey-refuse = No, thank you
survey-progress = Question { $at } of { $of }
survey-dont-know = I don't know
survey-declined = I'd rather not say
survey-needed = Choose an answer. You can also choose "I'd rather not say".
survey-thanks = Thank you for answering
survey-thanks-note = Your answers are kept, sealed and without your name.
survey-finish = Finish
