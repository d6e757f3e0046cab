-- What no policy can say, since it looks at what stood before or at several rows: done as each row is written.

-- A journal row follows the head, is the login's own, of a kind that its role may do, and hashed as it says.
CREATE OR REPLACE FUNCTION locks.check_journal() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET row_security = on SET timezone = 'UTC' SET datestyle = 'ISO, YMD' AS $$
DECLARE
    head record;
    may record;
    said text;
    now_at text := to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');
    back_at text := to_char(clock_timestamp() AT TIME ZONE 'UTC' - interval '5 minutes', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');
BEGIN
    IF locks.is_administrator() THEN
        RETURN NEW;
    END IF;
    SELECT j.seq, j.hash, j.at INTO head FROM public.journal j ORDER BY j.seq DESC LIMIT 1;
    IF NEW.seq IS DISTINCT FROM coalesce(head.seq, 0) + 1
        OR NEW.prev IS DISTINCT FROM coalesce(head.hash, decode(repeat('00', 32), 'hex'))
        OR NEW.at < coalesce(head.at, '') THEN
        RAISE EXCEPTION 'The journal row does not follow the newest one.' USING ERRCODE = 'insufficient_privilege';
    ELSIF NOT coalesce(NEW.at = head.at AND head.at > now_at, false) AND (
        NEW.at !~ '^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$' OR NEW.at > now_at OR NEW.at < back_at
    ) THEN
        RAISE EXCEPTION 'The time of a journal row is the server''s.' USING ERRCODE = 'insufficient_privilege';
    ELSIF NEW.actor IS DISTINCT FROM locks.person() OR NEW.role <> ALL (locks.held()) THEN
        RAISE EXCEPTION 'The journal row is not of the person who is signed on, in a role of theirs.'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT p.roles, p.needs_all INTO may FROM locks.permissions p WHERE p.kind = NEW.kind;
    IF NOT coalesce(NEW.role = ANY (may.roles), false) THEN
        RAISE EXCEPTION 'This kind of change is not made here in the role of %.', NEW.role
            USING ERRCODE = 'insufficient_privilege';
    ELSIF may.needs_all AND (EXISTS (SELECT locks.own_members()) OR EXISTS (SELECT locks.unseen())) THEN
        RAISE EXCEPTION 'This is done by an officer who sits on no panel of the record, since all of it is needed.'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    said := '[' || to_json(NEW.at) || ',[' || to_json(NEW.actor) || ',' || to_json(NEW.role) || '],'
        || to_json(NEW.kind) || ']';
    IF NEW.hash IS DISTINCT FROM sha256(
        '\x67702d6a6f75726e616c2d3200'::bytea || int8send(NEW.seq) || NEW.prev || convert_to(said, 'UTF8') || NEW.digest
    ) THEN
        RAISE EXCEPTION 'The journal row is not hashed as it says.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    DELETE FROM locks.changes c WHERE c.is_checked AND c.changing <> pg_current_xact_id();
    INSERT INTO locks.changes VALUES (pg_current_xact_id(), NEW.seq)
    ON CONFLICT (changing) DO UPDATE SET seq = EXCLUDED.seq WHERE changes.seq IS NULL;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'A transaction is one row of the journal.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;

-- Whether a text begins with a day of the calendar.
CREATE OR REPLACE FUNCTION locks.is_day(words text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
        WHEN substr(words, 1, 4) = '0000' OR substr(words, 6, 2) NOT BETWEEN '01' AND '12' THEN false
        ELSE substr(words, 9, 2)::integer BETWEEN 1 AND extract(day FROM make_date(
            substr(words, 1, 4)::integer, substr(words, 6, 2)::integer, 1
        ) + interval '1 month - 1 day')
    END
$$;

-- Whether JSON has a number with a point or a power of ten, 1.0 or 1e5, which the program writes nowhere and never reads.
CREATE OR REPLACE FUNCTION locks.has_fraction(words text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT words ~ '[0-9][.eE]' AND regexp_replace(words, '"(\\.|[^"\\])*"', '', 'g') ~ '[0-9][.eE]'
$$;

-- Whether JSON looks like what the program reads there (canonical.shape_of): of a change it reads the types of all fields.
CREATE OR REPLACE FUNCTION locks.is_shaped(words jsonb, shape jsonb) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    kind text := jsonb_typeof(words);
BEGIN
    IF jsonb_typeof(shape) = 'string' THEN
        RETURN CASE shape #>> '{}'
            WHEN 'text' THEN kind = 'string'
            WHEN 'whole' THEN kind = 'number'
                AND CASE kind WHEN 'number' THEN words::numeric % 1 = 0 AND abs(words::numeric) < 9223372036854775808 END
            WHEN 'yes or no' THEN kind = 'boolean'
            ELSE kind = 'null'
        END;
    ELSIF shape ? 'between' THEN
        RETURN CASE kind WHEN 'number' THEN locks.is_shaped(words, '"whole"')
            AND words::numeric BETWEEN (shape -> 'between' ->> 0)::numeric AND (shape -> 'between' ->> 1)::numeric
        ELSE false END;
    ELSIF shape ? 'day' THEN
        RETURN kind = 'string' AND CASE WHEN words #>> '{}' ~ (shape ->> 'day') THEN locks.is_day(words #>> '{}') ELSE false END;
    ELSIF shape ? 'like' THEN
        RETURN kind = 'string' AND words #>> '{}' ~ (shape ->> 'like');
    ELSIF shape ? 'in' THEN
        RETURN kind NOT IN ('array', 'object') AND shape -> 'in' @> words;
    ELSIF shape ? 'any' THEN
        RETURN EXISTS (SELECT FROM jsonb_array_elements(shape -> 'any') AS one(kind_of) WHERE locks.is_shaped(words, kind_of));
    ELSIF shape ? 'list' THEN
        RETURN CASE kind WHEN 'array' THEN NOT EXISTS (
            SELECT FROM jsonb_array_elements(words) AS one(it) WHERE NOT locks.is_shaped(it, shape -> 'list')
        ) ELSE false END;
    ELSIF shape ? 'row' THEN
        RETURN CASE kind WHEN 'array' THEN jsonb_array_length(words) = jsonb_array_length(shape -> 'row') AND NOT EXISTS (
            SELECT FROM jsonb_array_elements(words) WITH ORDINALITY AS one(it, place)
            WHERE NOT locks.is_shaped(it, shape -> 'row' -> (place - 1)::integer)
        ) ELSE false END;
    ELSIF shape ? 'map' THEN
        RETURN CASE kind WHEN 'object' THEN NOT EXISTS (
            SELECT FROM jsonb_each(words) AS one(name, it) WHERE NOT locks.is_shaped(it, shape -> 'map')
        ) ELSE false END;
    ELSIF shape ? 'of' THEN
        RETURN CASE kind WHEN 'object' THEN words ?& ARRAY(SELECT jsonb_array_elements_text(shape -> 'needed'))
            AND NOT EXISTS (
                SELECT FROM jsonb_each(words) AS one(name, it)
                WHERE NOT coalesce(locks.is_shaped(it, shape -> 'of' -> name), false)
            )
        ELSE false END;
    END IF;
    RETURN shape = '{}';
END
$$;

-- The words of a journal row are those that its digest was made of, can be read by whoever is told of them, are of
-- the fields of their kind, say whether they are entered for somebody else, and are no longer than such a change can be.
CREATE OR REPLACE FUNCTION locks.check_body() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
DECLARE
    may record;
    said jsonb;
BEGIN
    IF locks.is_administrator() THEN
        RETURN NEW;
    END IF;
    SELECT p.*, j.role, j.digest, j.seq = (SELECT max(seq) FROM public.journal) AS is_newest INTO may
    FROM public.journal j JOIN locks.permissions p ON p.kind = j.kind WHERE j.seq = NEW.seq;
    IF octet_length(NEW.body) > may.longest THEN
        RAISE EXCEPTION 'The words are longer than any such change.' USING ERRCODE = 'insufficient_privilege';
    ELSIF may.is_newest IS NOT TRUE
        OR may.digest IS DISTINCT FROM sha256('\x67702d626f64792d3100'::bytea || NEW.salt || convert_to(NEW.body, 'UTF8')) THEN
        RAISE EXCEPTION 'The words are not those of the newest journal row.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    said := NEW.body::jsonb;
    IF jsonb_typeof(said) <> 'object' OR jsonb_path_exists(said, '$.**{24}') THEN
        RAISE EXCEPTION 'The words are not what a change is written as.' USING ERRCODE = 'insufficient_privilege';
    ELSIF locks.has_fraction(NEW.body) OR NOT locks.is_shaped(said, may.shape) THEN
        RAISE EXCEPTION 'The words are not of the fields of this kind.' USING ERRCODE = 'insufficient_privilege';
    ELSIF may.on_paper <> '{}' AND (may.role = ANY (may.on_paper)) <> (
        coalesce(said ->> 'in_place', '') <> '' OR coalesce(said ->> 'from_paper', '') = 'true'
    ) THEN
        RAISE EXCEPTION 'What somebody else did is entered from paper, in the role of who does that, and says so.'
            USING ERRCODE = 'insufficient_privilege';
    ELSIF may.every_area AND NOT locks.acts(ARRAY[may.role], (said ->> 'round_id')::bigint, 0) AND NOT (
        may.kind = ANY (OF_NOTE_TAKER) AND said ->> 'role' = 'note-taker'
        AND coalesce(said -> 'areas', 'null') <> '[]' AND NOT EXISTS (
            SELECT FROM jsonb_array_elements_text(coalesce(nullif(said -> 'areas', 'null'), '[]')) AS named WHERE NOT locks.acts(
                ARRAY[may.role], (said ->> 'round_id')::bigint, coalesce((
                    SELECT a.id FROM public.areas a WHERE a.round_id = (said ->> 'round_id')::bigint AND a.name = named
                ), 0)
            )
        )
    ) THEN
        RAISE EXCEPTION 'What concerns every area of a round is done by an officer, or in a role for all areas.'
            USING ERRCODE = 'insufficient_privilege';
    ELSIF may.kind = 'erase bodies' AND coalesce(said -> 'applications', '[]') = '[]'
        AND coalesce(said -> 'removed', '[]') = '[]' THEN
        RAISE EXCEPTION 'Rows of the journal are set aside by an administrator.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;

-- What the login declared, a line for each application (0: none): in which seat, of which kind and in which words.
CREATE OR REPLACE FUNCTION locks.declared() RETURNS SETOF text LANGUAGE sql STABLE AS $$
    SELECT concat_ws(' ', coalesce(i.application_id, 0), i.member_id, i.kind, w.detail)
    FROM public.interests i LEFT JOIN public.interest_words w ON w.interest_id = i.id
    WHERE i.member_id IN (SELECT locks.own_members())
$$;

-- Whether a transaction changed what the login declared of signed applications: the signature rests on it until the
-- line is sent back. A declaration is written anew as a whole, so that this is seen at its end.
CREATE OR REPLACE FUNCTION locks.moved_under_signature() RETURNS boolean LANGUAGE plpgsql STABLE AS $$
DECLARE
    stood text[] := (
        SELECT k.declared FROM locks.kept_closed k
        WHERE k.login = session_user AND k.changing = pg_current_xact_id_if_assigned()
    );
BEGIN
    RETURN stood IS NOT NULL AND EXISTS (
        WITH stands AS MATERIALIZED (SELECT locks.declared() AS line), moved AS MATERIALIZED (
            (SELECT unnest(stood) AS line EXCEPT SELECT s.line FROM stands s)
            UNION (SELECT s.line FROM stands s EXCEPT SELECT unnest(stood))
        )
        SELECT FROM moved JOIN public.applications a ON a.id = split_part(moved.line, ' ', 1)::bigint
        WHERE locks.is_signed(a.id)
    );
END
$$;

-- Whether a transaction takes back what was declared and what opened others' marks: an interest or an abstention where
-- another sheet is in, or the whole declaration once there is a meeting. The chair alone does, with a reason that
-- stands with the sheet; who has no seat may write a round as a whole.
CREATE OR REPLACE FUNCTION locks.took_back() RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN EXISTS (
        WITH gone AS (
            SELECT r.member_id, m.round_id, r.application_id
            FROM locks.interests_removed r JOIN public.members m ON m.id = r.member_id
            WHERE r.changing = pg_current_xact_id() AND r.kind <> 'none' AND NOT EXISTS (
                SELECT FROM public.interests i
                WHERE i.member_id = r.member_id AND i.kind <> 'none'
                    AND i.application_id IS NOT DISTINCT FROM r.application_id
            )
        )
        SELECT FROM gone JOIN public.applications a ON a.round_id = gone.round_id
        JOIN public.sheets s ON s.application_id = a.id AND s.is_submitted AND s.member_id <> gone.member_id
        WHERE coalesce(gone.application_id, a.id) = a.id AND NOT (
            locks.acts('{chair}', gone.round_id) AND EXISTS (
                SELECT FROM public.sheets own
                WHERE own.member_id = gone.member_id AND own.application_id = a.id
                    AND btrim(coalesce(own.reopened, '')) <> ''
            )
        )
    ) OR EXISTS (
        SELECT FROM locks.interests_removed r JOIN public.members m ON m.id = r.member_id
        WHERE r.changing = pg_current_xact_id()
            AND NOT EXISTS (SELECT FROM public.interests i WHERE i.member_id = m.id)
            AND EXISTS (
                SELECT FROM public.areas a WHERE a.round_id = m.round_id AND a.stage NOT IN ('intake', 'scoring')
            )
            AND NOT locks.acts('{chair}', m.round_id)
    );
END
$$;

-- A transaction that changed a row of the record also wrote a journal row with its words, of a kind that touches no
-- other tables, or is not committed.
CREATE OR REPLACE FUNCTION locks.note_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
BEGIN
    IF EXISTS (SELECT FROM changed) AND NOT locks.is_administrator() THEN
        IF EXISTS (SELECT FROM locks.changes c WHERE c.changing = pg_current_xact_id() AND c.is_checked) THEN
            RAISE EXCEPTION 'What a transaction changed is checked at its end.' USING ERRCODE = 'insufficient_privilege';
        END IF;
        INSERT INTO locks.changes VALUES (pg_current_xact_id(), NULL, ARRAY[TG_TABLE_NAME])
        ON CONFLICT (changing) DO UPDATE SET touched = changes.touched || TG_TABLE_NAME::text
        WHERE TG_TABLE_NAME <> ALL (changes.touched);
        IF TG_TABLE_NAME IN ('applications', 'gate_results', 'areas') AND EXISTS (
            SELECT FROM locks.kept_closed k WHERE k.login = session_user AND k.changing = pg_current_xact_id()
        ) THEN
            UPDATE locks.changes c SET named = c.named || ARRAY(
                SELECT DISTINCT to_json(CASE TG_TABLE_NAME WHEN 'areas' THEN of_row ->> 'name' ELSE (
                    SELECT a.reference FROM public.applications a
                    WHERE a.id = coalesce(of_row ->> 'application_id', of_row ->> 'id')::integer
                ) END)::text
                FROM (SELECT to_jsonb(changed) AS of_row FROM changed) AS changes
            )
            WHERE c.changing = pg_current_xact_id();
        END IF;
    END IF;
    RETURN NULL;
END
$$;

-- Words leave the journal by an erasure of what they name. Rows of tables name applications by number.
CREATE OR REPLACE FUNCTION locks.note_words() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
BEGIN
    IF NOT locks.is_administrator() THEN
        IF EXISTS (SELECT FROM locks.changes c WHERE c.changing = pg_current_xact_id() AND c.seq IS NOT NULL)
            OR NOT EXISTS (
                SELECT FROM public.erasure e, public.journal_head h WHERE e.seq = OLD.seq AND e.by_seq = h.seq + 1
            ) THEN
            RAISE EXCEPTION 'Words go by the erasure that is being made.' USING ERRCODE = 'insufficient_privilege';
        END IF;
        INSERT INTO locks.words_removed VALUES (pg_current_xact_id(), OLD.seq, OLD.body);
    END IF;
    RETURN OLD;
END
$$;
-- Whether words are of an application: by a field that names one, as a whole.
CREATE OR REPLACE FUNCTION locks.is_of(body text, reference text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT reference <> '' AND strpos(body, to_json(reference)::text) > 0 AND EXISTS (
        SELECT FROM unnest(ARRAY['reference', 'application', 'applications', 'references', 'first', 'second', 'subject'])
            AS field
        WHERE jsonb_path_exists(
            body::jsonb, ('$.**.' || field || ' ? (@ == $one)')::jsonpath, jsonb_build_object('one', reference)
        )
    )
$$;
-- Whether what an erasure says in the place of words is of those words: each value as it stood, and of the applications
-- and awards `names` alone (`own`) a text emptied, or a part left out.
CREATE OR REPLACE FUNCTION locks.is_left(after jsonb, before jsonb, names text[], own boolean) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    text_before text := CASE jsonb_typeof(before) WHEN 'string' THEN before #>> '{}' END;
    does jsonb := coalesce(before -> 'letters', before -> 'parts', before -> 'puts', before -> 'items');
    rows_beside jsonb := coalesce(before -> 'rows' -> 'applications', before -> 'rows');
    part jsonb;
    passed integer := 0;
BEGIN
    own := own OR coalesce(jsonb_typeof(before) = 'array' AND before ->> 0 = ANY (names), false) OR EXISTS (
        SELECT FROM unnest('{reference,application,award,first,second,subject}'::text[]) AS field
        WHERE split_part(before ->> field, ' challenge ', 1) = ANY (names)
    );
    IF after IS NULL THEN
        RETURN false;
    ELSIF after = before THEN
        RETURN true;
    ELSIF after = 'null' THEN  -- nothing is left of it: nor of all that it does
        RETURN own OR coalesce(does <> '[]' AND locks.is_left('[]', does, names, own), false);
    ELSIF own AND jsonb_typeof(before) IN ('string', 'null') AND after IN ('""', '"[]"', '"(erased)"') THEN
        RETURN true;
    ELSIF jsonb_typeof(after) <> jsonb_typeof(before) THEN
        RETURN false;
    ELSIF text_before ~ '^[[{]' AND after #>> '{}' ~ '^([[{]|$)' THEN  -- rows of tables and facts hold JSON as text
        RETURN locks.is_left(
            coalesce(nullif(after #>> '{}', ''), 'null')::jsonb, text_before::jsonb, names, own
        );
    ELSIF jsonb_typeof(before) = 'object' THEN
        RETURN NOT EXISTS (
            SELECT FROM jsonb_object_keys(before || after) AS key
            WHERE NOT coalesce(locks.is_left(
                coalesce(after -> key, CASE jsonb_typeof(before -> key) WHEN 'string' THEN '""'::jsonb WHEN 'array' THEN '[]' END),
                coalesce(before -> key, 'null'), names, own OR key = 'reopen_because' OR key = 'source' AND before ?& '{rows,round}'
                    OR key IN ('standings', 'all_gates') AND NOT EXISTS (  -- one for each application beside
                        SELECT FROM jsonb_array_elements(before -> key) WITH ORDINALITY AS one(stood, number)
                        WHERE stood IS DISTINCT FROM after -> key -> (number - 1)::integer
                            AND rows_beside -> (number - 1)::integer ->> 'reference' <> ALL (names)
                    )
            ), false)
        );
    ELSIF jsonb_typeof(before) = 'array' THEN
        FOR part IN SELECT jsonb_array_elements(before) LOOP
            IF coalesce(locks.is_left(after -> passed, part, names, own), false) THEN
                passed := passed + 1;
            ELSIF NOT locks.is_left('null', part, names, own) THEN
                RETURN false;
            END IF;
        END LOOP;
        RETURN passed = jsonb_array_length(after);
    END IF;
    RETURN false;
END
$$;
-- What the files of a change are attached to, as it says that; NULL where it is of none.
CREATE OR REPLACE FUNCTION locks.subject_of(said jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT jsonb_object_agg(key, said -> key) FROM unnest('{about,round_id,application,organisation}'::text[]) AS key
    WHERE said ? 'about'
$$;
-- Whether an erasure says of other rows than those it takes, and than earlier erasures say whose words it takes, what is
-- done in their place, or leaves out there what is not of its applications.
CREATE OR REPLACE FUNCTION locks.took_other_words(erasing bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    WITH taken AS MATERIALIZED (
        SELECT e.seq FROM public.erasure e WHERE e.by_seq = erasing
    ), removed AS MATERIALIZED (
        SELECT w.seq, j.kind, w.body
        FROM locks.words_removed w JOIN public.journal j ON j.seq = w.seq
        WHERE w.changing = pg_current_xact_id_if_assigned()
    ), made AS MATERIALIZED (
        SELECT b.body::jsonb AS it FROM public.journal_body b WHERE b.seq = erasing
    ), said AS MATERIALIZED (
        SELECT (one ->> 'seq')::bigint AS seq, one ->> 'body' AS body
        FROM made CROSS JOIN LATERAL jsonb_array_elements(made.it -> 'rows') AS one
    ), stood AS MATERIALIZED (
        SELECT r.seq, r.body FROM removed r
        UNION ALL SELECT (one ->> 'seq')::bigint, one ->> 'body'
        FROM removed r CROSS JOIN LATERAL jsonb_array_elements(r.body::jsonb -> 'rows') AS one
        WHERE r.kind = ANY (ERASING)
    ), put_in AS MATERIALIZED (  -- as the words that do so tell, or an earlier erasure in their place
        SELECT w.body, w.body::jsonb ->> 'round_id' AS of_round
        FROM (
            SELECT r.seq, r.body FROM removed r UNION ALL SELECT b.seq, b.body FROM public.journal_body b
            UNION ALL SELECT (one ->> 'seq')::bigint, one ->> 'body'
            FROM public.journal e JOIN public.journal_body b USING (seq)
            CROSS JOIN LATERAL jsonb_array_elements(b.body::jsonb -> 'rows') AS one
            WHERE e.kind = ANY (ERASING) AND e.seq <> erasing
            UNION ALL SELECT s.seq, s.body FROM stood s
        ) AS w JOIN public.journal j ON j.seq = w.seq AND j.kind = ANY (PUTS_IN) AND w.body <> ''
    ), known AS MATERIALIZED (
        SELECT one ->> 0 AS of_round, one ->> 1 AS reference
        FROM made CROSS JOIN LATERAL jsonb_array_elements(
            (made.it -> 'applications') || coalesce(made.it -> 'removed', '[]')
        ) AS one
        CROSS JOIN LATERAL (
            SELECT EXISTS (
                SELECT FROM public.applications a WHERE a.round_id::text = one ->> 0 AND a.reference = one ->> 1
            ) AS is_there
        ) AS found
        WHERE is_there = EXISTS (
            SELECT FROM jsonb_array_elements(made.it -> 'applications') AS named WHERE named = one
        ) AND (is_there OR EXISTS (  -- one that was removed was put in once, as words tell
            SELECT FROM put_in p WHERE coalesce(p.of_round, one ->> 0) = one ->> 0 AND locks.is_of(p.body, one ->> 1)
        ))
        UNION ALL SELECT m.it ->> 'round_id', m.it ->> 'application' FROM made m WHERE m.it ->> 'application' <> ''
    ), named AS MATERIALIZED (
        SELECT k.of_round, k.reference FROM known k
        UNION ALL SELECT k.of_round, w.reference
        FROM known k JOIN public.applications a ON a.round_id::text = k.of_round AND a.reference = k.reference
        JOIN public.awards w ON w.application_id = a.id
    )
    SELECT (SELECT j.kind <> ALL (ERASING) FROM public.journal j WHERE j.seq = erasing) OR EXISTS (
        SELECT FROM taken t
        WHERE t.seq NOT IN (SELECT s.seq FROM said s)
            OR EXISTS (SELECT FROM public.journal_body b WHERE b.seq = t.seq)
    ) OR EXISTS (
        SELECT FROM said s WHERE s.seq NOT IN (SELECT t.seq FROM taken t) AND s.seq NOT IN (SELECT b.seq FROM stood b)
    ) OR EXISTS (
        SELECT FROM made m, said s JOIN stood b USING (seq) JOIN public.journal j USING (seq)
        CROSS JOIN LATERAL (SELECT coalesce(nullif(b.body, ''), 'null')::jsonb AS words) AS before
        WHERE NOT coalesce(locks.is_left(
            coalesce(nullif(s.body, ''), 'null')::jsonb, before.words, ARRAY(
                SELECT n.reference FROM named n WHERE coalesce(before.words ->> 'round_id', n.of_round) = n.of_round
            ), j.kind = ANY (HOLD_ROWS) OR coalesce(before.words @> locks.subject_of(m.it), false) OR j.kind = 'issue paper' AND before.words ->> 'paper' = ANY (WITH_MARKS)
                AND EXISTS (SELECT FROM known k WHERE coalesce(before.words ->> 'round_id', k.of_round) = k.of_round)
        ), false)
    )
$$;
-- The rounds of which a transaction opens something to the login, or of which it makes a sheet of theirs due no more but
-- by that sheet or by what they declare: what others gave is shown once none is.
CREATE OR REPLACE FUNCTION locks.opens() RETURNS integer[] LANGUAGE plpgsql AS $$
DECLARE
    stood locks.kept_closed := (
        SELECT k FROM locks.kept_closed k
        WHERE k.login = session_user AND k.changing = pg_current_xact_id_if_assigned()
    );
    found integer[];
BEGIN
    UPDATE locks.kept_closed k SET changing = '0' WHERE k.login = session_user;  -- as it will be read from now on
    found := ARRAY(
        SELECT a.round_id FROM public.applications a
        WHERE a.id = ANY (stood.unseen) AND a.id NOT IN (SELECT locks.unseen())
        UNION SELECT a.round_id FROM public.applications a
        WHERE a.id = ANY (stood.due) AND a.id NOT IN (SELECT locks.due()) AND NOT EXISTS (
            SELECT FROM public.sheets s
            WHERE s.application_id = a.id AND s.is_submitted AND s.member_id IN (SELECT locks.own_members())
        ) AND NOT EXISTS (
            SELECT FROM public.interests i
            WHERE i.application_id = a.id AND i.kind <> 'none' AND i.member_id IN (SELECT locks.own_members())
        )
        UNION SELECT r.id FROM public.rounds r
        WHERE r.id = ANY (stood.undeclared) AND r.id NOT IN (SELECT locks.undeclared_rounds())
    );
    UPDATE locks.kept_closed k SET changing = stood.changing WHERE k.login = session_user;
    RETURN found;
END
$$;
-- Nobody but an administrator drops all that stands of a role: the policies stand for the one of all who are let in.
CREATE OR REPLACE FUNCTION locks.keep_policies() RETURNS event_trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT locks.is_administrator() THEN
        RAISE EXCEPTION 'Only an administrator drops what a role owns.' USING ERRCODE = 'insufficient_privilege';
    END IF;
END
$$;
CREATE OR REPLACE FUNCTION locks.check_journalled() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
DECLARE
    change locks.changes := (SELECT c FROM locks.changes c WHERE c.changing = NEW.changing);
    done record;
    opened integer[];
BEGIN
    IF change.changing IS NULL THEN
        RETURN NULL;
    END IF;
    SELECT p.kind, p.tables, p.needs_all, p.opens_by, b.body,
        EXISTS (SELECT FROM locks.words_removed w WHERE w.changing = change.changing) AS took_words,
        EXISTS (
            SELECT FROM locks.kept_closed k WHERE k.login = session_user AND k.changing = change.changing
        ) AS may_open INTO done
    FROM public.journal j JOIN public.journal_body b ON b.seq = j.seq JOIN locks.permissions p ON p.kind = j.kind
    WHERE j.seq = change.seq;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'A change of the record is recorded in its journal, or not made.'
            USING ERRCODE = 'insufficient_privilege';
    ELSIF NOT change.touched <@ done.tables THEN
        RAISE EXCEPTION 'A change of this kind does not touch %.',
            (SELECT string_agg(t, ', ') FROM unnest(change.touched) AS t WHERE t <> ALL (done.tables))
            USING ERRCODE = 'insufficient_privilege';
    ELSIF (done.took_words OR done.kind = ANY (ERASING)) AND locks.took_other_words(change.seq) THEN
        RAISE EXCEPTION 'An erasure takes words that name its applications, says of which rows, and puts nothing new in their place.'
            USING ERRCODE = 'insufficient_privilege';
    ELSIF done.kind = 'sign variation' AND change.touched && '{awards,instalments,monitoring_returns}' AND EXISTS (
        SELECT FROM public.variation_signatures s JOIN public.award_variations v USING (application_id, number)
        WHERE v.state = 'proposed' AND locks.is_own(s.xmin)
    ) THEN
        RAISE EXCEPTION 'A variation that changes its award is in effect.' USING ERRCODE = 'insufficient_privilege';
    ELSIF change.touched && '{round_roles,signing_areas}' AND EXISTS (
        SELECT FROM public.round_roles r
        WHERE r.role = 'note-taker' AND NOT EXISTS (SELECT FROM public.signing_areas s WHERE s.role_id = r.id)
            AND (locks.is_own(r.xmin) OR EXISTS (
                SELECT FROM locks.removed g WHERE g.of_table = 'signing_areas' AND g.seq >= change.seq
                    AND split_part(g.row_key, ',', 2)::bigint = r.id
            )) AND NOT locks.acts('{officer,chair}', r.round_id, 0)
    ) THEN
        RAISE EXCEPTION 'Who takes notes in all areas is named by an officer, or in a role for all areas.'
            USING ERRCODE = 'insufficient_privilege';
    ELSIF done.may_open AND locks.moved_under_signature() THEN
        RAISE EXCEPTION 'What is signed rests on the interests as they were declared.'
            USING ERRCODE = 'insufficient_privilege';
    ELSIF NOT done.needs_all AND 'interests' = ANY (change.touched) AND locks.took_back() THEN
        RAISE EXCEPTION 'What was declared stays: marks of others could be read since. The chair can take it back.'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    opened := CASE WHEN done.may_open THEN locks.opens() ELSE '{}' END;
    IF opened <> '{}' AND (
        NOT ARRAY(SELECT t FROM unnest(change.touched) AS t WHERE t = ANY (KEEPS_CLOSED)) <@ done.opens_by
        OR EXISTS (
            SELECT FROM unnest(change.named) AS name
            WHERE strpos(regexp_replace(done.body, '"[a-z_]+":', '', 'g'), name) = 0
        )
        OR EXISTS (
            SELECT FROM unnest(opened) AS one WHERE NOT jsonb_path_exists(
                done.body::jsonb, '$.**.round_id ? (@ == $one)', jsonb_build_object('one', one)
            )
        )
    ) THEN
        RAISE EXCEPTION 'A change of this kind opens nothing to who makes it.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE locks.changes c SET is_checked = true WHERE c.changing = NEW.changing;
    IF done.took_words OR change.touched && '{instalments,interests,members,rounds}' THEN
        DELETE FROM locks.payments_removed p WHERE p.changing = NEW.changing;
        DELETE FROM locks.words_removed w WHERE w.changing = NEW.changing;
        DELETE FROM locks.interests_removed r WHERE r.changing = NEW.changing;
        DELETE FROM locks.rounds_held m WHERE m.changing = NEW.changing;
    END IF;
    RETURN NULL;
END
$$;

-- Who makes a round sets it up within the same transaction, and who chairs one may remove all of it.
CREATE OR REPLACE FUNCTION locks.note_round() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
BEGIN
    IF NOT locks.is_administrator() THEN
        INSERT INTO locks.rounds_held VALUES (pg_current_xact_id(), NEW.id);
    END IF;
    RETURN NULL;
END
$$;
CREATE OR REPLACE FUNCTION locks.note_chaired() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
BEGIN
    IF NOT locks.is_administrator() THEN
        INSERT INTO locks.rounds_held
        SELECT pg_current_xact_id(), id FROM locks.rounds_as('{chair}') AS id WHERE locks.acts('{chair}', id, 0);
    END IF;
    RETURN NULL;
END
$$;

-- What was closed before a change that may open something stays closed until the change is committed.
CREATE OR REPLACE FUNCTION locks.keep_closed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM locks.kept_closed k WHERE k.login = session_user AND k.changing = pg_current_xact_id()
    ) AND (EXISTS (SELECT locks.own_members()) OR locks.has('{commander,decider}')) AND NOT locks.is_administrator() THEN
        INSERT INTO locks.kept_closed VALUES (
            session_user, pg_current_xact_id(), ARRAY(SELECT DISTINCT locks.barred() AS id ORDER BY id),
            ARRAY(SELECT DISTINCT locks.unseen() AS id ORDER BY id),
            ARRAY(SELECT locks.declared()), ARRAY(SELECT locks.undeclared_rounds()), ARRAY(SELECT locks.due())
        )
        ON CONFLICT (login) DO UPDATE
        SET changing = EXCLUDED.changing, barred = EXCLUDED.barred, unseen = EXCLUDED.unseen,
            declared = EXCLUDED.declared, undeclared = EXCLUDED.undeclared, due = EXCLUDED.due;
    END IF;
    RETURN CASE WHEN TG_LEVEL = 'ROW' THEN NEW END;
END
$$;

-- What somebody lifts of an interest of their own, as a member or as one who signs, stays closed to them until another
-- person writes their interests in the round.
CREATE OR REPLACE FUNCTION locks.keep_barred() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
DECLARE
    interest jsonb := CASE WHEN TG_OP = 'INSERT' THEN to_jsonb(NEW) ELSE to_jsonb(OLD) END;
    seat public.members := (SELECT m FROM public.members m WHERE m.id = (interest ->> 'member_id')::integer);
    whose integer := coalesce(seat.person_id, (interest ->> 'person_id')::integer);
BEGIN
    IF TG_OP <> 'INSERT' AND TG_TABLE_NAME = 'interests' AND NOT locks.is_administrator() THEN
        INSERT INTO locks.interests_removed VALUES (
            pg_current_xact_id(), (interest ->> 'member_id')::integer, (interest ->> 'application_id')::integer,
            interest ->> 'kind'
        );
    END IF;
    IF NOT whose IN (SELECT locks.own_people()) OR locks.is_administrator() THEN
        DELETE FROM locks.own_lifted l USING locks.logins o, public.applications a
        WHERE o.login = l.login AND locks.text_key(o.person) = locks.text_key(locks.name_of(whose))
            AND a.id = l.application_id
            AND a.round_id = coalesce(seat.round_id, (interest ->> 'round_id')::integer);
    ELSIF TG_OP <> 'INSERT' AND interest ->> 'kind' IN ('pecuniary', 'non-pecuniary', 'prejudicial')
        AND interest ->> 'application_id' IS NOT NULL THEN
        INSERT INTO locks.own_lifted VALUES (session_user, (interest ->> 'application_id')::integer)
        ON CONFLICT DO NOTHING;
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END
$$;

-- Nobody becomes another person, or stops being who they are, by a change of names or of seats.
CREATE OR REPLACE FUNCTION locks.check_name() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
DECLARE
    is_seat boolean := TG_TABLE_NAME = 'members' AND NOT locks.is_administrator();
    before text := CASE WHEN TG_TABLE_NAME = 'people' THEN to_jsonb(OLD) ->> 'name'
        ELSE locks.name_of((to_jsonb(OLD) ->> 'person_id')::bigint) END;
    after text := CASE WHEN TG_TABLE_NAME = 'people' THEN to_jsonb(NEW) ->> 'name'
        ELSE locks.name_of((to_jsonb(NEW) ->> 'person_id')::bigint) END;
BEGIN
    IF is_seat AND TG_OP = 'DELETE' THEN
        IF locks.is_me(before) AND locks.has('{officer}') THEN
            RAISE EXCEPTION 'Another person takes away a seat of yours.' USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN OLD;
    ELSIF is_seat AND (to_jsonb(OLD) -> 'id', to_jsonb(OLD) -> 'uid', to_jsonb(OLD) -> 'round_id')
        IS DISTINCT FROM (to_jsonb(NEW) -> 'id', to_jsonb(NEW) -> 'uid', to_jsonb(NEW) -> 'round_id') THEN
        RAISE EXCEPTION 'A seat stays in its round.' USING ERRCODE = 'insufficient_privilege';
    ELSIF TG_TABLE_NAME = 'people' AND locks.text_key(before) <> locks.text_key(after) AND NOT locks.is_administrator() THEN
        RAISE EXCEPTION 'Nobody is called otherwise: another name is another person, who is given the seat.'
            USING ERRCODE = 'insufficient_privilege';
    ELSIF locks.is_me(before) <> locks.is_me(after) AND NOT locks.is_administrator() THEN
        RAISE EXCEPTION 'Another person changes what you are called, or whose seat is yours.'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;

DO $$
BEGIN
    CREATE CONSTRAINT TRIGGER journalled AFTER INSERT ON locks.changes
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION locks.check_journalled();
EXCEPTION WHEN duplicate_object THEN NULL;
END
$$;
CREATE OR REPLACE TRIGGER locks_check BEFORE INSERT ON public.journal
    FOR EACH ROW EXECUTE FUNCTION locks.check_journal();
CREATE OR REPLACE TRIGGER locks_check BEFORE INSERT ON public.journal_body
    FOR EACH ROW EXECUTE FUNCTION locks.check_body();
CREATE OR REPLACE TRIGGER locks_note_words BEFORE DELETE ON public.journal_body
    FOR EACH ROW EXECUTE FUNCTION locks.note_words();
CREATE OR REPLACE TRIGGER locks_note_round AFTER INSERT ON public.rounds
    FOR EACH ROW EXECUTE FUNCTION locks.note_round();
CREATE OR REPLACE TRIGGER locks_note_chaired BEFORE DELETE ON public.members
    FOR EACH STATEMENT EXECUTE FUNCTION locks.note_chaired();
CREATE OR REPLACE TRIGGER locks_check BEFORE INSERT OR UPDATE OR DELETE ON public.sheets
    FOR EACH ROW EXECUTE FUNCTION locks.check_sheet();
CREATE OR REPLACE TRIGGER locks_check BEFORE INSERT OR UPDATE OR DELETE ON public.instalments
    FOR EACH ROW EXECUTE FUNCTION locks.check_payment();
CREATE OR REPLACE TRIGGER locks_check BEFORE INSERT OR UPDATE ON public.bank_endings
    FOR EACH ROW EXECUTE FUNCTION locks.check_account();
CREATE OR REPLACE TRIGGER locks_remove_account BEFORE DELETE ON public.bank_endings
    FOR EACH ROW EXECUTE FUNCTION locks.remove_account();
CREATE OR REPLACE TRIGGER locks_keep_barred BEFORE INSERT OR UPDATE OR DELETE ON public.interests
    FOR EACH ROW EXECUTE FUNCTION locks.keep_barred();
CREATE OR REPLACE TRIGGER locks_keep_barred BEFORE INSERT OR UPDATE OR DELETE ON public.signer_interests
    FOR EACH ROW EXECUTE FUNCTION locks.keep_barred();
CREATE OR REPLACE TRIGGER locks_check BEFORE UPDATE ON public.people
    FOR EACH ROW EXECUTE FUNCTION locks.check_name();
CREATE OR REPLACE TRIGGER locks_check BEFORE UPDATE OR DELETE ON public.members
    FOR EACH ROW EXECUTE FUNCTION locks.check_name();
CREATE OR REPLACE TRIGGER locks_check BEFORE INSERT OR UPDATE ON public.decisions
    FOR EACH ROW EXECUTE FUNCTION locks.check_decision();
CREATE OR REPLACE TRIGGER locks_check_award BEFORE INSERT OR UPDATE OR DELETE ON public.awards
    FOR EACH ROW EXECUTE FUNCTION locks.check_award();
CREATE OR REPLACE TRIGGER locks_check_award BEFORE INSERT OR UPDATE OR DELETE ON public.instalments
    FOR EACH ROW EXECUTE FUNCTION locks.check_award();
CREATE OR REPLACE TRIGGER locks_check_award BEFORE INSERT OR UPDATE OR DELETE ON public.monitoring_returns
    FOR EACH ROW EXECUTE FUNCTION locks.check_award();
CREATE OR REPLACE TRIGGER locks_check_award BEFORE INSERT OR UPDATE OR DELETE ON public.award_variations
    FOR EACH ROW EXECUTE FUNCTION locks.check_award();
CREATE OR REPLACE TRIGGER locks_check BEFORE UPDATE OF area_id, round_id ON public.applications
    FOR EACH ROW EXECUTE FUNCTION locks.check_application();
CREATE OR REPLACE TRIGGER locks_check BEFORE INSERT OR UPDATE ON public.areas
    FOR EACH ROW EXECUTE FUNCTION locks.check_area();
CREATE OR REPLACE TRIGGER locks_check_revision BEFORE INSERT OR UPDATE OF hash, round, member, application, slot, number,
    value, parents ON public.revisions FOR EACH ROW EXECUTE FUNCTION locks.check_revision();
CREATE OR REPLACE TRIGGER locks_check_key BEFORE INSERT OR UPDATE ON public.attachments
    FOR EACH ROW EXECUTE FUNCTION locks.check_key();
CREATE OR REPLACE TRIGGER locks_check_key BEFORE INSERT OR UPDATE ON public.paper_files
    FOR EACH ROW EXECUTE FUNCTION locks.check_key();
CREATE OR REPLACE TRIGGER locks_keep_closed BEFORE INSERT OR UPDATE ON public.sheets
    FOR EACH ROW WHEN (NEW.is_submitted) EXECUTE FUNCTION locks.keep_closed();
