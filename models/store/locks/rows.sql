-- What a row may become that somebody writes: looked at as it is written.

-- A sheet stays its member's and its application's; it is handed in whole, and opened again by the chair alone.
CREATE OR REPLACE FUNCTION locks.check_sheet() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
DECLARE
    sheet public.sheets := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    round_id bigint := locks.round_of(sheet.application_id);
    is_own boolean := sheet.member_id = ANY ((locks.asker()).seats);
    was_handed_in boolean := TG_OP <> 'INSERT' AND OLD.is_submitted;
    is_reopened boolean := TG_OP <> 'DELETE' AND NOT NEW.is_submitted AND btrim(coalesce(NEW.reopened, '')) <> ''
        AND (locks.acts('{chair}', round_id) OR NOT was_handed_in AND locks.acts('{officer}', round_id)
            AND (TG_OP = 'INSERT' OR btrim(coalesce(OLD.reopened, '')) = ''));
    fault text;
BEGIN
    IF locks.is_administrator() OR NOT locks.has_part(round_id) AND (
        locks.acts('{officer}', round_id) OR NOT was_handed_in AND locks.acts('{note-taker}', round_id)
    ) THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    fault := CASE
        WHEN TG_OP = 'UPDATE' AND (OLD.id, OLD.uid, OLD.member_id, OLD.application_id)
            IS DISTINCT FROM (NEW.id, NEW.uid, NEW.member_id, NEW.application_id)
            THEN 'A sheet stays its member''s.'
        WHEN was_handed_in AND NOT is_reopened
            THEN 'A sheet that is handed in is opened again by the chair, with a reason.'
        WHEN NOT was_handed_in AND NOT is_own AND NOT is_reopened
            THEN 'A sheet is made and handed in by its member.'
        WHEN NOT is_reopened AND CASE WHEN TG_OP = 'DELETE' THEN '' ELSE coalesce(NEW.reopened, '') END
            <> CASE WHEN TG_OP = 'INSERT' THEN '' ELSE coalesce(OLD.reopened, '') END
            THEN 'Only the chair says that a sheet was reopened.'
        WHEN TG_OP <> 'DELETE' AND NEW.is_submitted
            AND locks.lacks_marks(NEW.id, NEW.application_id, round_id)
            THEN 'A sheet is handed in with a mark on every criterion.'
    END;
    IF fault IS NOT NULL THEN
        RAISE EXCEPTION '%', fault USING ERRCODE = 'insufficient_privilege';
    ELSIF is_reopened AND NOT locks.acts('{chair}', round_id) THEN  -- asked at the end: only what makes sheets due does
        INSERT INTO locks.changes VALUES (pg_current_xact_id(), NULL, ARRAY['sheets.reopened'])
        ON CONFLICT (changing) DO UPDATE SET touched = changes.touched || 'sheets.reopened'::text
        WHERE 'sheets.reopened' <> ALL (changes.touched);
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END
$$;
CREATE OR REPLACE FUNCTION locks.lacks_marks(sheet_id bigint, application_id bigint, round_id bigint) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM public.criteria c
        WHERE c.method = 'judged'
            AND c.scheme_id = (
                SELECT s.id FROM public.schemes s WHERE s.round_id = lacks_marks.round_id
                ORDER BY s.version DESC LIMIT 1
            )
            AND c.code NOT IN (
                SELECT n.criterion FROM public.not_applicable n WHERE n.application_id = lacks_marks.application_id
            )
            AND c.code NOT IN (
                SELECT m.criterion FROM public.marks m
                WHERE m.sheet_id = lacks_marks.sheet_id AND m.mark IS NOT NULL
            )
    )
$$;

-- The key of a file's bytes is made of what it is attached to and of their sum: no row names those of another.
CREATE OR REPLACE FUNCTION locks.check_key() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
DECLARE
    found jsonb := to_jsonb(NEW);
    subject text[] := CASE TG_TABLE_NAME
        WHEN 'paper_files' THEN ARRAY['paper', found ->> 'issue_id'] ELSE ARRAY[found ->> 'about', found ->> 'subject']
    END;
BEGIN
    IF NOT locks.is_administrator() AND NEW.pieces IS DISTINCT FROM encode(sha256(
        convert_to(array_to_string(subject || NEW.sha256, E'\n'), 'UTF8')
    ), 'hex') THEN
        RAISE EXCEPTION 'The key of bytes is of their sum and of what they are attached to.'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;

-- Whether an instalment may be paid: by its day the agreement was signed, the award is neither on hold nor withdrawn, its
-- account was verified by somebody else than who put it down, and since a successor took it over; none of this was
-- written in the same transaction, and no more is paid than the award.
CREATE OR REPLACE FUNCTION locks.is_payable(part public.instalments) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
    SELECT EXISTS (
        SELECT FROM public.awards a
        JOIN public.applications p ON p.id = a.application_id
        JOIN public.bank_endings b ON b.application_id = a.application_id
        WHERE a.application_id = part.application_id AND a.agreed_on <= part.paid_on
            AND a.held_for IS NULL AND NOT p.withdrawn
            AND b.checked_by <> '' AND locks.text_key(b.checked_by) <> locks.text_key(b.entered_by)
            AND NOT EXISTS (
                SELECT FROM public.successions s
                WHERE s.application_id = a.application_id AND s.recorded_at >= b.checked_at
            )
            AND age(a.xmin) > 0 AND age(b.xmin) > 0
            AND part.amount_pence + coalesce((
                SELECT sum(i.amount_pence) FROM public.instalments i
                WHERE i.application_id = a.application_id AND i.number <> part.number AND i.paid_on IS NOT NULL
            ), 0) <= a.amount_pence
    )
$$;

-- Money is authorised by finance in person, and by nobody who decided in the round; a payment that was made is put
-- back by whoever sets the instalments anew.
CREATE OR REPLACE FUNCTION locks.check_payment() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        INSERT INTO locks.payments_removed
        SELECT pg_current_xact_id(), OLD.application_id, OLD.paid_on, OLD.authorised_by, OLD.amount_pence
        WHERE OLD.paid_on IS NOT NULL AND NOT locks.is_administrator();
        RETURN OLD;
    ELSIF TG_OP = 'INSERT' AND NEW.paid_on IS NULL
        OR TG_OP = 'UPDATE' AND (NEW.paid_on, NEW.authorised_by) IS NOT DISTINCT FROM (OLD.paid_on, OLD.authorised_by)
            AND (OLD.paid_on IS NULL OR (NEW.application_id, NEW.number, NEW.amount_pence)
                = (OLD.application_id, OLD.number, OLD.amount_pence))
        OR locks.is_administrator() THEN
        RETURN NEW;
    END IF;
    IF locks.has('{finance}')
        AND NOT locks.decided(locks.round_of(NEW.application_id))
        AND (NEW.paid_on IS NULL OR locks.is_me(NEW.authorised_by) AND locks.is_payable(NEW)) THEN
        RETURN NEW;
    END IF;
    DELETE FROM locks.payments_removed p WHERE p.ctid = (  -- each is put back once; a variation numbers them anew
        SELECT o.ctid FROM locks.payments_removed o
        WHERE (TG_OP = 'INSERT' OR OLD.paid_on IS NULL)
            AND o.changing = pg_current_xact_id() AND o.application_id = NEW.application_id
            AND (o.paid_on, o.authorised_by, o.amount_pence) = (NEW.paid_on, NEW.authorised_by, NEW.amount_pence)
        LIMIT 1
    );
    IF NOT FOUND THEN
        RAISE EXCEPTION 'Only finance authorises payments, nobody who decided in the round, and what may be paid.'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;

-- An account goes with what is openly known of it: whoever takes an award back does not see the account.
CREATE OR REPLACE FUNCTION locks.remove_account() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
BEGIN
    DELETE FROM public.bank_details WHERE application_id = OLD.application_id;
    RETURN OLD;
END
$$;

-- An account is put down by whoever is signed on, and not verified with that; whoever put it down does not verify it.
-- One of a round that is brought in comes as it stands there.
CREATE OR REPLACE FUNCTION locks.check_account() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
BEGIN
    IF locks.is_administrator() OR EXISTS (
        SELECT FROM locks.rounds_held h
        WHERE h.changing = pg_current_xact_id() AND h.round_id = locks.round_of(NEW.application_id)
    ) THEN
        RETURN NEW;
    ELSIF TG_OP = 'INSERT' AND NEW.checked_by = '' AND locks.is_me(NEW.entered_by)
        OR TG_OP = 'UPDATE' AND (NEW.checked_by = '' OR NOT locks.is_me(NEW.entered_by))
            AND (NEW.application_id, NEW.last_four, NEW.account_sum, NEW.entered_by, NEW.entered_at, NEW.changed_after)
                = (OLD.application_id, OLD.last_four, OLD.account_sum, OLD.entered_by, OLD.entered_at, OLD.changed_after)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'An account is put down by whoever is signed on, and verified by somebody else.'
        USING ERRCODE = 'insufficient_privilege';
END
$$;

-- Rows that were removed, by their keys: whoever did not see that puts nothing in their place. The journal's row is
-- the one to come, since it is written after what it tells of.
CREATE TABLE IF NOT EXISTS locks.removed (
    of_table text NOT NULL,
    row_key text NOT NULL,
    seq bigint NOT NULL,
    PRIMARY KEY (of_table, row_key)
);
CREATE OR REPLACE FUNCTION locks.key_of(of_row jsonb, names text[]) RETURNS text LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp AS $$
    SELECT string_agg(of_row ->> name, ',' ORDER BY name) FROM unnest(names) AS name
$$;
CREATE OR REPLACE FUNCTION locks.note_removal() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
BEGIN
    INSERT INTO locks.removed
    SELECT DISTINCT TG_TABLE_NAME, locks.key_of(to_jsonb(gone), TG_ARGV), head.seq + 1
    FROM changed AS gone, public.journal_head AS head
    ON CONFLICT (of_table, row_key) DO UPDATE SET seq = EXCLUDED.seq;
    RETURN NULL;
END
$$;
CREATE OR REPLACE FUNCTION locks.check_removed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
DECLARE
    unseen bigint[] := current_setting('grant_panel.unseen_rows')::bigint[];
    taken bigint := (
        SELECT r.seq FROM locks.removed r
        WHERE r.of_table = TG_TABLE_NAME AND r.row_key = locks.key_of(to_jsonb(NEW), TG_ARGV) AND r.seq = ANY (unseen)
    );
BEGIN
    IF taken IS NOT NULL THEN
        RAISE EXCEPTION USING ERRCODE = 'GP001', MESSAGE = 'removed unseen', DETAIL = taken;
    END IF;
    RETURN NEW;
END
$$;

-- The JSON of a column has the shape of what the program reads there, or of what another column of the row names.
CREATE OR REPLACE FUNCTION locks.check_shape() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
DECLARE
    row_of jsonb := to_jsonb(NEW);
    said text := row_of ->> TG_ARGV[0];
    shape jsonb := TG_ARGV[1];
BEGIN
    IF locks.is_administrator() OR said IS NULL THEN
        RETURN NEW;
    ELSIF TG_NARGS > 2 THEN
        shape := shape -> (row_of ->> TG_ARGV[2]);
    END IF;
    IF locks.has_fraction(said) OR NOT coalesce(locks.is_shaped(said::jsonb, shape), false) THEN
        RAISE EXCEPTION 'The column % holds what no such row has.', TG_ARGV[0] USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;

-- Rows that members write themselves: a bounded size; all rows: days that are days, and a number that leaves room.
CREATE OR REPLACE FUNCTION locks.refuse_size() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
BEGIN
    RAISE EXCEPTION 'This is longer than any such text.' USING ERRCODE = 'insufficient_privilege';
END
$$;
-- A revision bears the sum of what it says (models/values/revisions.py), so that it can be told from any other.
CREATE OR REPLACE FUNCTION locks.check_revision() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
BEGIN
    IF locks.is_administrator() OR NEW.hash = encode(sha256('\x67702d7265766973696f6e2d3100'::bytea || convert_to(
        '[' || concat_ws(
            ',', to_json(NEW.round || ' ' || NEW.member), to_json(NEW.application), to_json(NEW.slot), NEW.number,
            to_json(NEW.value), NEW.parents
        ) || ']', 'UTF8'
    )), 'hex') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'A revision is not hashed as it says.' USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE OR REPLACE FUNCTION locks.refuse_form() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
BEGIN
    IF locks.is_administrator() THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'A list of conditions holds texts, a place is a small number, and a code is one that the program knows.'
        USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE OR REPLACE FUNCTION locks.check_row() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
BEGIN
    IF locks.is_administrator() THEN
        RETURN NEW;
    ELSIF TG_OP = 'UPDATE' AND NEW.id <> OLD.id THEN
        RAISE EXCEPTION 'A row keeps its number.' USING ERRCODE = 'insufficient_privilege';
    ELSIF TG_OP = 'INSERT' AND NEW.id NOT BETWEEN 1 AND coalesce(locks.highest(TG_TABLE_NAME, 'id', NULL), 0)
        + (CASE WHEN locks.held() && '{officer}' THEN 10000 ELSE 1000 END) THEN
        RAISE EXCEPTION 'Rows are numbered one after another.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;

-- Whether a step that an amount needs, or that is begun, lacks a signature of one of its posts: as models/queries/deciding
-- works out for whom a line waits; `signed` has the step of each person's signature.
CREATE OR REPLACE FUNCTION locks.waits(of_round bigint, pence bigint, begins bigint, signed bigint[]) RETURNS boolean
LANGUAGE sql STABLE AS $$
    WITH step AS (
        SELECT number - 1 AS at, 1 + coalesce(jsonb_array_length(said -> 'joint_posts'), 0) AS posts,
            coalesce(pence, 0) >= coalesce((said ->> 'from_pence')::bigint, 0)
                AND coalesce(pence, 0) <= coalesce((said ->> 'up_to_pence')::bigint, coalesce(pence, 0)) AS is_needed
        FROM public.rounds r
        CROSS JOIN LATERAL jsonb_array_elements(nullif(r.chain, '')::jsonb) WITH ORDINALITY AS one(said, number)
        WHERE r.id = of_round
    )
    SELECT EXISTS (
        SELECT FROM step
        WHERE at >= begins AND posts > (SELECT count(*) FROM unnest(signed) AS one WHERE one = at) AND (
            is_needed OR at = ANY (signed)
            OR at = (SELECT max(s.at) FROM step s) AND NOT EXISTS (SELECT FROM step s WHERE s.is_needed)
        )
    )
$$;
-- What is decided in person is decided by the person who signed it, in the role of its step and for its areas, and once
-- all have signed whom the amount needs. What ends a line before is one's own as well: it sends the line back, changes
-- what the same or a later step signed, or decides anew what was decided.
CREATE OR REPLACE FUNCTION locks.check_decision() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
DECLARE
    mine public.decisions := CASE WHEN TG_OP = 'INSERT' THEN NEW
        ELSE (SELECT d FROM public.decisions d WHERE d.id = coalesce(NEW.ended_by, OLD.ended_by)) END;
    signing public.sign_offs := (SELECT s FROM public.sign_offs s WHERE s.id = mine.sign_off_id);
    ended public.sign_offs := (SELECT s FROM public.sign_offs s WHERE s.id = NEW.sign_off_id);
    decided record;
    signed bigint[];
BEGIN
    IF locks.is_administrator() THEN
        RETURN NEW;
    ELSIF signing.round_id <> locks.round_of(NEW.application_id) OR mine.application_id <> NEW.application_id THEN
        RAISE EXCEPTION 'A decision is of the round that its sign-off is of.' USING ERRCODE = 'insufficient_privilege';
    ELSIF locks.acts('{officer}', signing.round_id) THEN
        RETURN NEW;
    END IF;
    SELECT d.id, s.step INTO decided FROM public.decisions d JOIN public.sign_offs s ON s.id = d.sign_off_id
    WHERE d.application_id = NEW.application_id AND d.id < mine.id AND s.is_last
        AND (TG_OP = 'UPDATE' OR d.ended_by IS NULL)
    ORDER BY d.id DESC LIMIT 1;
    IF TG_OP = 'INSERT' AND signing.is_last AND NEW.verdict <> 'send_back' THEN
        signed := ARRAY(SELECT one.step FROM (
            SELECT signing.step, locks.text_key(signing.signed_by)
            UNION SELECT s.step, locks.text_key(s.signed_by)
            FROM public.decisions d JOIN public.sign_offs s ON s.id = d.sign_off_id
            WHERE d.application_id = NEW.application_id AND d.ended_by IS NULL AND d.id > coalesce(decided.id, 0)
                AND (NEW.verdict <> 'change' OR s.step < signing.step)
        ) AS one);
        IF signing.step < decided.step OR locks.waits(
            signing.round_id, NEW.amount_pence, greatest(decided.step, (
                SELECT max(s.step) FROM public.decisions d JOIN public.sign_offs s ON s.id = d.sign_off_id
                WHERE d.application_id = NEW.application_id AND d.ended_by IS NULL AND d.id > coalesce(decided.id, 0)
                    AND s.is_from_paper
            ), 0), signed
        ) THEN
            RAISE EXCEPTION 'A step decides a line only where nobody else has to sign its amount.'
                USING ERRCODE = 'insufficient_privilege';
        END IF;
    END IF;
    IF (signing.is_from_paper AND locks.is_me(signing.recorded_by)
        OR NOT signing.is_from_paper AND locks.is_me(signing.signed_by)
            AND locks.signs(signing.round_id, signing.step, NEW.application_id))
        AND (mine.id = NEW.id OR mine.id > NEW.id AND CASE
            WHEN NEW.id <= decided.id THEN signing.is_last AND mine.verdict <> 'send_back'
            ELSE mine.verdict = 'send_back' OR mine.verdict = 'change' AND signing.step <= ended.step
        END) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'A step is signed, and taken back, by the person whose it is.'
        USING ERRCODE = 'insufficient_privilege';
END
$$;

-- Who signs changes the money of an award only as a signature given in the same transaction says, once nobody else has
-- to sign: of a decision the award is made anew with its amount, and a variation takes effect. A variation is put in as
-- proposed by everybody, of an award that is there; one of a round that is brought in comes as it stands there.
CREATE OR REPLACE FUNCTION locks.check_award() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
DECLARE
    stood jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END;
    stands jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END;
    of_application bigint := coalesce(stands, stood) ->> 'application_id';
    decided public.decisions;
    varied public.award_variations;
BEGIN
    IF TG_TABLE_NAME = 'award_variations' AND TG_OP = 'INSERT'
        AND (stands ->> 'state' <> 'proposed' OR NOT EXISTS (
            SELECT FROM public.awards w WHERE w.application_id = of_application
        )) AND NOT locks.is_administrator() AND NOT EXISTS (
            SELECT FROM locks.rounds_held h
            WHERE h.changing = pg_current_xact_id() AND h.round_id = locks.round_of(of_application)
        ) THEN
        RAISE EXCEPTION 'A variation is proposed before it is in effect.' USING ERRCODE = 'insufficient_privilege';
    ELSIF locks.is_administrator() OR locks.acts('{officer,finance}', locks.round_of(of_application)) THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    decided := (
        SELECT d FROM public.decisions d JOIN public.sign_offs s ON s.id = d.sign_off_id
        WHERE d.application_id = of_application AND d.ended_by IS NULL AND d.verdict <> 'send_back' AND s.is_last
            AND NOT s.is_from_paper AND locks.is_me(s.signed_by) AND age(s.xmin) <= 0
        ORDER BY d.id DESC LIMIT 1
    );
    varied := (
        SELECT v FROM public.award_variations v
        WHERE v.application_id = of_application AND v.state = 'proposed' AND EXISTS (
            SELECT FROM public.variation_signatures s
            WHERE s.application_id = v.application_id AND s.number = v.number
                AND NOT s.is_from_paper AND locks.is_me(s.signed_by) AND age(s.xmin) <= 0
        ) AND NOT locks.waits(
            locks.round_of(of_application), v.to_pence, coalesce((
                SELECT max(s.step) FROM public.variation_signatures s
                WHERE s.application_id = v.application_id AND s.number = v.number AND s.is_from_paper
            ), 0), ARRAY(SELECT one.step FROM (
                SELECT DISTINCT s.step, locks.text_key(s.signed_by) FROM public.variation_signatures s
                WHERE s.application_id = v.application_id AND s.number = v.number
            ) AS one)
        )
    );
    IF (CASE TG_TABLE_NAME || ' ' || TG_OP
        WHEN 'awards DELETE' THEN decided.id IS NOT NULL
        WHEN 'awards INSERT' THEN decided.id = (stands ->> 'decision_id')::bigint
            AND decided.amount_pence = (stands ->> 'amount_pence')::bigint
        WHEN 'awards UPDATE' THEN stands = stood || jsonb_build_object('amount_pence', varied.to_pence, 'profile', coalesce(
            varied.becomes::jsonb ->> 'profile',
            CASE WHEN varied.becomes::jsonb ? 'parts' THEN '' ELSE stood ->> 'profile' END
        ))
        WHEN 'instalments DELETE' THEN decided.id IS NOT NULL OR varied.number IS NOT NULL
        WHEN 'instalments INSERT' THEN (decided.id IS NOT NULL OR varied.number IS NOT NULL)
            AND (stands ->> 'amount_pence')::bigint + coalesce((
                SELECT sum(i.amount_pence) FROM public.instalments i WHERE i.application_id = of_application
            ), 0) <= (SELECT a.amount_pence FROM public.awards a WHERE a.application_id = of_application)
        WHEN 'instalments UPDATE' THEN varied.number IS NOT NULL
            AND stood - '{paid_on,authorised_by}'::text[] = stands - '{paid_on,authorised_by}'::text[]
        WHEN 'monitoring_returns UPDATE' THEN varied.number IS NOT NULL
            AND stood - '{due_on,words,covers_to}'::text[] = stands - '{due_on,words,covers_to}'::text[]
        WHEN 'monitoring_returns ' || TG_OP THEN varied.number IS NOT NULL
            AND coalesce(stands, stood) ->> 'received_on' IS NULL
        WHEN 'award_variations UPDATE' THEN stood - '{state,effective_on,ended_because,ended_at}'::text[]
                = stands - '{state,effective_on,ended_because,ended_at}'::text[]
            AND CASE stands ->> 'state'
                WHEN 'withdrawn' THEN decided.outcome = 'decline'
                WHEN 'in effect' THEN varied.number = (stands ->> 'number')::bigint
            END
    END) THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    RAISE EXCEPTION 'Who signs changes an award only by the last signature on its decision or variation.'
        USING ERRCODE = 'insufficient_privilege';
END
$$;

-- No mark is above the scale of its round's scheme.
CREATE OR REPLACE FUNCTION locks.check_mark() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
DECLARE
    of_application integer;
BEGIN
    IF TG_TABLE_NAME = 'marks' THEN
        of_application := (SELECT s.application_id FROM public.sheets s WHERE s.id = NEW.sheet_id);
    ELSE
        of_application := NEW.application_id;
    END IF;
    IF NOT locks.is_administrator() AND NEW.mark > (
        SELECT s.scale_maximum FROM public.applications a JOIN public.schemes s ON s.round_id = a.round_id
        WHERE a.id = of_application ORDER BY s.version DESC LIMIT 1
    ) THEN
        RAISE EXCEPTION 'This mark is above the scale.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;

-- Whoever has still a sheet to hand in on what others marked takes it to no area but one at scoring, and to no other round.
CREATE OR REPLACE FUNCTION locks.check_application() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
BEGIN
    IF NOT locks.is_administrator() AND OLD.id IN (SELECT locks.marked_by_others()) AND (
        NEW.round_id <> OLD.round_id
        OR EXISTS (SELECT FROM public.areas r WHERE r.id = NEW.area_id AND r.stage <> 'scoring')
    ) THEN
        RAISE EXCEPTION 'What waits for your own sheet stays at scoring.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;

-- An area moves on by its chair.
CREATE OR REPLACE FUNCTION locks.check_area() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET row_security = on AS $$
BEGIN
    IF NEW.stage <> coalesce(OLD.stage, 'intake') AND NOT locks.is_administrator()
        AND NOT locks.acts('{chair}', NEW.round_id)
        AND NOT (locks.has('{officer}') AND NOT locks.has_part(NEW.round_id)) THEN
        RAISE EXCEPTION 'The chair moves areas on.' USING ERRCODE = 'insufficient_privilege';
    ELSIF NEW.name <> OLD.name AND OLD.stage = 'scoring' AND NOT locks.is_administrator()
        AND EXISTS (SELECT locks.own_members()) THEN
        RAISE EXCEPTION 'Another person, without a seat, gives an area in scoring another name.'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;
