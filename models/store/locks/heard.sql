-- What is open to everybody who is let in, who read who is there and their own login: nobody says it of another, or takes
-- away what still counts. A time that no window can read would shut others out of who is there; a server's clock may go
-- back.
GRANT SELECT (login) ON locks.logins TO gp_person;
CREATE POLICY read ON locks.logins FOR SELECT TO gp_person USING (login = session_user);
GRANT SELECT ON locks.presence, locks.notice TO gp_person;
GRANT INSERT, UPDATE (page, since, seen_at), DELETE ON locks.presence TO gp_person;
CREATE POLICY read ON locks.presence FOR SELECT TO gp_person USING (KNOWN);
CREATE POLICY read ON locks.notice FOR SELECT TO gp_person USING (KNOWN);
CREATE POLICY add ON locks.presence FOR INSERT TO gp_person WITH CHECK (
    login = session_user AND locks.is_me(person) AND length(person) <= 200
    AND seen_at <= now() AND since > now() - interval '1 year' AND since < now() + interval '1 day'
);
CREATE POLICY change ON locks.presence FOR UPDATE TO gp_person
    USING (login = session_user AND locks.is_me(person) AND length(person) <= 200)
    WITH CHECK (
        login = session_user AND locks.is_me(person) AND length(person) <= 200
        AND seen_at <= now() AND since > now() - interval '1 year' AND since < now() + interval '1 day'
    );
CREATE POLICY remove ON locks.presence FOR DELETE TO gp_person USING (
    login = session_user OR seen_at < now() - interval '7 minutes' OR NOT locks.is_listening(place)
);
-- What the functions that look past the policies read, and what they note.
GRANT SELECT ON ALL TABLES IN SCHEMA public, locks TO gp_definer;
GRANT INSERT, UPDATE, DELETE ON OF_CHANGES TO gp_definer;
GRANT UPDATE ON public.journal_head TO gp_definer;
GRANT DELETE ON public.bank_details TO gp_definer;
