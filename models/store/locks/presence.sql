-- Who is at the record, and what its administrator tells everybody: on a server only, and no part of the journal.
-- A row of presence is no lock; one that was not renewed for a while, or whose window listens no more, counts for
-- nothing, and anybody clears it.
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

-- Many windows of one login would be as many for everybody to read.
CREATE OR REPLACE FUNCTION locks.check_windows() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
BEGIN
    IF (SELECT count(*) FROM locks.presence p WHERE p.login = session_user) > 50 THEN
        RAISE EXCEPTION 'Nobody has as many windows.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NULL;
END
$$;
CREATE OR REPLACE TRIGGER locks_check_windows AFTER INSERT ON locks.presence
    FOR EACH STATEMENT EXECUTE FUNCTION locks.check_windows();

-- The connection of a window holds the name of its place, and nothing else of this kind: who could hold any number of
-- such locks would leave none to others.
CREATE OR REPLACE FUNCTION locks.hold(place text) RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
    SELECT pg_advisory_unlock_all();
    SELECT pg_advisory_lock_shared(hashtext('grant_panel'), hashtext(hold.place))
$$;
-- Whether the window of a place listens: its connection holds the place's name, which goes with it when it is killed.
CREATE OR REPLACE FUNCTION locks.is_listening(place text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
    SELECT EXISTS (
        SELECT FROM pg_locks l JOIN pg_database d ON d.oid = l.database AND d.datname = current_database()
        WHERE l.locktype = 'advisory' AND l.objsubid = 2 AND l.granted
            AND l.classid = hashtext('grant_panel')::oid AND l.objid = hashtext(is_listening.place)::oid
    )
$$;
