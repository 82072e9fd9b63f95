# What the self-test found: a sentence for each thing and how it is.

check-printer-ready = The printer is ready.
check-printer-paper-low = The printer works and little paper is left. Have another roll at hand.
check-printer-unknown = The printer doesn't say how it is. Print a test.
check-printer-none = No printer is chosen. You can attend: receipts are shown on the screen.
check-printer-out-of-paper = The printer has no paper. Put a roll in: until then receipts are shown on the screen.
check-printer-cover-open = The printer's cover is open. Close it: until then receipts are shown on the screen.
check-printer-failed = The printer tells of a problem. Switch it off and on: until then receipts are shown on the screen.
check-printer-absent = The printer is not found. Switch it on and look at its cable: receipts are shown on the screen.

check-ledger-whole = The ledger is complete and holds from beginning to end.
check-ledger-set-aside = A damaged ledger was set aside. The day goes on in a new one: tell the office.
check-ledger-damaged = The ledger doesn't hold together. Delete nothing and tell the office.

check-mirror-current = The copy on the card or stick is up to date.
check-mirror-same-disk = The copy is on this machine itself. If it is lost, what was not sent is lost: use a card or a stick.
check-mirror-off = There is no copy on another card or stick. If the machine is lost, what was not sent is lost.
check-mirror-unknown = The copy is being compared. Test again in a moment.
check-mirror-behind = The copy lacks records: { $detail }. What was recorded is on this machine.
check-mirror-absent = The copy on the card or stick is missing or doesn't match. Check it: what was recorded is on this machine.
check-mirror-full = The copy's card or stick has no room left. Use a larger one: what was recorded is on this machine.
check-mirror-read-only = The copy can't be written to. Look at the card's lock: what was recorded is on this machine.
check-mirror-failed = The copy failed. Look at the card and tell the office: what was recorded is on this machine.

check-seal-works = Encryption works.
check-seal-fails = Encryption fails. Tell the office before you attend.
check-pin-set = There is a PIN to take the screen back.
check-pin-none = This machine has no PIN. Set one before you hand the screen over.
check-alarms-none = The office has given no notice about this ledger.
check-alarms-given = There is a notice from the office about this ledger. Ask them.

check-camera-there = There is a camera: { $detail }.
check-camera-unusable = The camera gives no pictures that can be used. You can take papers from a stick.
check-camera-none = No camera is seen. You can take papers from a stick.

check-battery-mains = The machine is plugged in. The battery holds { $detail } %.
check-battery-enough = The machine is not plugged in. The battery holds { $detail } %.
check-battery-half = The machine is not plugged in and the battery holds { $detail } %. Charge it before you leave.
check-battery-none = No battery is seen. If the power goes, the machine goes off: what was recorded is safe.
check-battery-low = The battery is low: { $detail } %. Plug the machine in before you attend. What was recorded is safe.

check-memory-held = The system leaves nothing of its memory on the disk.
check-memory-leaks = The system may write memory to the disk. Ask the office to look at this machine.

check-escapes-shut = The citizen's screen has no known way out open.
check-escapes-ordinary = This machine is more than a citizen's screen: other programs are there. Leave nobody alone with it.
check-escapes-open = The citizen's screen has something open: { $detail }. Leave nobody alone with it and tell the office.

# What is open on a computer that should be nothing but the stand, as it follows a colon.
escape-test-build = a program made for tests
escape-user = another user of the system
escape-privileges = more rights than needed
escape-consoles = other consoles or restart by keys
escape-console = a console in front of the screen
escape-settings = settings of the system that are missing
escape-sysrq = the SysRq key
escape-core-pattern = copies of memory on the disk
escape-ptrace = programs that read others' memory
escape-disk-files = temporary files on the disk
escape-media = a stick or card that can run programs
