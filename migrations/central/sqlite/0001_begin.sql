-- The central office's first schema: stands, what they pushed, what was opened of it, what they were given.
--
-- Why so:
-- * Every key of what stands push begins with the device, and no number is drawn from a shared counter: a
--   distributed PostgreSQL can spread these tables by device without a change.
-- * Nothing readable of a citizen lies here. What opening writes down (table requests) is what lists and the
--   status page need; names, texts and addresses stay inside `sealed` and are opened again when looked at.
-- * Entries and answers are append-only by trigger. Only `sealed` may be emptied later (retention, a person's
--   rights): the chain runs over its hash, which stays.
-- * An empty text or blob means "none" where a column says so; a NULL appears only where a number has no zero
--   that could mean it.

-- Codes that the office gave out and that no stand has used yet, and afterwards the answer that the stand got.
CREATE TABLE enrolment_codes (
    code_id          BLOB    NOT NULL PRIMARY KEY CHECK (length(code_id) = 8),
    device           BLOB    NOT NULL UNIQUE CHECK (length(device) = 16),
    label            TEXT    NOT NULL,
    -- The space of attention that the stand is for.
    space            TEXT    NOT NULL CHECK (space IN ('terreno', 'oirs', 'telefono', 'buzon')),
    -- The code itself, until it is used: the stand proves that it has it. Empty afterwards.
    code             TEXT    NOT NULL,
    made_unix_s      INTEGER NOT NULL,
    expires_unix_s   INTEGER NOT NULL,
    -- The stand's key that used it and the answer it got, to be repeated byte for byte. Empty before.
    public_key       BLOB    NOT NULL DEFAULT x'',
    answer           BLOB    NOT NULL DEFAULT x''
) STRICT;

-- Enrolled stands. Few; a distributed database keeps a copy on every node.
CREATE TABLE devices (
    device           BLOB    NOT NULL PRIMARY KEY CHECK (length(device) = 16),
    label            TEXT    NOT NULL,
    -- Where it works; so also where everything was filed that it pushes.
    space            TEXT    NOT NULL CHECK (space IN ('terreno', 'oirs', 'telefono', 'buzon')),
    kid              BLOB    NOT NULL UNIQUE CHECK (length(kid) = 8),
    public_key       BLOB    NOT NULL UNIQUE CHECK (length(public_key) = 32),
    certificate      BLOB    NOT NULL,
    folio_prefix     INTEGER NOT NULL UNIQUE CHECK (folio_prefix BETWEEN 0 AND 32767),
    enrolled_unix_s  INTEGER NOT NULL,
    -- Until when what it signs is taken as certified: its certificate's end, or a later one that the office decided.
    not_after_unix_s INTEGER NOT NULL,
    -- NULL: not revoked.
    revoked_unix_s   INTEGER,
    revoked_reason   TEXT    NOT NULL DEFAULT '',
    -- What was agreed on at the enrolment for unlocking by telephone: sets a leader's PIN there, opens nothing.
    unlock_key       BLOB    NOT NULL CHECK (length(unlock_key) = 32)
) STRICT;

-- The branches of each ledger. The main one has eight zero bytes for a name; another one is named by the first
-- hash in which it differs, has a parent, and holds entries of its own only after `base`.
CREATE TABLE branches (
    device           BLOB    NOT NULL,
    epoch            BLOB    NOT NULL CHECK (length(epoch) = 8),
    branch           BLOB    NOT NULL CHECK (length(branch) = 8),
    -- In the order in which central met them, from 0 (the main one).
    ordinal          INTEGER NOT NULL,
    parent           BLOB    NOT NULL CHECK (length(parent) = 8),
    base             INTEGER NOT NULL,
    base_hash        BLOB    NOT NULL CHECK (length(base_hash) = 32),
    count            INTEGER NOT NULL,
    head             BLOB    NOT NULL CHECK (length(head) = 32),
    -- Entries up to here were opened, or their failure was written down.
    opened           INTEGER NOT NULL,
    made_unix_s      INTEGER NOT NULL,
    changed_unix_s   INTEGER NOT NULL,
    PRIMARY KEY (device, epoch, branch),
    UNIQUE (device, epoch, ordinal),
    CHECK (base <= count AND opened BETWEEN base AND count)
) STRICT, WITHOUT ROWID;

-- Every entry that a stand signed, as it came.
CREATE TABLE entries (
    device           BLOB    NOT NULL,
    epoch            BLOB    NOT NULL,
    branch           BLOB    NOT NULL,
    seq              INTEGER NOT NULL CHECK (seq > 0),
    kind             INTEGER NOT NULL,
    key_id           BLOB    NOT NULL CHECK (length(key_id) = 8),
    dictionary       INTEGER NOT NULL,
    hash             BLOB    NOT NULL CHECK (length(hash) = 32),
    sealed_hash      BLOB    NOT NULL CHECK (length(sealed_hash) = 32),
    sealed           BLOB    NOT NULL,
    received_unix_s  INTEGER NOT NULL,
    -- Why it is quarantined; empty when it isn't.
    quarantine       TEXT    NOT NULL CHECK (quarantine IN ('', 'fork', 'revoked', 'expired')),
    PRIMARY KEY (device, epoch, branch, seq)
) STRICT;

CREATE TRIGGER entry_stays BEFORE DELETE ON entries
BEGIN SELECT RAISE(ABORT, 'entries are never deleted'); END;

CREATE TRIGGER entry_is_fixed
BEFORE UPDATE OF device, epoch, branch, seq, kind, key_id, dictionary, hash, sealed_hash, received_unix_s, quarantine ON entries
BEGIN SELECT RAISE(ABORT, 'an entry does not change'); END;

-- The answer to every push that was taken, to be repeated byte for byte.
CREATE TABLE answers (
    device           BLOB    NOT NULL,
    epoch            BLOB    NOT NULL,
    payload_hash     BLOB    NOT NULL CHECK (length(payload_hash) = 32),
    checkpoint       BLOB    NOT NULL,
    answered_unix_s  INTEGER NOT NULL,
    PRIMARY KEY (device, epoch, payload_hash)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER answer_stays BEFORE DELETE ON answers
BEGIN SELECT RAISE(ABORT, 'answers are never deleted'); END;

CREATE TRIGGER answer_is_fixed BEFORE UPDATE ON answers
BEGIN SELECT RAISE(ABORT, 'an answer does not change'); END;

-- What a stand signed and could not be taken as a push, because nobody can read it or because it would begin one
-- branch too many: kept for a person to look at, as much of each stand as may be. A row goes only at the word of a
-- person who carried its bytes away.
CREATE TABLE kept_pushes (
    device           BLOB    NOT NULL,
    payload_hash     BLOB    NOT NULL CHECK (length(payload_hash) = 32),
    why              TEXT    NOT NULL,
    signed           BLOB    NOT NULL,
    received_unix_s  INTEGER NOT NULL,
    PRIMARY KEY (device, payload_hash)
) STRICT;

CREATE TRIGGER kept_push_is_fixed BEFORE UPDATE ON kept_pushes
BEGIN SELECT RAISE(ABORT, 'what is kept apart does not change'); END;

-- What lists need of each request that was opened. The record itself is the entry of the same key.
CREATE TABLE requests (
    device           BLOB    NOT NULL,
    epoch            BLOB    NOT NULL,
    branch           BLOB    NOT NULL,
    seq              INTEGER NOT NULL,
    -- The 45-bit number. Not unique: two clones of a stand can draw the same one.
    folio            INTEGER NOT NULL,
    kind             TEXT    NOT NULL,
    comuna           TEXT    NOT NULL,
    answer_by        TEXT    NOT NULL,
    captured_unix_s  INTEGER NOT NULL,
    certainty        TEXT    NOT NULL,
    -- The paper's date as filed; empty when nothing was transcribed.
    paper_at         TEXT    NOT NULL,
    received_unix_s  INTEGER NOT NULL,
    -- Days since 1970-01-01; NULL where no answer was asked for.
    due_days         INTEGER,
    due_legal_days   INTEGER,
    -- Recognises the paper: derived from the claim key, which can't be derived from it.
    status_token     BLOB    NOT NULL CHECK (length(status_token) = 16),
    -- Keyed hash of folio and control code; the key is not in this file.
    control_tag      BLOB    NOT NULL CHECK (length(control_tag) = 32),
    quarantine       TEXT    NOT NULL,
    PRIMARY KEY (device, epoch, branch, seq)
) STRICT;

CREATE INDEX request_by_due ON requests (due_days, captured_unix_s, device, epoch, branch, seq);
CREATE INDEX request_by_folio ON requests (folio);
CREATE INDEX request_by_token ON requests (status_token);
CREATE INDEX request_by_control ON requests (control_tag);

-- Additions and withdrawals (they name a folio) and voids (they name an entry of the same stand).
CREATE TABLE follow_ups (
    device           BLOB    NOT NULL,
    epoch            BLOB    NOT NULL,
    branch           BLOB    NOT NULL,
    seq              INTEGER NOT NULL,
    what             TEXT    NOT NULL CHECK (what IN ('addition', 'withdrawal', 'void')),
    -- NULL for a void.
    folio            INTEGER,
    -- Keyed hash of the folio and the control code that came with it, as in `requests`; empty without a code. Compared
    -- when it is asked for, since the request may come later than what follows on it.
    control_tag      BLOB    NOT NULL CHECK (length(control_tag) IN (0, 32)),
    -- Empty and 0 for what names a folio.
    target_epoch     BLOB    NOT NULL,
    target_seq       INTEGER NOT NULL,
    captured_unix_s  INTEGER NOT NULL,
    received_unix_s  INTEGER NOT NULL,
    quarantine       TEXT    NOT NULL,
    PRIMARY KEY (device, epoch, branch, seq)
) STRICT;

CREATE INDEX follow_up_by_folio ON follow_ups (folio);
CREATE INDEX follow_up_by_target ON follow_ups (device, target_epoch, target_seq);

-- Entries that could not be opened, with the reason: listed and tried again, never dropped.
CREATE TABLE opening_failures (
    device           BLOB    NOT NULL,
    epoch            BLOB    NOT NULL,
    branch           BLOB    NOT NULL,
    seq              INTEGER NOT NULL,
    why              TEXT    NOT NULL,
    tried_unix_s     INTEGER NOT NULL,
    PRIMARY KEY (device, epoch, branch, seq)
) STRICT;

-- Entries of a kind that the program did not know which opened them: a newer stand's. A newer program finds them here
-- and opens them again.
CREATE TABLE unknown_kinds (
    device           BLOB    NOT NULL,
    epoch            BLOB    NOT NULL,
    branch           BLOB    NOT NULL,
    seq              INTEGER NOT NULL,
    kind             INTEGER NOT NULL,
    PRIMARY KEY (device, epoch, branch, seq)
) STRICT;

CREATE INDEX unknown_kind_by_kind ON unknown_kinds (kind);

-- Where the requests for content stand. What was looked for stays inside the sealed entry.
CREATE TABLE wanted (
    device           BLOB    NOT NULL,
    epoch            BLOB    NOT NULL,
    branch           BLOB    NOT NULL,
    seq              INTEGER NOT NULL,
    captured_unix_s  INTEGER NOT NULL,
    PRIMARY KEY (device, epoch, branch, seq)
) STRICT;

CREATE INDEX wanted_by_time ON wanted (captured_unix_s, device, epoch, branch, seq);

-- The last manifest that each stand was given; its number only grows.
CREATE TABLE manifests (
    device           BLOB    NOT NULL PRIMARY KEY,
    number           INTEGER NOT NULL,
    signed           BLOB    NOT NULL,
    issued_unix_s    INTEGER NOT NULL
) STRICT;

-- Content by its hash, as manifests name it.
CREATE TABLE parts (
    hash             BLOB    NOT NULL PRIMARY KEY CHECK (length(hash) = 32),
    content          BLOB    NOT NULL
) STRICT;

-- What the office publishes for all stands. The one with the highest number of each kind is in every manifest.
CREATE TABLE publications (
    kind             INTEGER NOT NULL,
    number           INTEGER NOT NULL CHECK (number >= 1),
    -- SHA-256 of what was published, and of the part that carries it.
    content_hash     BLOB    NOT NULL CHECK (length(content_hash) = 32),
    part_hash        BLOB    NOT NULL REFERENCES parts (hash),
    part_bytes       INTEGER NOT NULL,
    published_unix_s INTEGER NOT NULL,
    PRIMARY KEY (kind, number),
    UNIQUE (kind, content_hash)
) STRICT;

CREATE TRIGGER publication_is_fixed BEFORE UPDATE ON publications
BEGIN SELECT RAISE(ABORT, 'what was published does not change'); END;
CREATE TRIGGER publication_stays BEFORE DELETE ON publications
BEGIN SELECT RAISE(ABORT, 'what was published stays known'); END;

-- Surveys: what stands committed themselves to and disclosed, so that every draw can be counted again. An outing and its
-- entries are of one branch. What was answered stays in `entries`.
CREATE TABLE survey_draws (
    device           BLOB    NOT NULL,
    epoch            BLOB    NOT NULL,
    branch           BLOB    NOT NULL,
    -- The entry that opened the outing.
    seq              INTEGER NOT NULL,
    survey           TEXT    NOT NULL,
    numerator        INTEGER NOT NULL,
    denominator      INTEGER NOT NULL,
    commitment       BLOB    NOT NULL CHECK (length(commitment) = 32),
    captured_unix_s  INTEGER NOT NULL,
    PRIMARY KEY (device, epoch, branch, seq)
) STRICT;

CREATE TABLE survey_draw_closings (
    device           BLOB    NOT NULL,
    epoch            BLOB    NOT NULL,
    branch           BLOB    NOT NULL,
    seq              INTEGER NOT NULL,
    outing_seq       INTEGER NOT NULL,
    seed             BLOB    NOT NULL CHECK (length(seed) = 32),
    places           INTEGER NOT NULL,
    drawn            INTEGER NOT NULL,
    answered         INTEGER NOT NULL,
    refused          INTEGER NOT NULL,
    broken_off       INTEGER NOT NULL,
    lapsed           INTEGER NOT NULL,
    PRIMARY KEY (device, epoch, branch, seq)
) STRICT;

CREATE INDEX survey_draw_closing_by_outing ON survey_draw_closings (device, epoch, branch, outing_seq);

-- The place that each encounter took.
CREATE TABLE survey_places (
    device           BLOB    NOT NULL,
    epoch            BLOB    NOT NULL,
    branch           BLOB    NOT NULL,
    seq              INTEGER NOT NULL,
    outing_seq       INTEGER NOT NULL,
    place            INTEGER NOT NULL,
    PRIMARY KEY (device, epoch, branch, seq)
) STRICT;

CREATE INDEX survey_place_by_outing ON survey_places (device, epoch, branch, outing_seq, seq);

-- How invitations ended.
CREATE TABLE survey_invitations (
    device           BLOB    NOT NULL,
    epoch            BLOB    NOT NULL,
    branch           BLOB    NOT NULL,
    seq              INTEGER NOT NULL,
    outing_seq       INTEGER NOT NULL,
    place            INTEGER NOT NULL,
    -- Empty for a way that the program did not know.
    fate             TEXT    NOT NULL,
    PRIMARY KEY (device, epoch, branch, seq)
) STRICT;

CREATE INDEX survey_invitation_by_outing ON survey_invitations (device, epoch, branch, outing_seq, seq);

-- Which entries are answers, and to what. Nothing of what was answered.
CREATE TABLE survey_answers (
    device           BLOB    NOT NULL,
    epoch            BLOB    NOT NULL,
    branch           BLOB    NOT NULL,
    seq              INTEGER NOT NULL,
    -- The answer's own id. Not unique: one that comes twice is counted once.
    answer           BLOB    NOT NULL CHECK (length(answer) = 16),
    survey           TEXT    NOT NULL,
    version          INTEGER NOT NULL,
    complete         INTEGER NOT NULL CHECK (complete IN (0, 1)),
    PRIMARY KEY (device, epoch, branch, seq)
) STRICT;

CREATE INDEX survey_answer_by_survey ON survey_answers (survey);
CREATE INDEX survey_answer_by_id ON survey_answers (answer);

-- Sealed files that stands bring for entries that announce them. The bytes lie in files; a row says whose they are and
-- keeps the office's signed word, to be repeated byte for byte.
CREATE TABLE files (
    device           BLOB    NOT NULL,
    hash             BLOB    NOT NULL CHECK (length(hash) = 32),
    -- The position that announces it.
    epoch            BLOB    NOT NULL CHECK (length(epoch) = 8),
    seq              INTEGER NOT NULL CHECK (seq > 0),
    bytes            INTEGER NOT NULL CHECK (bytes > 0),
    -- Empty until the file is whole and durable.
    stored           BLOB    NOT NULL,
    begun_unix_s     INTEGER NOT NULL,
    PRIMARY KEY (device, hash)
) STRICT, WITHOUT ROWID;

CREATE INDEX file_by_entry ON files (device, epoch, seq);
CREATE INDEX file_unfinished ON files (device, begun_unix_s) WHERE stored = x'';

CREATE TRIGGER stored_file_stays BEFORE DELETE ON files WHEN OLD.stored <> x''
BEGIN SELECT RAISE(ABORT, 'a file that was signed for stays known'); END;
CREATE TRIGGER stored_file_is_fixed BEFORE UPDATE ON files WHEN OLD.stored <> x''
BEGIN SELECT RAISE(ABORT, 'a word on a file does not change'); END;

-- Attachments that were opened: whose they are. What they are called and what opens them stays in the sealed entry.
CREATE TABLE attachments (
    device           BLOB    NOT NULL,
    epoch            BLOB    NOT NULL,
    branch           BLOB    NOT NULL,
    seq              INTEGER NOT NULL,
    folio            INTEGER NOT NULL,
    hash             BLOB    NOT NULL CHECK (length(hash) = 32),
    captured_unix_s  INTEGER NOT NULL,
    PRIMARY KEY (device, epoch, branch, seq)
) STRICT, WITHOUT ROWID;

CREATE INDEX attachment_by_folio ON attachments (device, folio);

-- Who was let in by telephone, in staff codes: written down before the response is told.
CREATE TABLE unlocks (
    device           BLOB    NOT NULL,
    challenge        TEXT    NOT NULL,
    person           TEXT    NOT NULL,
    given_unix_s     INTEGER NOT NULL,
    PRIMARY KEY (device, challenge, person)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER unlock_stays BEFORE DELETE ON unlocks
BEGIN SELECT RAISE(ABORT, 'who was let in stays known'); END;
CREATE TRIGGER unlock_is_fixed BEFORE UPDATE ON unlocks
BEGIN SELECT RAISE(ABORT, 'who was let in does not change'); END;
-- Outings as far as closings are compared with them: what opening found. Nothing here says who was attended.
CREATE TABLE outings (
    device           BLOB    NOT NULL,
    epoch            BLOB    NOT NULL,
    branch           BLOB    NOT NULL,
    -- The entry that opened it.
    seq              INTEGER NOT NULL,
    -- Where, as filed; empty when the stand opened it by itself.
    comuna           TEXT    NOT NULL,
    -- The kind of place, as filed; empty when nobody said.
    place_kind       TEXT    NOT NULL,
    captured_unix_s  INTEGER NOT NULL,
    PRIMARY KEY (device, epoch, branch, seq)
) STRICT;

-- Closings, and what each counts, by the codes of the protocol.
CREATE TABLE closings (
    device           BLOB    NOT NULL,
    epoch            BLOB    NOT NULL,
    branch           BLOB    NOT NULL,
    -- The entry that closed the outing.
    seq              INTEGER NOT NULL,
    opened_seq       INTEGER NOT NULL,
    captured_unix_s  INTEGER NOT NULL,
    PRIMARY KEY (device, epoch, branch, seq)
) STRICT;

CREATE INDEX closing_by_time ON closings (captured_unix_s, device, epoch, branch, seq);

CREATE TABLE closing_counts (
    device           BLOB    NOT NULL,
    epoch            BLOB    NOT NULL,
    branch           BLOB    NOT NULL,
    seq              INTEGER NOT NULL,
    what             INTEGER NOT NULL,
    stated           INTEGER NOT NULL,
    PRIMARY KEY (device, epoch, branch, seq, what)
) STRICT;

-- Encounters: what came of each, and no more.
CREATE TABLE encounters (
    device           BLOB    NOT NULL,
    epoch            BLOB    NOT NULL,
    branch           BLOB    NOT NULL,
    seq              INTEGER NOT NULL,
    outcome          TEXT    NOT NULL,
    PRIMARY KEY (device, epoch, branch, seq)
) STRICT;

-- Profiles: the random id of each, by which one is noticed that comes twice. What was answered stays sealed.
CREATE TABLE profiles (
    device           BLOB    NOT NULL,
    epoch            BLOB    NOT NULL,
    branch           BLOB    NOT NULL,
    seq              INTEGER NOT NULL,
    profile_id       BLOB    NOT NULL CHECK (length(profile_id) = 16),
    PRIMARY KEY (device, epoch, branch, seq)
) STRICT;

CREATE INDEX profile_by_id ON profiles (profile_id);

-- Ledgers that are a copy of what rested in a stand's pool, and in which ledger it rested: profiles and answers that come
-- at a closing as well count there.
CREATE TABLE resting_copies (
    device           BLOB    NOT NULL,
    epoch            BLOB    NOT NULL,
    branch           BLOB    NOT NULL,
    seq              INTEGER NOT NULL,
    rested_in        BLOB    NOT NULL CHECK (length(rested_in) = 8),
    PRIMARY KEY (device, epoch, branch, seq)
) STRICT;

CREATE INDEX resting_copy_by_pool ON resting_copies (device, rested_in);
