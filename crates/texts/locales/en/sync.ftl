# How a sync ended: what happened, that nothing was lost, what to do. Codes are those of crate sync.

sync-progress = Sent { $done } of { $total }.
sync-progress-left = Sent { $done } of { $total }, { $seconds } s left.
sync-waiting = The connection failed. Nothing was lost. Trying again in { $seconds } s.
sync-outcome-done = Everything reached the office. Nothing is left to send.
sync-outcome-forked = The office keeps these records apart: there is another copy of this device. Nothing is lost. Tell the office.
sync-outcome-revoked = The office revoked this device. The records arrived and will be attended to. Tell the office before going on.
sync-outcome-expired = This device's certificate has run out. The records arrived and will be attended to. Ask the office to renew it.
sync-outcome-apart = The office keeps these records apart. Nothing is lost. Tell the office.
sync-outcome-cancelled = You stopped the sending. What was confirmed is at the office and the rest is still here.
sync-fault-no-network = There is no connection to the office. Everything is still saved here. Try again when the signal is back.
sync-fault-captive-portal = This network asks to sign in or diverts the connection. Everything is still saved here. Sign in first or use another.
sync-fault-clock-behind = This device's clock is behind. Everything is still saved here. Correct the date and time.
sync-fault-clock-ahead = This device's clock is ahead, or the office's certificate has run out. Everything is still saved here. Check the date and time.
sync-fault-wrong-certificate = Whoever answers does not show the office's certificate. Everything is still saved here. Use another network and tell the office.
sync-fault-server-busy = The office is busy. Everything is still saved here. Wait a few minutes and try again.
sync-fault-server-full = The office has no room to receive more. Everything is still saved here. Tell the office.
sync-fault-cut = The connection was cut. What was confirmed is at the office and the rest is still here. Try again.
sync-fault-refused = The office did not accept what was sent. Everything is still saved here. Tell the office.
sync-fault-rollback = The office offered content older than this device's. Nothing was changed. Tell the office.
sync-fault-not-our-office = Whoever answers is not this device's office. Everything is still saved here. Check the address and tell the office.
sync-fault-contradiction = The office's answer does not fit what was sent. Everything is still saved here. Tell the office.
sync-fault-bodies-gone = The office lost records that this device no longer has whole. Tell the office today.
sync-fault-unanswered = The stick does not bring the office's answer to all records. What is missing is still kept here.
sync-fault-unreadable = A part of the ledger can't be read. The rest was sent and nothing was deleted. Tell the office.

# What a sync found that somebody at the office has to look at.
sync-alarm-central-went-back = The office went back to an earlier copy. This device sends it again what it lacks. Tell the office.
sync-alarm-forked = There is another copy of this device's ledger. Nothing is lost and a new ledger has begun. Tell the office.
sync-alarm-overtaken = The office has records of this device that are not here. A new ledger has begun. Tell the office.
sync-alarm-manifest-rolled-back = The office offered content older than this device's. Nothing was changed. Tell the office.
sync-alarm-bodies-gone = The office lost records that this device no longer has whole. Tell the office today.
sync-alarm-ledger-unreadable = A part of the ledger can't be read. Nothing was deleted. Tell the office.
