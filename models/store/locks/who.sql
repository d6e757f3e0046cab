-- Who is at the record, and what is closed to them: kept beside the record's own tables, in a schema of its own.
-- A login stands for a person; session_user cannot be changed by SET ROLE.

CREATE TABLE IF NOT EXISTS locks.logins (
    login text PRIMARY KEY,
    person text NOT NULL CHECK (btrim(person) <> '')
);
CREATE TABLE IF NOT EXISTS locks.login_roles (
    login text NOT NULL REFERENCES locks.logins ON DELETE CASCADE,
    role text NOT NULL,
    PRIMARY KEY (login, role)
);
-- The permissions of the program that locked the record: by kind of change, the roles that may make
-- it, and whether who makes it must see all of the record. And what a change of a kind may be: the tables that it
-- touches, how many bytes it may have, by which tables it may open, in which of the roles it enters what somebody else
-- did on paper, and what each of its fields looks like.
CREATE TABLE IF NOT EXISTS locks.permissions (
    kind text PRIMARY KEY,
    roles text[] NOT NULL,
    needs_all boolean NOT NULL,
    tells_interests boolean NOT NULL,
    tables text[] NOT NULL,
    longest integer NOT NULL,
    opens_by text[] NOT NULL,
    on_paper text[] NOT NULL DEFAULT '{}',
    every_area boolean NOT NULL DEFAULT false,
    shape jsonb NOT NULL DEFAULT '{}'
);
ALTER TABLE locks.permissions ADD COLUMN IF NOT EXISTS on_paper text[] NOT NULL DEFAULT '{}',
    ADD COLUMN IF NOT EXISTS every_area boolean NOT NULL DEFAULT false,
    ADD COLUMN IF NOT EXISTS shape jsonb NOT NULL DEFAULT '{}',
    DROP COLUMN IF EXISTS fields, DROP COLUMN IF EXISTS needed;
-- Applications that somebody's own interest closed to them before they lifted it themselves.
CREATE TABLE IF NOT EXISTS locks.own_lifted (
    login text NOT NULL,
    application_id integer NOT NULL,
    PRIMARY KEY (login, application_id)
);
-- What was closed to a person before the transaction that they are in: nothing opens before it is committed.
CREATE TABLE IF NOT EXISTS locks.kept_closed (
    login text PRIMARY KEY,
    changing xid8 NOT NULL,
    barred integer[] NOT NULL,
    unseen integer[] NOT NULL,
    declared text[] NOT NULL,
    undeclared integer[] NOT NULL,
    due integer[] NOT NULL
);
-- Payments of instalments that a transaction removed: it may put them back as they were, with the award varied.
CREATE TABLE IF NOT EXISTS locks.payments_removed (
    changing xid8 NOT NULL,
    application_id integer NOT NULL,
    paid_on text NOT NULL,
    authorised_by text NOT NULL,
    amount_pence bigint NOT NULL
);
-- What a transaction removed of what members declared, whoever did.
CREATE TABLE IF NOT EXISTS locks.interests_removed (
    changing xid8 NOT NULL,
    member_id integer NOT NULL,
    application_id integer,
    kind text NOT NULL
);
-- Words of the journal that a transaction took out: an erasure says of which applications they were.
CREATE TABLE IF NOT EXISTS locks.words_removed (
    changing xid8 NOT NULL,
    seq bigint NOT NULL,
    body text NOT NULL
);
-- Rounds that a transaction made, before they name a chair, or that the login chaired before it removed the panel.
CREATE TABLE IF NOT EXISTS locks.rounds_held (
    changing xid8 NOT NULL,
    round_id integer NOT NULL
);
-- A transaction that changed the record, and the journal row that it wrote, without which it is not committed; what
-- whoever has a seat changed that may open something is named in the words by which a journal row names it.
CREATE TABLE IF NOT EXISTS locks.changes (
    changing xid8 PRIMARY KEY,
    seq bigint,
    touched text[] NOT NULL DEFAULT '{}',
    is_checked boolean NOT NULL DEFAULT false,
    named text[] NOT NULL DEFAULT '{}'
);

-- Functions that are no SECURITY DEFINER are asked within those that are, and by nobody else: they have their rights and
-- settings, and cost little.
CREATE OR REPLACE FUNCTION locks.is_administrator() RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT pg_has_role(session_user, 'gp_owner', 'MEMBER')
$$;

CREATE OR REPLACE FUNCTION locks.person() RETURNS text LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
BEGIN
    RETURN (SELECT l.person FROM locks.logins l WHERE l.login = session_user);
END
$$;

CREATE OR REPLACE FUNCTION locks.own_roles() RETURNS text[] LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
    SELECT array_agg(role ORDER BY role) FROM locks.login_roles WHERE login = session_user
$$;

-- Whether the login signs a step of a round's chain on an application: in the role of the step, for its area.
CREATE OR REPLACE FUNCTION locks.signs(round_id bigint, step bigint, application_id bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
DECLARE
    needed text := (SELECT r.chain::jsonb -> signs.step::integer ->> 'role' FROM public.rounds r WHERE r.id = signs.round_id);
    within integer[] := ARRAY(
        SELECT s.area_id FROM public.round_roles r JOIN public.signing_areas s ON s.role_id = r.id
        WHERE r.round_id = signs.round_id AND r.role = needed AND r.person_id = ANY (ARRAY(SELECT locks.own_people()))
    );
BEGIN
    RETURN coalesce(locks.acts(ARRAY[needed], signs.round_id), false) AND (within = '{}' OR signs.application_id IS NULL OR (
        SELECT a.area_id = ANY (within) FROM public.applications a WHERE a.id = signs.application_id
    ));
END
$$;

-- Whether somebody is none of those whom the round names for a post of a step and the area of an application (NULL: any
-- area). Whoever is recorded in another post of the chain is not named for this one.
CREATE OR REPLACE FUNCTION locks.is_stranger(name text, post text, round_id bigint, step bigint, application_id bigint)
RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
DECLARE
    chain jsonb := (SELECT nullif(r.chain, '')::jsonb FROM public.rounds r WHERE r.id = is_stranger.round_id);
    known text[] := ARRAY(
        SELECT locks.text_key(p.name) FROM public.round_roles r JOIN public.people p ON p.id = r.person_id
        WHERE r.round_id = is_stranger.round_id AND r.role = chain -> is_stranger.step::integer ->> 'role'
            AND NOT EXISTS (
                SELECT FROM jsonb_array_elements(chain) AS one, LATERAL (
                    SELECT one ->> 'post' UNION ALL
                    SELECT jsonb_array_elements_text(coalesce(one -> 'joint_posts', '[]'))
                ) AS other (post)
                WHERE locks.text_key(other.post) = locks.text_key(p.post)
                    AND locks.text_key(other.post) <> locks.text_key(is_stranger.post)
            ) AND (
                is_stranger.application_id IS NULL
                OR NOT EXISTS (SELECT FROM public.signing_areas s WHERE s.role_id = r.id)
                OR EXISTS (
                    SELECT FROM public.signing_areas s JOIN public.applications a ON a.area_id = s.area_id
                    WHERE s.role_id = r.id AND a.id = is_stranger.application_id
                )
            )
    );
BEGIN
    RETURN known <> '{}' AND locks.text_key(is_stranger.name) <> ALL (known);
END
$$;

DROP INDEX IF EXISTS public.locks_people_by_name;
CREATE INDEX locks_people_by_name ON public.people (locks.text_key(name));

CREATE OR REPLACE FUNCTION locks.is_me(name text) RETURNS boolean LANGUAGE plpgsql STABLE COST 1e-30 SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
BEGIN
    RETURN coalesce(locks.text_key(name) = locks.text_key(locks.person()), false);
END
$$;

-- The roles in which the login may act. Whoever chairs, sits or advises on one panel may sit or advise on another; in
-- which round they are which, the round's own tables say.
CREATE OR REPLACE FUNCTION locks.held() RETURNS text[] LANGUAGE plpgsql STABLE AS $$
DECLARE
    own text[] := ARRAY(SELECT r.role FROM locks.login_roles r WHERE r.login = session_user);
BEGIN
    RETURN CASE WHEN own && '{chair,member,adviser}' THEN own || '{member,adviser}' ELSE own END;
END
$$;
CREATE OR REPLACE FUNCTION locks.has(roles text[]) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
BEGIN
    RETURN locks.held() && roles;
END
$$;

-- Who the login is among the people of the record, and in which seats: looked up by an index.
CREATE OR REPLACE FUNCTION locks.asker(OUT people integer[], OUT seats integer[]) LANGUAGE plpgsql STABLE AS $$
DECLARE
    mine text := locks.text_key((SELECT l.person FROM locks.logins l WHERE l.login = session_user));
BEGIN
    people := ARRAY(SELECT p.id FROM public.people p WHERE locks.text_key(p.name) = mine);
    seats := ARRAY(SELECT m.id FROM public.members m WHERE m.person_id = ANY (people));
END
$$;
CREATE OR REPLACE FUNCTION locks.own_members() RETURNS SETOF integer LANGUAGE plpgsql STABLE ROWS 3 SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
BEGIN
    RETURN QUERY SELECT unnest(a.seats) FROM locks.asker() AS a;
END
$$;

-- The rounds in which the login acts in one of these roles: officers, finance and auditors in all, others by the round.
CREATE OR REPLACE FUNCTION locks.rounds_in(roles text[], held text[], people integer[], seats integer[])
RETURNS SETOF integer LANGUAGE sql STABLE AS $$
    SELECT r.id FROM public.rounds r
    WHERE (IN_EVERY_ROUND)
    UNION
    SELECT m.round_id FROM public.members m
    CROSS JOIN LATERAL (
        SELECT CASE WHEN lower(btrim(m.role)) IN ('chair', 'adviser') THEN lower(btrim(m.role)) ELSE 'member' END AS role
    ) AS seat
    WHERE m.id = ANY (seats) AND seat.role = ANY (held) AND seat.role = ANY (roles)
    UNION
    SELECT r.round_id FROM public.round_roles r
    WHERE r.person_id = ANY (people) AND r.role = ANY (held) AND r.role = ANY (roles)
$$;
CREATE OR REPLACE FUNCTION locks.rounds_as(roles text[]) RETURNS SETOF integer LANGUAGE plpgsql STABLE AS $$
DECLARE
    held text[] := locks.held();
    own record := locks.asker();
BEGIN
    RETURN QUERY SELECT * FROM locks.rounds_in(roles, held, own.people, own.seats);
END
$$;

-- Whether a round is to come, or the transaction made it or is removing it: it may name no chair.
CREATE OR REPLACE FUNCTION locks.is_held_round(round_id bigint) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN NOT EXISTS (SELECT FROM public.rounds r WHERE r.id = is_held_round.round_id)
        OR EXISTS (
            SELECT FROM locks.rounds_held m
            WHERE m.round_id = is_held_round.round_id AND m.changing = pg_current_xact_id_if_assigned()
        );
END
$$;

-- Whether the login acts in one of these roles in a round, or (NULL, and of one that it makes) in any.
CREATE OR REPLACE FUNCTION locks.acts(roles text[], round_id bigint) RETURNS boolean LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
DECLARE
    held text[] := locks.held();
    own record;
    rounds integer[];
BEGIN
    IF NOT held && roles THEN
        RETURN false;
    ELSIF (IN_EVERY_ROUND) THEN
        RETURN true;
    END IF;
    own := locks.asker();
    rounds := ARRAY(SELECT id FROM locks.rounds_in(roles, held, own.people, own.seats) AS id);
    RETURN acts.round_id = ANY (rounds)
        OR rounds <> '{}' AND (acts.round_id IS NULL OR locks.is_held_round(acts.round_id));
END
$$;

-- Whether a part that is bound to some areas of a round ({}: to none) is for an area; for every one (0) where it has all.
CREATE OR REPLACE FUNCTION locks.is_for(own integer[], area_id bigint, round_id bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT own = '{}' OR is_for.area_id = ANY (own) OR is_for.area_id = 0 AND NOT EXISTS (
        SELECT FROM public.areas r WHERE r.round_id = is_for.round_id AND r.id <> ALL (own)
    )
$$;
-- Whether the login acts so in an area as well: in a seat or a role that is of all areas, or of that one. NULL is of no
-- area, and 0 of every one.
CREATE OR REPLACE FUNCTION locks.acts(roles text[], round_id bigint, area_id bigint) RETURNS boolean LANGUAGE plpgsql
STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
DECLARE
    held text[] := locks.held();
    own record;
BEGIN
    IF NOT locks.acts(acts.roles, acts.round_id) THEN
        RETURN false;
    ELSIF acts.area_id IS NULL OR (IN_EVERY_ROUND)
        OR acts.round_id IS NOT NULL AND locks.is_held_round(acts.round_id) THEN
        RETURN true;
    END IF;
    own := locks.asker();
    RETURN EXISTS (
        SELECT FROM public.members m
        CROSS JOIN LATERAL (
            SELECT CASE WHEN lower(btrim(m.role)) IN ('chair', 'adviser') THEN lower(btrim(m.role)) ELSE 'member' END AS role
        ) AS seat
        WHERE m.id = ANY (own.seats) AND m.round_id = coalesce(acts.round_id, locks.round_of_area(acts.area_id), m.round_id)
            AND seat.role = ANY (held) AND seat.role = ANY (acts.roles)
            AND locks.is_for(ARRAY(SELECT a.area_id FROM public.member_areas a WHERE a.member_id = m.id), acts.area_id, m.round_id)
    ) OR EXISTS (
        SELECT FROM public.round_roles r
        WHERE r.person_id = ANY (own.people) AND r.role = ANY (held) AND r.role = ANY (acts.roles)
            AND r.round_id = coalesce(acts.round_id, locks.round_of_area(acts.area_id), r.round_id)
            AND locks.is_for(ARRAY(SELECT a.area_id FROM public.signing_areas a WHERE a.role_id = r.id), acts.area_id, r.round_id)
    );
END
$$;

-- The area of an application, of what its subject names, of an interest of somebody else, and of a paper: 0 for one of all
-- areas, NULL for what is of none.
CREATE OR REPLACE FUNCTION locks.area_of(application_id bigint) RETURNS bigint LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
BEGIN
    RETURN (SELECT t.area_id FROM public.applications t WHERE t.id = area_of.application_id);
END
$$;
CREATE OR REPLACE FUNCTION locks.area_of_subject(subject text) RETURNS bigint LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
BEGIN
    RETURN coalesce((SELECT t.area_id FROM public.applications t WHERE t.uid = area_of_subject.subject), 0);
END
$$;
-- The areas that the login has a part in, of any round, where a part of theirs is bound to some.
CREATE OR REPLACE FUNCTION locks.own_areas() RETURNS integer[] LANGUAGE plpgsql STABLE AS $$
DECLARE
    own record := locks.asker();
BEGIN
    RETURN ARRAY(
        SELECT a.area_id FROM public.member_areas a WHERE a.member_id = ANY (own.seats)
        UNION SELECT s.area_id FROM public.signing_areas s JOIN public.round_roles r ON r.id = s.role_id
        WHERE r.person_id = ANY (own.people)
    );
END
$$;
-- The area of a member, and of somebody who signs: one of the login's own, if they share one; NULL for one of all areas.
CREATE OR REPLACE FUNCTION locks.area_of_seat(member_id bigint) RETURNS bigint LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
BEGIN
    RETURN (
        SELECT a.area_id FROM public.member_areas a WHERE a.member_id = area_of_seat.member_id
        ORDER BY a.area_id = ANY (locks.own_areas()) DESC, a.area_id LIMIT 1
    );
END
$$;
CREATE OR REPLACE FUNCTION locks.area_of_signer(person_id bigint, round_id bigint) RETURNS bigint LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
BEGIN
    RETURN (
        SELECT s.area_id FROM public.signing_areas s JOIN public.round_roles r ON r.id = s.role_id
        WHERE r.person_id = area_of_signer.person_id AND r.round_id = area_of_signer.round_id
        ORDER BY s.area_id = ANY (locks.own_areas()) DESC, s.area_id LIMIT 1
    );
END
$$;
-- The areas of a role beside the panel, with those that the transaction took from it: none is for all areas.
CREATE OR REPLACE FUNCTION locks.areas_of_role(role_id bigint) RETURNS SETOF bigint LANGUAGE sql STABLE AS $$
    SELECT s.area_id::bigint FROM public.signing_areas s WHERE s.role_id = areas_of_role.role_id
    UNION
    SELECT split_part(r.row_key, ',', 1)::bigint FROM locks.removed r
    WHERE r.of_table = 'signing_areas' AND split_part(r.row_key, ',', 2)::bigint = areas_of_role.role_id
        AND r.seq > (SELECT head.seq FROM public.journal_head head)
$$;
-- Whether a role is of areas alone that the login chairs. One that is put in has none yet: `check_journalled` looks again.
CREATE OR REPLACE FUNCTION locks.is_of_own_areas(role_id bigint, round_id bigint) RETURNS boolean LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
DECLARE
    own bigint[] := ARRAY(SELECT locks.areas_of_role(is_of_own_areas.role_id));
BEGIN
    IF own = '{}' THEN
        RETURN NOT EXISTS (SELECT FROM public.round_roles r WHERE r.id = is_of_own_areas.role_id);
    END IF;
    RETURN NOT EXISTS (
        SELECT FROM unnest(own) AS area WHERE NOT locks.acts('{chair}', is_of_own_areas.round_id, area)
    );
END
$$;
-- Whether a role is of one who takes notes in some areas, or is put in by the transaction and may be bound to some.
CREATE OR REPLACE FUNCTION locks.is_bound_note_taker(role_id bigint) RETURNS boolean LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM public.round_roles r WHERE r.id = is_bound_note_taker.role_id AND r.role = 'note-taker' AND (
            locks.is_own(r.xmin) OR EXISTS (SELECT locks.areas_of_role(r.id))
        )
    );
END
$$;
-- A person who has no part in any round is of no area, as when a chair names somebody new; any other is of every one.
CREATE OR REPLACE FUNCTION locks.area_of_person(person_id bigint) RETURNS bigint LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
BEGIN
    RETURN CASE WHEN EXISTS (SELECT FROM public.members m WHERE m.person_id = area_of_person.person_id)
        OR EXISTS (SELECT FROM public.round_roles r WHERE r.person_id = area_of_person.person_id)
        OR EXISTS (SELECT FROM public.signer_interests i WHERE i.person_id = area_of_person.person_id) THEN 0 END;
END
$$;
-- The area whose chair decides a tie of an application: any that shares its pot, one of the login's own if there is one.
CREATE OR REPLACE FUNCTION locks.area_in_pot(application_id bigint) RETURNS bigint LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
BEGIN
    RETURN (
        SELECT r.id FROM public.applications t JOIN public.areas own ON own.id = t.area_id
        JOIN public.areas r ON r.id = own.id OR r.round_id = own.round_id
            AND locks.text_key(r.shared_pot) = locks.text_key(own.shared_pot)
        WHERE t.id = area_in_pot.application_id
        ORDER BY r.id = ANY (locks.own_areas()) DESC, r.id = own.id DESC LIMIT 1
    );
END
$$;
-- A round that is being set up is of no area, as each of its chairs can publish its criteria; later it is of every one.
CREATE OR REPLACE FUNCTION locks.area_of_draft(round_id bigint) RETURNS bigint LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
BEGIN
    RETURN CASE WHEN EXISTS (
        SELECT FROM public.rounds r WHERE r.id = area_of_draft.round_id AND r.stage = 'set up'
    ) THEN NULL ELSE 0 END;
END
$$;
-- The area in which an organisation applied: 0 where it did in several, NULL where it did in none.
CREATE OR REPLACE FUNCTION locks.area_of_organisation(organisation_id bigint) RETURNS bigint LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
BEGIN
    RETURN (
        SELECT CASE WHEN count(DISTINCT t.area_id) > 1 THEN 0 ELSE min(t.area_id) END
        FROM public.applications t WHERE t.organisation_id = area_of_organisation.organisation_id
    );
END
$$;
CREATE OR REPLACE FUNCTION locks.area_of_interest(interest_id bigint) RETURNS bigint LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
BEGIN
    RETURN (
        SELECT coalesce(a.area_id, locks.area_of_seat(i.member_id))
        FROM public.interests i LEFT JOIN public.applications a ON a.id = i.application_id
        WHERE i.id = area_of_interest.interest_id AND i.member_id <> ALL (ARRAY(SELECT locks.own_members()))
    );
END
$$;
CREATE OR REPLACE FUNCTION locks.area_named(round_id bigint, subject text) RETURNS bigint LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
DECLARE
    words text[] := string_to_array(area_named.subject, ' · ');
BEGIN
    RETURN CASE WHEN area_named.round_id IS NOT NULL THEN coalesce(
        (SELECT min(r.id) FROM public.areas r WHERE r.round_id = area_named.round_id AND r.name = ANY (words)),
        (SELECT a.area_id FROM public.applications a WHERE a.round_id = area_named.round_id AND a.reference = words[1]), 0
    ) END;
END
$$;
CREATE OR REPLACE FUNCTION locks.area_of_issue(issue_id bigint) RETURNS bigint LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
BEGIN
    RETURN (SELECT locks.area_named(p.round_id, p.subject) FROM public.paper_issues p WHERE p.id = area_of_issue.issue_id);
END
$$;

CREATE OR REPLACE FUNCTION locks.round_of(application_id bigint) RETURNS bigint LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
BEGIN
    RETURN (SELECT t.round_id FROM public.applications t WHERE t.id = round_of.application_id);
END
$$;

CREATE OR REPLACE FUNCTION locks.round_of_area(area_id bigint) RETURNS bigint LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
BEGIN
    RETURN (SELECT t.round_id FROM public.areas t WHERE t.id = round_of_area.area_id);
END
$$;

CREATE OR REPLACE FUNCTION locks.round_of_member(member_id bigint) RETURNS bigint LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
BEGIN
    RETURN (SELECT t.round_id FROM public.members t WHERE t.id = round_of_member.member_id);
END
$$;

CREATE OR REPLACE FUNCTION locks.round_of_interest(interest_id bigint) RETURNS bigint LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
BEGIN
    RETURN (
        SELECT m.round_id FROM public.interests i JOIN public.members m ON m.id = i.member_id
        WHERE i.id = round_of_interest.interest_id
    );
END
$$;

-- The interests that the login declared, and those whose words it reads: of rounds too that it chairs or writes in.
CREATE OR REPLACE FUNCTION locks.own_interests() RETURNS SETOF integer LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
BEGIN
    RETURN QUERY
    SELECT i.id FROM public.interests i WHERE i.member_id = ANY (ARRAY(SELECT locks.own_members()));
END
$$;
CREATE OR REPLACE FUNCTION locks.open_interests() RETURNS SETOF integer LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
BEGIN
    RETURN QUERY
    SELECT i.id FROM public.interests i JOIN public.members m ON m.id = i.member_id
    WHERE m.id = ANY (ARRAY(SELECT locks.own_members()))
        OR m.round_id = ANY (ARRAY(SELECT locks.rounds_as('{chair,note-taker}')));
END
$$;

CREATE OR REPLACE FUNCTION locks.application_of(sheet_id bigint) RETURNS bigint LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
BEGIN
    RETURN (SELECT t.application_id FROM public.sheets t WHERE t.id = application_of.sheet_id);
END
$$;

CREATE OR REPLACE FUNCTION locks.own_people() RETURNS SETOF integer LANGUAGE plpgsql STABLE ROWS 1 AS $$
BEGIN
    RETURN QUERY SELECT unnest(a.people) FROM locks.asker() AS a;
END
$$;

-- Rounds of which nothing but names opens before the login declares: on whose panel they sit and said nothing yet, or
-- in which they decide and neither declared nor signed. Officers and finance declare nothing, and nobody does where
-- awards come without a competition.
CREATE OR REPLACE FUNCTION locks.undeclared_rounds() RETURNS SETOF integer LANGUAGE plpgsql STABLE ROWS 3 AS $$
DECLARE
    held text[] := locks.held();
    own record := locks.asker();
BEGIN
    RETURN QUERY SELECT * FROM locks.undeclared_of(held, own.people, own.seats);
END
$$;
CREATE OR REPLACE FUNCTION locks.undeclared_of(held text[], people integer[], seats integer[]) RETURNS SETOF integer
LANGUAGE plpgsql STABLE ROWS 3 AS $$
DECLARE
    signs boolean := held && '{commander,decider}';
BEGIN
    RETURN QUERY SELECT unnest(k.undeclared) FROM locks.kept_closed k
    WHERE k.login = session_user AND k.changing = pg_current_xact_id_if_assigned();
    IF held && '{EVERYWHERE}' OR NOT signs AND NOT EXISTS (
        SELECT FROM unnest(seats) AS seat WHERE NOT EXISTS (SELECT FROM public.interests i WHERE i.member_id = seat)
    ) THEN
        RETURN;
    END IF;
    RETURN QUERY SELECT r.id FROM public.rounds r
    WHERE (signs OR EXISTS (SELECT FROM public.members m WHERE m.round_id = r.id AND m.id = ANY (seats)))
        AND NOT EXISTS (
            SELECT FROM public.members m JOIN public.interests i ON i.member_id = m.id
            WHERE m.round_id = r.id AND m.id = ANY (seats)
        )
        AND NOT EXISTS (
            SELECT FROM public.signer_interests s
            WHERE s.round_id = r.id AND s.person_id = ANY (people)
        )
        AND NOT EXISTS (SELECT FROM public.direct_rounds d WHERE d.round_id = r.id)
        AND r.id NOT IN (SELECT * FROM locks.rounds_in('{note-taker}', held, people, seats))
        AND NOT EXISTS (SELECT FROM public.sign_offs s WHERE s.round_id = r.id AND locks.is_me(s.signed_by));
END
$$;

-- Applications of which nothing is shown: those in which an interest is declared, as a member or as one who signs, of
-- rounds in which there is still to declare, and of other panels' rounds.
CREATE OR REPLACE FUNCTION locks.barred() RETURNS SETOF integer LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
DECLARE
    held text[] := locks.held();
    own record := locks.asker();
    closed integer[] := ARRAY(SELECT locks.undeclared_of(held, own.people, own.seats));
BEGIN
    RETURN QUERY
    SELECT i.application_id FROM public.interests i
    WHERE i.member_id = ANY (own.seats)
        AND i.kind IN ('pecuniary', 'non-pecuniary', 'prejudicial') AND i.application_id IS NOT NULL
    UNION ALL
    SELECT s.application_id FROM public.signer_interests s
    WHERE s.person_id = ANY (own.people) AND s.kind <> 'none' AND s.application_id IS NOT NULL
    UNION ALL
    SELECT l.application_id FROM locks.own_lifted l WHERE l.login = session_user
    UNION ALL
    SELECT unnest(k.barred) FROM locks.kept_closed k
    WHERE k.login = session_user AND k.changing = pg_current_xact_id_if_assigned();
    IF NOT held && '{EVERYWHERE,commander,decider,reader}' THEN
        closed := closed || ARRAY(
            SELECT r.id FROM public.rounds r WHERE r.id NOT IN (
                SELECT * FROM locks.rounds_in('{chair,member,adviser,note-taker}', held, own.people, own.seats)
            )
        );
    END IF;
    IF closed <> '{}' THEN
        RETURN QUERY SELECT a.id FROM public.applications a WHERE a.round_id = ANY (closed);
    END IF;
END
$$;

-- The applications of an area for which a member has still a sheet to hand in; all such of areas in scoring, and the
-- areas: no mark of others is shown there.
CREATE OR REPLACE FUNCTION locks.due_in(seat integer, round_id integer, area_id integer) RETURNS SETOF integer
LANGUAGE sql STABLE AS $$
    SELECT a.id FROM public.applications a
    WHERE a.round_id = due_in.round_id AND a.area_id = due_in.area_id
        AND NOT a.withdrawn
        AND NOT EXISTS (
            SELECT FROM public.sheets s WHERE s.member_id = seat AND s.application_id = a.id AND s.is_submitted
        )
        AND NOT EXISTS (
            SELECT FROM public.interests i WHERE i.member_id = seat AND i.application_id = a.id AND i.kind <> 'none'
        )
        AND NOT locks.is_out(a.id, a.round_id, a.all_gates)
$$;
-- What others have sheets on and waits for the person's own, at scoring: withdrawn, out by a gate,
-- or taken out of its area, it opens no sooner.
CREATE OR REPLACE FUNCTION locks.marked_by_others() RETURNS SETOF integer LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN QUERY
    SELECT a.id FROM public.applications a
    JOIN public.members m ON m.round_id = a.round_id AND m.id = ANY (ARRAY(SELECT locks.own_members()))
    WHERE NOT EXISTS (SELECT FROM public.areas r WHERE r.id = a.area_id AND r.stage <> 'scoring')
        AND EXISTS (SELECT FROM public.sheets s WHERE s.application_id = a.id AND s.member_id <> m.id)
        AND NOT EXISTS (
            SELECT FROM public.sheets s WHERE s.member_id = m.id AND s.application_id = a.id AND s.is_submitted
        )
        AND NOT EXISTS (
            SELECT FROM public.interests i WHERE i.member_id = m.id AND i.application_id = a.id AND i.kind <> 'none'
        );
END
$$;
CREATE OR REPLACE FUNCTION locks.due() RETURNS SETOF integer LANGUAGE plpgsql STABLE AS $$
DECLARE
    own record := locks.asker();
BEGIN
    RETURN QUERY
    SELECT d.id FROM public.members m JOIN public.areas r ON r.round_id = m.round_id AND r.stage = 'scoring'
    CROSS JOIN LATERAL locks.due_in(m.id, m.round_id, r.id) AS d(id)
    WHERE m.id = ANY (own.seats);
END
$$;
CREATE OR REPLACE FUNCTION locks.blind_areas() RETURNS SETOF integer LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN QUERY
    SELECT DISTINCT area.id
    FROM (
        SELECT o.id, o.round_id FROM public.members o
        WHERE o.id = ANY (ARRAY(SELECT locks.own_members())) OFFSET 0
    ) AS m
    CROSS JOIN (SELECT id FROM public.areas WHERE stage = 'scoring' OFFSET 0) AS area
    CROSS JOIN LATERAL (SELECT FROM locks.due_in(m.id, m.round_id, area.id) LIMIT 1) AS open;
END
$$;

-- Whether the gates that bar come to no, as models/queries/applications works it out.
CREATE OR REPLACE FUNCTION locks.is_out(application_id bigint, round_id bigint, word text) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (
        SELECT coalesce(bool_or(r.result = 'fail'), false)
            OR is_out.word = 'no' AND (
                coalesce(bool_or(r.result IS NULL AND NOT g.is_time), false)
                OR NOT coalesce(bool_or(r.result IS NOT NULL AND NOT (g.is_time AND r.result = 'pass')), false)
            )
        FROM public.gates g
        LEFT JOIN public.gate_results r ON r.gate_id = g.id AND r.application_id = is_out.application_id
        WHERE g.round_id = is_out.round_id AND NOT g.is_advisory
    );
END
$$;

-- Applications of which no mark of others, and nothing that rests on marks, is shown.
CREATE OR REPLACE FUNCTION locks.unseen() RETURNS SETOF integer LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
BEGIN
    RETURN QUERY
    SELECT locks.barred()
    UNION
    SELECT a.id FROM public.applications a WHERE a.area_id = ANY (ARRAY(SELECT locks.blind_areas()))
    UNION
    SELECT locks.marked_by_others()
    UNION
    SELECT unnest(k.unseen) FROM locks.kept_closed k
    WHERE k.login = session_user AND k.changing = pg_current_xact_id_if_assigned();
END
$$;

-- Applications of other areas' panels: what each member marked there is for that panel, its note-taker and observers at
-- its meeting, as `areas_of_other_panels` of models/queries/panel says.
CREATE OR REPLACE FUNCTION locks.of_other_panels() RETURNS SETOF integer LANGUAGE plpgsql STABLE AS $$
DECLARE
    held text[] := locks.held();
    own record := locks.asker();
BEGIN
    IF held && '{EVERYWHERE,commander,decider,reader}' THEN
        RETURN;
    END IF;
    RETURN QUERY
    WITH part AS MATERIALIZED (
        SELECT m.round_id, ARRAY(SELECT e.area_id FROM public.member_areas e WHERE e.member_id = m.id) AS areas
        FROM public.members m WHERE m.id = ANY (own.seats)
        UNION ALL
        SELECT r.round_id, ARRAY(SELECT s.area_id FROM public.signing_areas s WHERE s.role_id = r.id)
        FROM public.round_roles r WHERE r.person_id = ANY (own.people) AND r.role = 'note-taker' AND r.role = ANY (held)
    )
    SELECT a.id FROM public.applications a
    WHERE a.area_id IS NOT NULL AND EXISTS (SELECT FROM part p WHERE p.round_id = a.round_id)
        AND NOT EXISTS (
            SELECT FROM part p WHERE p.round_id = a.round_id AND locks.is_for(p.areas, a.area_id, a.round_id)
        )
        AND NOT EXISTS (
            SELECT FROM public.attendance t
            WHERE t.area_id = a.area_id AND t.member_id = ANY (own.seats) AND t.state <> 'absent'
        );
END
$$;
-- Applications of which is not shown what each member marked.
CREATE OR REPLACE FUNCTION locks.without_sheets() RETURNS SETOF integer LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
    SELECT locks.unseen() UNION SELECT locks.of_other_panels()
$$;

-- The person's own sheets that are not closed to them: what is on these is read without a look at all others.
CREATE OR REPLACE FUNCTION locks.own_sheets() RETURNS SETOF integer LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
BEGIN
    RETURN QUERY
    SELECT s.id FROM public.sheets s
    WHERE s.member_id = ANY (ARRAY(SELECT locks.own_members())) AND s.application_id NOT IN (SELECT locks.barred());
END
$$;

CREATE OR REPLACE FUNCTION locks.closed_sheets() RETURNS SETOF integer LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
BEGIN
    RETURN QUERY
    SELECT s.id FROM public.sheets s
    WHERE s.application_id IN (SELECT locks.barred())
        OR s.application_id IN (SELECT locks.without_sheets()) AND s.member_id <> ALL (ARRAY(SELECT locks.own_members()));
END
$$;

-- The same by the identities that travel, as packs, returns and revisions name applications and members.
CREATE OR REPLACE FUNCTION locks.barred_uids() RETURNS SETOF text LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
    SELECT a.uid FROM public.applications a WHERE a.id IN (SELECT locks.barred())
    UNION ALL
    SELECT r.uid FROM public.rounds r WHERE r.id IN (SELECT locks.barred_rounds())
$$;
-- Whether a row of a table with this value in a column was written by this transaction, a step of it too: another's that
-- was kept meanwhile may have the higher number, but is no longer in progress.
CREATE OR REPLACE FUNCTION locks.wrote(of_table text, of_column text, value text) RETURNS boolean LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
DECLARE
    found boolean;
BEGIN
    EXECUTE format(
        'WITH own AS MATERIALIZED ('
        'SELECT t.%I AS it FROM public.%I AS t WHERE age(t.xmin) <= 0 AND locks.is_own(t.xmin)) '
        'SELECT EXISTS (SELECT FROM own WHERE it = %L)', of_column, of_table, value
    ) INTO found;
    RETURN found;
END
$$;
CREATE OR REPLACE FUNCTION locks.is_own(written xid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN age(written) <= 0 THEN coalesce(pg_xact_status(
        (pg_current_xact_id_if_assigned()::text::bigint - age(written))::text::xid8
    ) = 'in progress', false) ELSE false END
$$;
CREATE OR REPLACE FUNCTION locks.unseen_uids() RETURNS SETOF text LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
    SELECT a.uid FROM public.applications a WHERE a.id IN (SELECT locks.without_sheets())
$$;
CREATE OR REPLACE FUNCTION locks.own_uids() RETURNS SETOF text LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
    SELECT m.uid FROM public.members m WHERE m.id IN (SELECT locks.own_members())
$$;

-- The members whose interests come with their words in what returns say of them.
CREATE OR REPLACE FUNCTION locks.open_uids() RETURNS SETOF text LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
    SELECT m.uid FROM public.members m
    WHERE m.id IN (SELECT locks.own_members()) OR m.round_id IN (SELECT locks.rounds_as('{chair,note-taker}'))
$$;

-- Whether a round is closed in part, so that nothing may be worked out from the rest.
CREATE OR REPLACE FUNCTION locks.is_closed_in_part(round_id bigint) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
    SELECT EXISTS (
        SELECT FROM public.applications a
        WHERE a.round_id = is_closed_in_part.round_id AND a.id IN (SELECT locks.barred())
    )
$$;

-- Rounds of which something is closed, so that nothing is worked out of them.
CREATE OR REPLACE FUNCTION locks.closed_rounds() RETURNS SETOF integer LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
    SELECT DISTINCT a.round_id FROM public.applications a WHERE a.id IN (SELECT locks.unseen())
$$;

-- Areas whose list tells of an application that is closed to the login: until it is decided, and where its sheets wait.
-- Lists tell of one another where areas share a pot, or an organisation with a cap has applied in both, and so on from
-- list to list; `Ties` of models/permissions/telling.py says the same of a file.
CREATE OR REPLACE FUNCTION locks.telling() RETURNS SETOF integer LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
    WITH RECURSIVE closed AS MATERIALIZED (
        SELECT a.id, a.round_id, a.area_id FROM public.applications a
        WHERE (
            a.id IN (SELECT locks.barred()) AND NOT locks.is_decided(a.id)
            OR a.area_id = ANY (ARRAY(SELECT locks.blind_areas()))
        ) AND NOT a.withdrawn AND NOT locks.is_out(a.id, a.round_id, a.all_gates)
    ), lists AS MATERIALIZED (
        SELECT r.id AS area_id, r.round_id, coalesce((
            SELECT min(o.id) FROM public.areas o WHERE o.round_id = r.round_id AND o.shared_pot <> ''
                AND locks.text_key(o.shared_pot) = locks.text_key(r.shared_pot)
        ), r.id) AS list
        FROM public.areas r WHERE r.round_id IN (SELECT round_id FROM closed)
    ), known AS MATERIALIZED (
        SELECT a.id, l.round_id, l.list, unnest(ARRAY[
            'is ' || a.organisation_id, 'name ' || s.name_key, 'charity ' || nullif(s.charity_number, ''),
            'company ' || nullif(s.company_number, '')
        ]) AS it
        FROM lists l JOIN public.applications a ON a.area_id = l.area_id AND NOT a.withdrawn
        LEFT JOIN public.organisation_aliases s ON s.organisation_id = a.organisation_id
        WHERE (
            SELECT c.cap_per_organisation_pence FROM public.schemes c WHERE c.round_id = l.round_id
            ORDER BY c.version DESC LIMIT 1
        ) IS NOT NULL
    ), pairs AS MATERIALIZED (
        SELECT DISTINCT one.id, one.list, other.id AS other_id, other.list AS other_list
        FROM known one JOIN known other ON other.it = one.it AND other.round_id = one.round_id AND other.list <> one.list
    ), running AS MATERIALIZED (
        SELECT a.id FROM public.applications a
        WHERE a.id IN (SELECT id FROM pairs) AND NOT locks.is_out(a.id, a.round_id, a.all_gates)
    ), reached(list) AS (
        SELECT l.list FROM lists l WHERE l.area_id IN (SELECT area_id FROM closed)
        UNION
        SELECT p.other_list FROM reached r JOIN pairs p ON p.list = r.list
        WHERE p.id IN (SELECT id FROM running) AND p.other_id IN (SELECT id FROM running)
    )
    SELECT l.area_id FROM lists l JOIN reached USING (list)
$$;

-- The applications on these lists.
CREATE OR REPLACE FUNCTION locks.beside_closed() RETURNS SETOF integer LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
    SELECT a.id FROM public.applications a WHERE a.area_id IN (SELECT locks.telling())
$$;

-- Those of them that are not decided, where the login has no task: what one gets leaves less for another.
CREATE OR REPLACE FUNCTION locks.untold() RETURNS SETOF integer LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
    SELECT a.id FROM public.applications a
    JOIN (SELECT r.id FROM public.rounds r WHERE NOT locks.acts(RANKING, r.id) OFFSET 0) AS other ON other.id = a.round_id
    WHERE a.id IN (SELECT locks.beside_closed()) AND NOT locks.is_decided(a.id)
$$;

-- The issued papers that tell of what is closed to the login; or, where a paper is given that would be issued, 0 for one
-- that does: of its area, of all where it names none, and of every round where it is of none. One that was issued tells
-- of each application that it prints, wherever that was moved since. One that is issued with marks or without them waits
-- for the login's own sheets only with them, and is closed by what its lists tell of only with them; with each member's
-- marks it is its own panel's.
CREATE OR REPLACE FUNCTION locks.closed_papers(paper text, round_id bigint, subject text) RETURNS SETOF integer
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH closed AS MATERIALIZED (
        SELECT a.reference, a.round_id, a.area_id, a.id IN (SELECT locks.barred()) AS is_barred,
            a.id IN (SELECT locks.unseen()) AS is_unseen
        FROM public.applications a WHERE a.id IN (SELECT locks.without_sheets())
    ), papers AS MATERIALIZED (
        SELECT p.id, p.paper, p.round_id, p.subject, p.content FROM public.paper_issues p
        WHERE closed_papers.paper IS NULL AND EXISTS (SELECT FROM closed)
        UNION ALL SELECT 0, closed_papers.paper, closed_papers.round_id, closed_papers.subject, ''
        WHERE closed_papers.paper IS NOT NULL
    ), covering AS MATERIALIZED (
        SELECT p.id, p.round_id, coalesce(locks.area_named(p.round_id, p.subject), 0) AS area_id,
            p.paper <> ALL (OF_CHOICE::text[]) OR 'WITH_MARKED' = ANY (string_to_array(p.subject, ' · ')) AS has_marks,
            p.paper = ANY (OF_SHEETS::text[]) AS is_of_sheets, p.content
        FROM papers p WHERE p.paper = ANY (CLOSABLE::text[])
    )
    SELECT c.id FROM covering c WHERE EXISTS (
        SELECT FROM closed
        WHERE coalesce(c.round_id = closed.round_id, true)
            AND (closed.is_barred OR c.has_marks AND (closed.is_unseen OR c.is_of_sheets))
            AND (c.area_id IN (0, closed.area_id) OR strpos(c.content, to_json(closed.reference)::text) > 0)
    ) OR c.has_marks AND c.area_id IN (SELECT locks.telling());
END
$$;

-- What is closed to the person goes by these names: its own, those that were corrected, its award's reference, and all
-- that its organisation was ever called, its successor too. Of rounds in which there is still to declare all is closed.
CREATE OR REPLACE FUNCTION locks.barred_names() RETURNS SETOF text LANGUAGE sql STABLE AS $$
    WITH closed AS MATERIALIZED (
        SELECT a.* FROM public.applications a
        WHERE a.id IN (SELECT locks.barred()) AND a.round_id NOT IN (SELECT locks.undeclared_rounds())
    )
    SELECT unnest(ARRAY[a.reference, a.uid, a.organisation, a.project]) FROM closed a
    UNION SELECT w.reference FROM public.awards w JOIN closed a ON a.id = w.application_id
    UNION SELECT s.name FROM public.successions s JOIN closed a ON a.id = s.application_id
    UNION SELECT unnest(ARRAY[c.value::json #>> '{}', c.submitted::json #>> '{}'])
    FROM public.corrections c JOIN closed a ON a.id = c.application_id WHERE c.field IN ('organisation', 'project')
    UNION SELECT unnest(ARRAY[o.uid, o.name]) FROM public.organisations o JOIN closed a ON a.organisation_id = o.id
    UNION SELECT o.name FROM public.organisation_aliases o JOIN closed a USING (organisation_id)
$$;

-- What a body of the journal must not name to be read; NULL where something is closed for a time.
CREATE OR REPLACE FUNCTION locks.closed_names() RETURNS text[] LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN EXISTS (SELECT locks.unseen() EXCEPT SELECT locks.barred()) THEN NULL
        WHEN NOT locks.has('{EVERYWHERE,commander,decider,reader}') THEN NULL
        ELSE ARRAY(
            SELECT btrim(to_json(named)::text, '"') FROM locks.barred_names() AS named WHERE named <> ''
        )
    END
$$;

-- Whether somebody gave a mark in a round, and whether they signed a decision of it.
CREATE OR REPLACE FUNCTION locks.scored(name text, round_id bigint) RETURNS boolean LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
    SELECT EXISTS (
        SELECT FROM public.members m
        JOIN public.people p ON p.id = m.person_id
        JOIN public.sheets s ON s.member_id = m.id
        JOIN public.marks k ON k.sheet_id = s.id AND k.mark IS NOT NULL
        WHERE m.round_id = scored.round_id AND locks.text_key(p.name) = locks.text_key(scored.name)
    )
$$;
CREATE OR REPLACE FUNCTION locks.decided(round_id bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM public.sign_offs s WHERE s.round_id = decided.round_id AND locks.is_me(s.signed_by)
    ) OR EXISTS (
        SELECT FROM public.variation_signatures v
        WHERE locks.round_of(v.application_id) = decided.round_id AND locks.is_me(v.signed_by)
    )
$$;

CREATE OR REPLACE FUNCTION locks.name_of(person_id bigint) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
    SELECT p.name FROM public.people p WHERE p.id = person_id
$$;

-- Whether the login has a seat on the round's panel, or signs in it: such a person types in no paper sheets.
CREATE OR REPLACE FUNCTION locks.has_part(round_id bigint) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM public.members m
        WHERE m.round_id = has_part.round_id AND m.id = ANY (ARRAY(SELECT locks.own_members()))
    ) OR EXISTS (
        SELECT FROM public.round_roles r JOIN public.people p ON p.id = r.person_id
        WHERE r.round_id = has_part.round_id AND r.role IN ('commander', 'decider') AND locks.is_me(p.name)
    );
END
$$;

-- Whether a sheet is the person's own, open, and of an area in scoring.
CREATE OR REPLACE FUNCTION locks.is_own_open_sheet(sheet_id bigint) RETURNS boolean LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM public.sheets s
        JOIN public.applications a ON a.id = s.application_id
        JOIN public.areas area ON area.id = a.area_id AND area.stage = 'scoring'
        WHERE s.id = is_own_open_sheet.sheet_id AND NOT s.is_submitted
            AND s.member_id IN (SELECT locks.own_members())
    );
END
$$;

-- What a journal row says is read by who wrote it; by others with a role in every round, unless it names what
-- is closed to them, or may say in which words somebody else declared an interest: that is for officers, finance and
-- auditors.
CREATE OR REPLACE FUNCTION locks.reads_all_words() RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
BEGIN
    RETURN locks.reads_most_words() AND locks.has('{EVERYWHERE}');
END
$$;
CREATE OR REPLACE FUNCTION locks.reads_most_words() RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
BEGIN
    RETURN coalesce(locks.closed_names() = '{}', false) AND NOT EXISTS (SELECT locks.undeclared_rounds());
END
$$;
CREATE OR REPLACE FUNCTION locks.interest_rows() RETURNS SETOF bigint LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
    SELECT j.seq FROM public.journal j JOIN locks.permissions p ON p.kind = j.kind WHERE p.tells_interests
$$;
-- The words of a row are as closed as what it wrote: an issue as its paper, and what wrote places as the other lines of
-- the list, by whatever names them.
-- Looked up once a statement, like all that policies ask: one asked of each row would be asked after other questions.
-- What is closed stands in no variable here or elsewhere: whoever prints plans (debug_print_plan) reads variables there.
CREATE OR REPLACE FUNCTION locks.open_words() RETURNS SETOF bigint LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
DECLARE
    mine text := locks.text_key(locks.person());
    undeclared text[] := ARRAY(SELECT locks.undeclared_rounds());
    waits text[] := CASE WHEN locks.has('{EVERYWHERE}') THEN '{}' ELSE ARRAY(
        SELECT p.kind FROM locks.permissions p WHERE p.tells_interests
    ) END;
    by_list text[] := ARRAY(SELECT p.kind FROM locks.permissions p WHERE p.tables && BY_LIST);
BEGIN
    RETURN QUERY SELECT j.seq FROM public.journal j WHERE locks.text_key(j.actor) = mine;
    IF locks.closed_names() IS NOT NULL THEN
        RETURN QUERY
        WITH shut AS MATERIALIZED (SELECT locks.closed_papers(NULL, NULL, NULL) AS id
        ), issues AS MATERIALIZED (
            SELECT p.paper, coalesce(p.round_id::text, '') AS of_round, p.subject, p.sha256,
                bool_or(p.id IN (SELECT s.id FROM shut s)) AS is_shut
            FROM public.paper_issues p GROUP BY 1, 2, 3, 4
        ), telling AS MATERIALIZED (
            SELECT r.id, r.round_id::text AS of_round, to_json(r.name)::text AS name FROM public.areas r
            WHERE r.id IN (SELECT locks.telling())
        ), naming AS MATERIALIZED (
            SELECT t.of_round, unnest(ARRAY[t.name, '"area":""']) AS it FROM telling t
            UNION SELECT t.of_round, to_json(a.reference)::text
            FROM telling t JOIN public.applications a ON a.area_id = t.id
        )
        SELECT j.seq FROM public.journal j JOIN public.journal_body b ON b.seq = j.seq
        WHERE j.kind <> ALL (waits)
            AND (undeclared = '{}' OR b.body::jsonb ->> 'round_id' <> ALL (undeclared))
            AND NOT EXISTS (SELECT FROM unnest((SELECT locks.closed_names())) AS name WHERE strpos(b.body, name) > 0)
            AND CASE
                WHEN j.kind = 'issue paper' THEN EXISTS (
                    SELECT FROM issues i
                    WHERE i.paper = b.body::jsonb ->> 'paper' AND i.subject = b.body::jsonb ->> 'subject'
                        AND i.of_round = coalesce(b.body::jsonb ->> 'round_id', '')
                        AND i.sha256 = b.body::jsonb ->> 'sha256' AND NOT i.is_shut
                )
                WHEN j.kind = ANY (by_list) THEN NOT EXISTS (
                    SELECT FROM naming n
                    WHERE n.of_round = coalesce(b.body::jsonb ->> 'round_id', n.of_round) AND strpos(b.body, n.it) > 0
                )
                ELSE true
            END;
    END IF;
END
$$;
CREATE OR REPLACE FUNCTION locks.own_drafts() RETURNS SETOF text LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
    SELECT DISTINCT d.person FROM public.draft d WHERE locks.is_me(d.person)
$$;

-- What papers say of applications that are closed to the person, and of rounds of which all is.
CREATE OR REPLACE FUNCTION locks.closed_subjects() RETURNS SETOF text LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
    SELECT a.reference FROM public.applications a WHERE a.id IN (SELECT locks.barred())
    UNION SELECT w.reference FROM public.awards w WHERE w.application_id IN (SELECT locks.barred())
$$;
CREATE OR REPLACE FUNCTION locks.barred_rounds() RETURNS SETOF integer LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
    SELECT a.round_id FROM public.applications a
    GROUP BY a.round_id HAVING bool_and(a.id IN (SELECT locks.barred()))
$$;

-- What everybody is told of the journal's words: which area went out with whom or came back, and who declared.
CREATE OR REPLACE FUNCTION locks.told()
RETURNS TABLE (
    seq bigint, at text, hash bytea, kind text, round text, area text, person text, computer text, member text
) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
BEGIN
    RETURN QUERY
    SELECT j.seq, j.at, j.hash, j.kind, w.said ->> 'round_id', w.said ->> 'area', w.said ->> 'person',
        w.said ->> 'computer', coalesce(w.said ->> 'member', w.said -> 'interest' ->> 'member')
    FROM public.journal j
    JOIN LATERAL (
        SELECT b.body::jsonb AS said FROM public.journal_body b WHERE b.seq = j.seq OFFSET 0
    ) AS w ON true
    WHERE j.kind IN ('take area out', 'bring area back', 'declare', 'add interest') AND locks.person() IS NOT NULL
    UNION ALL
    SELECT j.seq, j.at, j.hash, 'declare', part ->> 'round_id', NULL, NULL, NULL, part ->> 'member'
    FROM public.journal j
    JOIN LATERAL (
        SELECT b.body::jsonb AS said FROM public.journal_body b WHERE b.seq = j.seq OFFSET 0
    ) AS w ON true
    CROSS JOIN LATERAL jsonb_array_elements(w.said -> 'parts') AS part
    WHERE j.kind = 'change panel' AND part ? 'interests' AND jsonb_typeof(part -> 'member') = 'string'
        AND locks.person() IS NOT NULL
    ORDER BY 1;
END
$$;

-- What was allowed with the award of an application that is closed to the person.
CREATE OR REPLACE FUNCTION locks.closed_allowances() RETURNS SETOF integer LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
    SELECT w.id FROM public.area_allowances w
    JOIN public.areas r ON r.id = w.area_id
    JOIN public.applications a ON a.round_id = r.round_id AND a.reference = ANY (string_to_array(w.awards, ', '))
    WHERE a.id IN (SELECT locks.barred())
$$;

-- Organisations that made an application that is closed to the person, and whether one of them is.
CREATE OR REPLACE FUNCTION locks.barred_organisations() RETURNS SETOF integer LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
    SELECT a.organisation_id FROM public.applications a WHERE a.id IN (SELECT locks.barred())
$$;
CREATE OR REPLACE FUNCTION locks.is_barred_organisation(organisation_id bigint) RETURNS boolean LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
    SELECT is_barred_organisation.organisation_id IN (SELECT locks.barred_organisations())
$$;

-- The highest number or position in use in a table, of a round where one is named, of what is closed to the login too:
-- a number alone, without which two rows would get the same.
CREATE OR REPLACE FUNCTION locks.highest(of_table text, of_column text, of_round bigint) RETURNS bigint LANGUAGE plpgsql
STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
DECLARE
    found bigint;
BEGIN
    IF of_column NOT IN ('id', 'position') THEN
        RAISE insufficient_privilege USING MESSAGE = 'only numbers and positions are told';
    END IF;
    EXECUTE format('SELECT max(%I) FROM public.%I', of_column, of_table)
        || CASE WHEN of_round IS NULL THEN '' ELSE ' WHERE round_id = $1' END INTO found USING of_round;
    RETURN found;
END
$$;
