# What a stand carries and how old it is. Each name has a sentence for green, yellow, red, and for none at all.

carried-catalogue-good = Catalogue { $number } is of { $date }.
carried-catalogue-careful = Catalogue { $number } is { $days } days old. Synchronise before you leave.
carried-catalogue-bad = The catalogue is very old or can't be read. Confirm with the office what you tell people.
carried-catalogue-none = This machine carries no catalogue. Synchronise before you leave.
carried-survey-good = Survey { $number } is of { $date }.
carried-survey-careful = Survey { $number } is { $days } days old. Synchronise before you leave.
carried-survey-bad = The survey is very old or can't be read. Synchronise before you leave.
carried-survey-none = This machine carries no survey. Nobody will be invited to answer one.
carried-calendar-good = The calendar of holidays was checked on { $date } and reaches { $year }.
carried-calendar-careful = The calendar of holidays was checked on { $date }, { $days } days ago. Update the program.
carried-calendar-bad = The calendar of holidays is very old: it was checked on { $date }. Update the program and confirm deadlines with the office.
carried-calendar-none = There is no calendar of holidays. Update the program.
carried-keys-good = The office's keys are valid until { $date }.
carried-keys-careful = The office's keys end on { $date }. Synchronise soon.
carried-keys-bad = The office's keys ended on { $date }. You can go on attending: tell the office.
carried-keys-none = Keys of the office are missing. Synchronise and tell the office.
carried-certificate-good = This machine's certificate is valid until { $date }.
carried-certificate-careful = This machine's certificate ends on { $date }. Ask the office to renew it.
carried-certificate-bad = This machine is expired or revoked. You can go on attending: tell the office.
carried-certificate-none = This machine has no certificate. Tell the office.
carried-manifest-good = The office's instructions are of { $date }.
carried-manifest-careful = The office's instructions are of { $date }. Synchronise soon.
carried-manifest-bad = The office's instructions can't be read. Synchronise.
carried-manifest-none = This machine has no instructions of the office yet. Synchronise before you leave.
carried-sync-good = The last whole synchronisation was on { $date }.
carried-sync-careful = The last whole synchronisation was { $days } days ago. Look for a network when you can.
carried-sync-bad = The last whole synchronisation was { $days } days ago. Tell the office.
carried-sync-none = This machine was never synchronised. Do it before you leave.
carried-clock-good = The office has confirmed the time.
carried-clock-careful = The time is unconfirmed. Receipts will say so.
carried-clock-bad = This machine's time can't be right. Correct it.
carried-clock-none = This machine doesn't tell the time. Have a look at it.
carried-disk-good = { $number } MB are free.
carried-disk-careful = Only { $number } MB are free. Synchronise and make room.
carried-disk-bad = { $number } MB are free: not enough to attend. Make room before you leave.
carried-disk-none = It is not known how much room is left. Check the disk.
carried-printer-good =
    A printer of { $number } mm is chosen, {$detail ->
        [none] without a cutter
        [full] with a full cut
       *[partial] with a partial cut
    }.
carried-printer-careful = Check the printer.
carried-printer-bad = The printer doesn't work. Receipts appear on the screen.
carried-printer-none = No printer is chosen. Receipts appear on the screen.

carried-program-good = Program: version { $version }.
carried-program-careful = Program: version { $version }.
carried-program-bad = Program: version { $version }.
carried-program-none = We don't know which version of the program runs.
carried-update-good = Version { $version } is ready. It is installed with the outing closed, when nobody uses the computer, or when it starts.
carried-update-careful = Version { $version } was not installed. The computer goes on with the one before and nothing was lost. Tell the office.
carried-update-bad = Version { $version } was not installed. The computer goes on with the one before and nothing was lost. Tell the office.
carried-update-none = There is no new version.
carried-update-by-hand-good = Version { $version } is ready. Whoever administers the computer installs it, with the outing closed.
carried-update-by-hand-careful = Version { $version } is ready. Whoever administers the computer installs it, with the outing closed.
carried-update-by-hand-bad = Version { $version } is ready. Whoever administers the computer installs it, with the outing closed.
carried-update-by-hand-none = There is no new version.
carried-arriving-good = Version { $version } is on its way: { $number } % is here. You can go on working.
carried-arriving-careful = Version { $version } is on its way: { $number } % is here. You can go on working.
carried-arriving-bad = Version { $version } is on its way: { $number } % is here. You can go on working.
carried-arriving-none = No new version is on its way.
