# What both windows say.

app-name = OIRS en Terreno
date-time = { $date }, { $time }
network-online = Connected: sent to the office
network-offline = No connection: kept safe here

action-continue = Continue
action-back = Back
action-cancel = Cancel
action-close = Close
action-erase-exit = Erase and leave
action-change = Change

field-optional = optional
field-comuna = Comuna
field-comuna-hint = Type the first letters and choose from the list.
field-comuna-none = We didn't find that comuna. Check its spelling.
field-comuna-count =
    { $count ->
        [one] 1 comuna. Press Enter to choose it.
       *[other] { $count } comunas. Use the arrow keys to choose.
    }
field-country-none = We didn't find that country. Check its spelling.
field-country-count =
    { $count ->
        [one] 1 country. Press Enter to choose it.
       *[other] { $count } countries. Use the arrow keys to choose.
    }
field-locality = Locality or area
field-name = Full name
field-social-name = Name you go by
field-document-type = Type of document
field-document = Document
field-number = Number
field-document-number = Number of the document
field-document-country = Country that issued it
field-residence = Country of residence
field-email = E-mail address
field-phone = Telephone
field-address = Address
field-organisation = Name of the organisation
field-organisation-rut = RUT of the organisation
field-role = Position or role
field-affected-name = Name of the person affected
field-relation = Relation to that person

document-run = RUN
document-rut = RUT
document-ipe = IPE
document-ipa = IPA
document-pasaporte = Passport
document-documento_extranjero = Other foreign document
document-none = No document
document-long-run = RUN (Chilean identity card)
document-long-ipe = IPE (pupil without a RUN)
document-long-ipa = IPA (guardian without a RUN)
document-long-pasaporte = Passport
document-long-documento_extranjero = Other foreign document
document-long-none = Go on without a document
document-valid = Valid
document-repeated = Check the number: all its digits are the same.

refusal-wrong-window = This window can't do that.
refusal-locked = The screen is in citizens' hands. Take it back with the PIN.
refusal-not-handed-over = This screen is closed. Ask the team to open it.
refusal-rejected = Some details need correcting. What you wrote is still here.
refusal-pin-needed = Enter the team's PIN to go on.
refusal-pin-not-set = This machine has no PIN. Set one before handing over the screen.
refusal-notice-not-read = The privacy notice has not been read. Go back to the beginning and read it.
refusal-busy = Something is already under way. Wait until it ends.
refusal-no-receipt = There is no receipt in this session.
refusal-team-needed = Call somebody of the team to go on. What you wrote is still here.
refusal-nothing-to-void = There is no record that can be undone.
refusal-internal = Something failed on this machine. What was kept is safe. Try again.

keyboard = On-screen keyboard
keyboard-shift = Shift
keyboard-symbols = 123
keyboard-letters = abc
keyboard-more = āṉŋ
keyboard-erase = Erase
keyboard-space = space
keyboard-line = Line
keyboard-hide = Hide keyboard
keyboard-show = Show keyboard
keyboard-left = Move left
keyboard-right = Move right
keyboard-shift-name = Shift: the next letter in capitals
keyboard-erase-name = Erase the letter before
keyboard-space-name = Space
keyboard-line-name = New line
keyboard-accent-acute = Acute accent for the next letter
keyboard-accent-grave = Grave accent for the next letter
keyboard-accent-diaeresis = Diaeresis for the next letter
keyboard-accent-tilde = Tilde for the next letter
keyboard-accent-circumflex = Circumflex for the next letter
keyboard-accent-macron = Bar above the next letter
keyboard-accent-below = Bar below the next letter

pin-label = PIN
pin-person = Who you are
pin-erase = Erase
pin-enter = Enter
pin-locked-leader = There were ten wrong PINs in a row. Call the office and set a new one. You can go on attending.
pin-locked-team = There were ten wrong PINs in a row. Ask a leader for a new one. You can go on attending.
pin-said = { $person }: { $said }

lookup-title = What do you want to know?
lookup-words = Search in your own words
lookup-words-team = What the person looks for, in their words
lookup-hint = For example: money for the neighbours' council, identity card, benefit.
lookup-none = No sheet answers that. Try other words or ask the team.
lookup-guess = Perhaps one of these sheets helps.
lookup-no-catalogue = This machine has no catalogue yet. It comes with the next sync.
lookup-count =
    { $count ->
        [one] 1 sheet found.
       *[other] { $count } sheets found.
    }
lookup-facts = Catalogue { $number } of { $date }, with { $count } sheets.
lookup-back = Back to the search
read-aloud = Read aloud
directory-agencies = Bodies that we refer to
directory-offices = Offices
directory-broadcasts = Where to hear more
directory-source = According to { $title }
directory-source-on = According to { $title } ({ $date })
lookup-want = Tell that it is missing
lookup-wanted = Noted. The office will see that it is missing and can add it.
lookup-large = Show it large
lookup-large-close = Close
refusal-wanted-enough = What is missing is noted. If you need anything else, call the team.
sheet-not-reviewed = The office has not reviewed this sheet yet
sheet-ended = Was valid until { $date }
sheet-cost-gratuito = It is free.
sheet-cost-con_costo = It costs something. The body tells how much.
sheet-for-whom = For whom
sheet-requirements = What must hold
sheet-documents = What to bring
sheet-steps = What to do
sheet-channels = Where
sheet-agency = Body
sheet-law = Law
sheet-sources = Where this comes from
