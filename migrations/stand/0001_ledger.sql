-- The stand's ledger. Reason: the first schema.
--
-- What stands here in the clear is the closed list of docs/threat-model.md; a test compares the two. Everything
-- that a person said is inside bodies.sealed, which this machine cannot open.
--
-- Times are seconds since 1970 (UTC). Hashes are SHA-256. Words are those of the domain's closed lists.

CREATE TABLE epochs (
    ordinal INTEGER PRIMARY KEY,                         -- the order in which this machine began them
    epoch BLOB NOT NULL UNIQUE CHECK (length(epoch) = 8),
    genesis BLOB NOT NULL CHECK (length(genesis) = 32)   -- the chain's hash before its first entry
) STRICT;

CREATE TABLE entries (
    epoch INTEGER NOT NULL REFERENCES epochs (ordinal),
    seq INTEGER NOT NULL CHECK (seq >= 1),
    kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 65535),
    key_id BLOB NOT NULL CHECK (length(key_id) = 8),
    dictionary INTEGER NOT NULL CHECK (dictionary BETWEEN 0 AND 65535),
    sealed_hash BLOB NOT NULL CHECK (length(sealed_hash) = 32),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (epoch, seq)
) STRICT, WITHOUT ROWID;

-- Apart from the entries, so that a body can be released while the chain still verifies.
CREATE TABLE bodies (
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (epoch, seq),
    FOREIGN KEY (epoch, seq) REFERENCES entries (epoch, seq)
) STRICT, WITHOUT ROWID;

-- The id of every record, so that the same one filed again is answered and not recorded again. Found by its
-- position as well: a receipt's copy, the day's list and that of what can be declared void begin there.
CREATE TABLE records (
    id BLOB PRIMARY KEY CHECK (length(id) = 16),
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    captured_unix_min INTEGER NOT NULL,  -- by the stand's own clock, whole minutes since 1970 (UTC)
    UNIQUE (epoch, seq),
    FOREIGN KEY (epoch, seq) REFERENCES entries (epoch, seq)
) STRICT, WITHOUT ROWID;

-- What was declared void, as far as it stands in this file: the void, and the entry that it means.
CREATE TABLE voids (
    of_epoch INTEGER NOT NULL,
    of_seq INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (of_epoch, of_seq, epoch, seq),
    FOREIGN KEY (of_epoch, of_seq) REFERENCES entries (epoch, seq),
    FOREIGN KEY (epoch, seq) REFERENCES entries (epoch, seq)
) STRICT, WITHOUT ROWID;

-- What a receipt's copy and the day's list need of a request.
CREATE TABLE requests (
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    folio INTEGER NOT NULL UNIQUE,       -- 45 bits, without the check symbol
    kind TEXT NOT NULL,
    answer_by TEXT NOT NULL,
    comuna TEXT NOT NULL CHECK (length(comuna) = 5),
    captured_unix_s INTEGER NOT NULL,
    certainty TEXT NOT NULL,
    paper_at TEXT,                       -- null unless transcribed from paper
    due_promise_days INTEGER,            -- days since 1970; both null where no answer was asked for
    due_legal_days INTEGER,
    outing_seq INTEGER NOT NULL,
    PRIMARY KEY (epoch, seq),
    FOREIGN KEY (epoch, seq) REFERENCES entries (epoch, seq),
    CHECK ((due_promise_days IS NULL) = (due_legal_days IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE outing_openings (
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    opened_unix_s INTEGER NOT NULL,
    comuna TEXT,                         -- comuna, place and goal are null when the stand opened it by itself
    place TEXT,
    place_kind TEXT,                     -- a word of a closed list; null when nobody said
    goal INTEGER,
    team TEXT,                           -- staff codes with a space between; null when nobody said who works here
    token BLOB CHECK (length(token) = 16), -- null when the stand opened it by itself
    certainty TEXT NOT NULL,             -- how sure the time of opening was
    PRIMARY KEY (epoch, seq),
    FOREIGN KEY (epoch, seq) REFERENCES entries (epoch, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE outing_closings (
    epoch INTEGER NOT NULL,
    opened_seq INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    closed_unix_s INTEGER NOT NULL,
    PRIMARY KEY (epoch, opened_seq),
    FOREIGN KEY (epoch, opened_seq) REFERENCES outing_openings (epoch, seq),
    FOREIGN KEY (epoch, seq) REFERENCES entries (epoch, seq)
) STRICT, WITHOUT ROWID;

-- Central's signed answers, as they came.
CREATE TABLE checkpoints (
    epoch INTEGER NOT NULL REFERENCES epochs (ordinal),
    count INTEGER NOT NULL,
    outcome INTEGER NOT NULL,
    head BLOB NOT NULL CHECK (length(head) = 32),
    signed BLOB NOT NULL,
    PRIMARY KEY (epoch, count, outcome)
) STRICT, WITHOUT ROWID;

-- How far central has signed that entries are stored, opened and backed up, and when it said so. Trust can
-- be taken back (a row deleted), never stretched (a row changed).
CREATE TABLE watermarks (
    epoch INTEGER NOT NULL REFERENCES epochs (ordinal),
    safe INTEGER NOT NULL,
    told_unix_s INTEGER NOT NULL,
    PRIMARY KEY (epoch, safe)
) STRICT, WITHOUT ROWID;

-- What the reconciliation remembers of each ledger. Not a record: central can go back, and this with it.
CREATE TABLE reconciliations (
    epoch INTEGER PRIMARY KEY REFERENCES epochs (ordinal),
    acknowledged INTEGER NOT NULL,       -- entries that central last signed to hold
    forked INTEGER NOT NULL CHECK (forked IN (0, 1))
) STRICT;

-- The manifest in force, one row.
CREATE TABLE manifest (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    number INTEGER NOT NULL,
    etag TEXT,                           -- null when the next sync must ask unconditionally
    signed BLOB NOT NULL
) STRICT;

-- Published content by its hash.
CREATE TABLE parts (
    hash BLOB PRIMARY KEY CHECK (length(hash) = 32),
    bytes BLOB NOT NULL
) STRICT;

-- What went wrong with the reconciliation, for the staff and for the office. Numbers only.
CREATE TABLE alarms (
    at_unix_s INTEGER NOT NULL,
    code TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (code, detail)
) STRICT, WITHOUT ROWID;

-- Append-only, enforced here and not only by the program.
CREATE TRIGGER entries_gapless BEFORE INSERT ON entries
WHEN NEW.seq <> 1 + coalesce((SELECT max(seq) FROM entries WHERE epoch = NEW.epoch), 0)
BEGIN SELECT raise(ABORT, 'entries: not the next position'); END;
CREATE TRIGGER entries_no_update BEFORE UPDATE ON entries
BEGIN SELECT raise(ABORT, 'entries: append-only'); END;
CREATE TRIGGER entries_no_delete BEFORE DELETE ON entries
BEGIN SELECT raise(ABORT, 'entries: append-only'); END;
CREATE TRIGGER epochs_no_update BEFORE UPDATE ON epochs
BEGIN SELECT raise(ABORT, 'epochs: append-only'); END;
CREATE TRIGGER epochs_no_delete BEFORE DELETE ON epochs
BEGIN SELECT raise(ABORT, 'epochs: append-only'); END;
CREATE TRIGGER bodies_no_update BEFORE UPDATE ON bodies
BEGIN SELECT raise(ABORT, 'bodies: append-only'); END;
CREATE TRIGGER bodies_release BEFORE DELETE ON bodies
WHEN OLD.seq > coalesce((SELECT max(safe) FROM watermarks WHERE epoch = OLD.epoch), 0)
BEGIN SELECT raise(ABORT, 'bodies: not yet released by central'); END;
CREATE TRIGGER records_no_update BEFORE UPDATE ON records
BEGIN SELECT raise(ABORT, 'records: append-only'); END;
CREATE TRIGGER records_no_delete BEFORE DELETE ON records
BEGIN SELECT raise(ABORT, 'records: append-only'); END;
CREATE TRIGGER voids_no_update BEFORE UPDATE ON voids
BEGIN SELECT raise(ABORT, 'voids: append-only'); END;
CREATE TRIGGER voids_no_delete BEFORE DELETE ON voids
BEGIN SELECT raise(ABORT, 'voids: append-only'); END;
CREATE TRIGGER requests_no_update BEFORE UPDATE ON requests
BEGIN SELECT raise(ABORT, 'requests: append-only'); END;
CREATE TRIGGER requests_no_delete BEFORE DELETE ON requests
BEGIN SELECT raise(ABORT, 'requests: append-only'); END;
CREATE TRIGGER outing_openings_no_update BEFORE UPDATE ON outing_openings
BEGIN SELECT raise(ABORT, 'outing_openings: append-only'); END;
CREATE TRIGGER outing_openings_no_delete BEFORE DELETE ON outing_openings
BEGIN SELECT raise(ABORT, 'outing_openings: append-only'); END;
CREATE TRIGGER outing_closings_no_update BEFORE UPDATE ON outing_closings
BEGIN SELECT raise(ABORT, 'outing_closings: append-only'); END;
CREATE TRIGGER outing_closings_no_delete BEFORE DELETE ON outing_closings
BEGIN SELECT raise(ABORT, 'outing_closings: append-only'); END;
CREATE TRIGGER checkpoints_no_update BEFORE UPDATE ON checkpoints
BEGIN SELECT raise(ABORT, 'checkpoints: append-only'); END;
CREATE TRIGGER checkpoints_no_delete BEFORE DELETE ON checkpoints
BEGIN SELECT raise(ABORT, 'checkpoints: append-only'); END;
CREATE TRIGGER watermarks_no_update BEFORE UPDATE ON watermarks
BEGIN SELECT raise(ABORT, 'watermarks: append-only'); END;

-- The draw of an outing: whom the device invites to the survey. What is here says which encounter took which place and how
-- its invitation ended, so that a restart goes on where it was; nothing says what anybody answered.
CREATE TABLE draws (
    epoch INTEGER NOT NULL,
    outing_seq INTEGER NOT NULL,
    survey TEXT NOT NULL,
    numerator INTEGER NOT NULL CHECK (numerator BETWEEN 0 AND 65535),
    denominator INTEGER NOT NULL CHECK (denominator BETWEEN 1 AND 65535),
    PRIMARY KEY (epoch, outing_seq),
    FOREIGN KEY (epoch, outing_seq) REFERENCES outing_openings (epoch, seq)
) STRICT, WITHOUT ROWID;

-- Its seed, from the opening to the closing, which discloses it.
CREATE TABLE draw_seeds (
    epoch INTEGER NOT NULL,
    outing_seq INTEGER NOT NULL,
    seed BLOB NOT NULL CHECK (length(seed) = 32),
    PRIMARY KEY (epoch, outing_seq),
    FOREIGN KEY (epoch, outing_seq) REFERENCES draws (epoch, outing_seq)
) STRICT, WITHOUT ROWID;

-- What happened to its places, in order: an encounter took one (encounter_seq, place), an encounter was declared void
-- (encounter_seq), an invitation was begun on the screen (place), or ended (place, fate).
CREATE TABLE draw_events (
    epoch INTEGER NOT NULL,
    outing_seq INTEGER NOT NULL,
    number INTEGER NOT NULL CHECK (number >= 1),
    what TEXT NOT NULL CHECK (what IN ('taken', 'voided', 'begun', 'ended')),
    encounter_seq INTEGER,               -- null where an invitation is meant
    place INTEGER,                       -- null for a void
    fate TEXT,                           -- null but for an end
    PRIMARY KEY (epoch, outing_seq, number),
    FOREIGN KEY (epoch, outing_seq) REFERENCES draws (epoch, outing_seq),
    CHECK ((encounter_seq IS NOT NULL) = (what IN ('taken', 'voided'))),
    CHECK ((place IS NULL) = (what = 'voided')),
    CHECK ((fate IS NOT NULL) = (what = 'ended'))
) STRICT, WITHOUT ROWID;

-- An invitation ends once, whatever two programs do.
CREATE UNIQUE INDEX draw_event_ends ON draw_events (epoch, outing_seq, place) WHERE what = 'ended';

CREATE TRIGGER draws_no_update BEFORE UPDATE ON draws
BEGIN SELECT raise(ABORT, 'draws: append-only'); END;
CREATE TRIGGER draws_no_delete BEFORE DELETE ON draws
BEGIN SELECT raise(ABORT, 'draws: append-only'); END;
CREATE TRIGGER draw_seeds_no_update BEFORE UPDATE ON draw_seeds
BEGIN SELECT raise(ABORT, 'draw_seeds: committed'); END;
CREATE TRIGGER draw_seeds_until_closed BEFORE DELETE ON draw_seeds
WHEN NOT EXISTS (SELECT 1 FROM outing_closings WHERE epoch = OLD.epoch AND opened_seq = OLD.outing_seq)
BEGIN SELECT raise(ABORT, 'draw_seeds: not disclosed yet'); END;
CREATE TRIGGER draw_events_no_update BEFORE UPDATE ON draw_events
BEGIN SELECT raise(ABORT, 'draw_events: append-only'); END;
CREATE TRIGGER draw_events_no_delete BEFORE DELETE ON draw_events
BEGIN SELECT raise(ABORT, 'draw_events: append-only'); END;

-- Answers to the survey that wait for their outing's closing, in the order of nothing: the key is random, there is no row
-- number, no time and no outing. Deleted cells are overwritten (secure_delete).
CREATE TABLE resting_answers (
    token BLOB PRIMARY KEY CHECK (length(token) = 16),
    key_id BLOB NOT NULL CHECK (length(key_id) = 8),
    dictionary INTEGER NOT NULL CHECK (dictionary BETWEEN 0 AND 65535),
    sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TRIGGER resting_answers_no_update BEFORE UPDATE ON resting_answers
BEGIN SELECT raise(ABORT, 'resting_answers: an answer does not change'); END;

-- Files handed over with requests. The sealed file lies beside the database, under its hash.
CREATE TABLE attachments (
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    request BLOB NOT NULL CHECK (length(request) = 16),  -- the request's record; it may be of a damaged ledger
    hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
    bytes INTEGER NOT NULL CHECK (bytes > 0),
    PRIMARY KEY (epoch, seq),
    FOREIGN KEY (epoch, seq) REFERENCES entries (epoch, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX attachments_of_request ON attachments (request);

-- Central's signed word that it holds a file. Not a record: central can go back, and this with it.
CREATE TABLE stored_files (
    hash BLOB PRIMARY KEY CHECK (length(hash) = 32) REFERENCES attachments (hash),
    told_unix_s INTEGER NOT NULL,
    signed BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TRIGGER attachments_no_update BEFORE UPDATE ON attachments
BEGIN SELECT raise(ABORT, 'attachments: append-only'); END;
CREATE TRIGGER attachments_no_delete BEFORE DELETE ON attachments
BEGIN SELECT raise(ABORT, 'attachments: append-only'); END;
-- Mirror and stick. How far a ledger was handed to a carrier: it may never arrive, so nothing is concluded from it
-- but what the team is told.
CREATE TABLE hand_overs (
    epoch INTEGER PRIMARY KEY REFERENCES epochs (ordinal),
    count INTEGER NOT NULL CHECK (count >= 0)
) STRICT;

-- Profiles that wait for their outing's closing, in the order of nothing: the key is random, there is no row number,
-- no time and no outing. All are of one size. Deleted cells are overwritten (secure_delete).
CREATE TABLE pool (
    token BLOB PRIMARY KEY CHECK (length(token) = 16),
    key_id BLOB NOT NULL CHECK (length(key_id) = 8),
    dictionary INTEGER NOT NULL CHECK (dictionary BETWEEN 0 AND 65535),
    sealed BLOB NOT NULL CHECK (length(sealed) = 176)
) STRICT, WITHOUT ROWID;

-- What a closing counts that no other table tells: encounters by outcome, papers. Numbers only, and not a record: a
-- number grows in its place.
CREATE TABLE outing_counts (
    epoch INTEGER NOT NULL,
    opened_seq INTEGER NOT NULL,
    what TEXT NOT NULL,
    count INTEGER NOT NULL CHECK (count >= 1),
    PRIMARY KEY (epoch, opened_seq, what),
    FOREIGN KEY (epoch, opened_seq) REFERENCES outing_openings (epoch, seq)
) STRICT, WITHOUT ROWID;

-- What this stand stated of each outing that it closed: written with the closing itself.
CREATE TABLE acts (
    epoch INTEGER NOT NULL,
    opened_seq INTEGER NOT NULL,
    signed BLOB NOT NULL,
    PRIMARY KEY (epoch, opened_seq),
    FOREIGN KEY (epoch, opened_seq) REFERENCES outing_closings (epoch, opened_seq)
) STRICT, WITHOUT ROWID;

-- What the office last certified of a closing; a later word takes the place of an earlier one.
CREATE TABLE certificates (
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    signed BLOB NOT NULL,
    PRIMARY KEY (epoch, seq),
    FOREIGN KEY (epoch, seq) REFERENCES entries (epoch, seq)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER pool_no_update BEFORE UPDATE ON pool
BEGIN SELECT raise(ABORT, 'pool: a profile does not change'); END;
CREATE TRIGGER acts_no_update BEFORE UPDATE ON acts
BEGIN SELECT raise(ABORT, 'acts: append-only'); END;
CREATE TRIGGER acts_no_delete BEFORE DELETE ON acts
BEGIN SELECT raise(ABORT, 'acts: append-only'); END;
