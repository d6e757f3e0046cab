-- Who is at the record, and what its administrator tells everybody: on a server only, and no part of the journal.
-- A row of presence is no lock; one that was not renewed for a while counts for nothing, and anybody clears it.
CREATE TABLE IF NOT EXISTS locks.presence (
    login text NOT NULL DEFAULT session_user,
    place text NOT NULL CHECK (length(place) <= 40),
    person text NOT NULL,
    page text NOT NULL CHECK (length(page) <= 60),
    since timestamptz NOT NULL DEFAULT now(),
    seen_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (login, place)
);
CREATE TABLE IF NOT EXISTS locks.notice (
    is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
    closes_at timestamptz,
    words text NOT NULL DEFAULT '',
    smallest_version text NOT NULL DEFAULT ''
);
