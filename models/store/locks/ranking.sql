-- Who may know of an application that is closed to them that it is there, and who may rank it with the others.

-- The list of a round opens to officers, finance, those who decide and the chair, once their own sheets are in.
CREATE OR REPLACE FUNCTION locks.may_rank(round_id bigint) RETURNS boolean LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
    SELECT locks.acts(RANKING, may_rank.round_id)
        AND NOT EXISTS (
            SELECT FROM public.areas a
            WHERE a.round_id = may_rank.round_id AND a.id IN (SELECT locks.blind_areas())
        )
        AND may_rank.round_id NOT IN (SELECT locks.undeclared_rounds())
        AND NOT EXISTS (
            SELECT FROM locks.kept_closed k
            WHERE k.login = session_user AND k.changing = pg_current_xact_id_if_assigned() AND k.unseen <> k.barred
        )
        AND NOT EXISTS (  -- marks dealt out by other rules or among fewer, and then taken back, would tell whose each is
            SELECT FROM locks.changes c
            WHERE c.changing = pg_current_xact_id_if_assigned() AND c.touched && RANKS_BY
        )
$$;

-- What is closed to a person in rounds in which they have a part: named, counted once they have declared there, and
-- ranked where the list is open to them.
CREATE OR REPLACE FUNCTION locks.named() RETURNS SETOF integer LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
    SELECT a.id FROM public.applications a
    JOIN (
        SELECT r.id FROM public.rounds r
        WHERE locks.acts('{EVERYWHERE,chair,member,adviser,note-taker,commander,decider}', r.id) OFFSET 0
    ) AS own ON own.id = a.round_id
    WHERE a.id IN (SELECT locks.barred())
$$;
CREATE OR REPLACE FUNCTION locks.undeclared() RETURNS SETOF integer LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
    SELECT a.id FROM public.applications a WHERE a.round_id IN (SELECT locks.undeclared_rounds())
$$;
CREATE OR REPLACE FUNCTION locks.counted() RETURNS SETOF integer LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
    SELECT locks.named() EXCEPT SELECT locks.undeclared()
$$;
CREATE OR REPLACE FUNCTION locks.ranked() RETURNS SETOF integer LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
    SELECT a.id FROM public.applications a
    JOIN (SELECT r.id FROM public.rounds r WHERE locks.may_rank(r.id) OFFSET 0) AS own ON own.id = a.round_id
    WHERE a.id IN (SELECT locks.barred())
$$;

-- What is held by a signature or a decision: what was declared of it stands until the line is sent back.
CREATE OR REPLACE FUNCTION locks.is_signed(application_id bigint) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
    SELECT EXISTS (
        SELECT FROM public.recommendation_signatures s WHERE s.application_id = is_signed.application_id
    ) OR EXISTS (
        SELECT FROM public.decisions d
        WHERE d.application_id = is_signed.application_id AND d.ended_by IS NULL AND d.verdict <> 'send_back'
    )
$$;

-- What the last step decided, and nothing took the place of.
CREATE OR REPLACE FUNCTION locks.is_decided(application_id bigint) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
    SELECT EXISTS (
        SELECT FROM public.decisions d JOIN public.sign_offs s ON s.id = d.sign_off_id AND s.is_last
        WHERE d.application_id = is_decided.application_id AND d.ended_by IS NULL AND d.verdict <> 'send_back'
    )
$$;

-- The sheets of each area's own panel: once an area is signed, of the panel that was kept with the signature.
CREATE OR REPLACE FUNCTION locks.counting_sheets() RETURNS SETOF integer LANGUAGE sql STABLE AS $$
    WITH kept AS MATERIALIZED (
        SELECT r.id, r.name, k.panel::jsonb -> 'members' AS panel FROM public.kept_panels k JOIN public.areas r ON r.id = k.area_id
        WHERE jsonb_typeof(k.panel::jsonb -> 'members') = 'array'
            AND EXISTS (SELECT FROM public.applications a WHERE a.area_id = r.id AND locks.is_signed(a.id))
    )
    SELECT s.id FROM public.sheets s
    JOIN public.applications a ON a.id = s.application_id
    JOIN public.members m ON m.id = s.member_id
    LEFT JOIN kept k ON k.id = a.area_id
    WHERE CASE
        WHEN a.area_id IS NULL THEN true
        WHEN k.id IS NOT NULL THEN EXISTS (
            SELECT FROM jsonb_array_elements(k.panel) AS one WHERE one ->> 'code' = m.code
                AND (coalesce(jsonb_array_length(one -> 'areas'), 0) = 0 OR one -> 'areas' ? k.name)
        )
        ELSE NOT EXISTS (SELECT FROM public.member_areas e WHERE e.member_id = m.id)
            OR EXISTS (SELECT FROM public.member_areas e WHERE e.member_id = m.id AND e.area_id = a.area_id)
    END
$$;

CREATE OR REPLACE FUNCTION locks.closed_applications(round_id bigint)
RETURNS TABLE (id integer, reference text, is_signed boolean) LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
    SELECT a.id, a.reference, locks.is_signed(a.id)
    FROM public.applications a
    WHERE a.round_id = closed_applications.round_id AND a.id IN (SELECT locks.barred())
        AND (SELECT locks.acts(
            '{EVERYWHERE,chair,member,adviser,note-taker,commander,decider}', closed_applications.round_id
        ))
    ORDER BY a.position
$$;

-- By area, on how much of what is closed to a person returns differ: somebody else decides it, and the area waits.
CREATE OR REPLACE FUNCTION locks.closed_disputes(round_id bigint) RETURNS TABLE (area text, disputes bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
    SELECT differing.name, count(*)
    FROM (
        SELECT ar.name
        FROM public.applications a
        JOIN public.areas ar ON ar.id = a.area_id
        JOIN public.rounds ro ON ro.id = a.round_id
        JOIN public.revisions r ON r.round = ro.uid AND r.application = a.uid
        WHERE a.round_id = closed_disputes.round_id AND NOT a.withdrawn AND a.id IN (SELECT locks.counted())
            AND NOT EXISTS (
                SELECT FROM public.revisions later
                WHERE later.round = r.round AND later.member = r.member AND later.application = r.application
                    AND later.slot = r.slot AND position(r.hash IN later.parents) > 0
            )
        GROUP BY ar.name, a.uid, r.member, r.slot
        HAVING count(DISTINCT regexp_replace(r.value, '\["none","[^"]*"\],|,\["none","[^"]*"\]', '', 'g')) > 1
    ) AS differing
    GROUP BY differing.name
$$;

-- Whether the whole record is open to the person: an officer to whom nothing is closed reads every row of it.
CREATE OR REPLACE FUNCTION locks.sees_all() RETURNS boolean LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
    SELECT locks.has('{officer}') AND NOT EXISTS (SELECT locks.unseen())
$$;

-- Refuse to compute from a part: for whoever adds up by hand what may be closed to them in part.
CREATE OR REPLACE FUNCTION locks.require_all() RETURNS void LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
BEGIN
    IF NOT locks.sees_all() THEN
        RAISE EXCEPTION 'Something in the record is closed to you, so that no sum is made of the rest.'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
END
$$;
