-- What Prisma has no words for: roles' rights, row security, append-only tables, states, and the invariants that
-- two people clicking at once must not be able to break. The roles themselves are made before migrations run.

-- Every organisation table: forced row security, one policy for the application role.
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['organisation_key','workspace','partner','team','team_place','person','identity',
    'conversation_reference','client','client_token','coordinator_assignment','contact','follow_up',
    'inbound_delivery','form_session','imported_row','audit_event'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY own_organisation ON %I TO baton_app USING (organisation_id = current_setting(''baton.organisation'', true)) WITH CHECK (organisation_id = current_setting(''baton.organisation'', true))', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO baton_app', t);
  END LOOP;
END $$;
ALTER TABLE "organisation" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "organisation" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON "organisation" TO baton_app
  USING (id = current_setting('baton.organisation', true)) WITH CHECK (id = current_setting('baton.organisation', true));
GRANT SELECT, INSERT, UPDATE ON "organisation" TO baton_app;
REVOKE UPDATE, DELETE ON "audit_event" FROM baton_app;
REVOKE DELETE ON "contact", "client", "person", "coordinator_assignment" FROM baton_app;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO baton_app;

-- The worker finds whose turn it is and nothing more: no name, no client, no key.
CREATE POLICY worker_reads ON "organisation" FOR SELECT TO baton_worker USING (true);
GRANT SELECT (id) ON "organisation" TO baton_worker;
CREATE POLICY worker_reads ON "workspace" FOR SELECT TO baton_worker USING (true);
GRANT SELECT ON "workspace" TO baton_worker;
CREATE POLICY worker_reads ON "identity" FOR SELECT TO baton_worker USING (true);
GRANT SELECT ON "identity" TO baton_worker;
CREATE POLICY worker_sweeps ON "inbound_delivery" TO baton_worker USING (true);
GRANT SELECT (organisation_id, workspace_id, delivery, received_at), DELETE ON "inbound_delivery" TO baton_worker;

-- Closed vocabularies (design §4.5; the same words stand in the nouns' rules.ts).
ALTER TABLE "organisation" ADD CONSTRAINT organisation_privacy CHECK (privacy IN ('minimal', 'full')),
  ADD CONSTRAINT organisation_label CHECK (label IN ('initials-and-birth-year', 'nothing')),
  ADD CONSTRAINT organisation_date_order CHECK (date_order IN ('dmy', 'mdy'));
ALTER TABLE "workspace" ADD CONSTRAINT workspace_platform CHECK (platform IN ('slack', 'teams'));
ALTER TABLE "client" ADD CONSTRAINT client_status CHECK (status IN ('active', 'relapse-prevention', 'paused', 'inactive', 'discharged', 'deceased')),
  ADD CONSTRAINT client_tier CHECK (tier IN ('high', 'medium', 'low', 'maintenance')),
  ADD CONSTRAINT client_code CHECK (code ~ '^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]$');
ALTER TABLE "contact" ADD CONSTRAINT contact_mode CHECK (mode IN ('phone', 'video', 'visit', 'text', 'email', 'letter', 'collateral', 'review')),
  ADD CONSTRAINT contact_outcome CHECK (outcome IN ('reached', 'left-message', 'no-answer', 'no-show', 'cancelled', 'refused', 'wrong-number')),
  ADD CONSTRAINT contact_minutes CHECK (minutes BETWEEN 1 AND 1440),
  ADD CONSTRAINT contact_source CHECK (source IN ('slack', 'teams', 'import', 'whatsapp')),
  ADD CONSTRAINT contact_state CHECK ((state = 'recorded' AND retraction IS NULL) OR (state = 'entered-in-error' AND retraction IN ('undone', 'wrong-client', 'amended')));
ALTER TABLE "follow_up" ADD CONSTRAINT follow_up_state CHECK ((state = 'open' AND closed_at IS NULL) OR (state IN ('done', 'cancelled') AND closed_at IS NOT NULL));

-- One open follow-up of a kind a client, and one accountable coordinator, whoever clicks at the same time.
CREATE UNIQUE INDEX coordinator_assignment_one_open ON "coordinator_assignment" (organisation_id, client_id) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX follow_up_one_open ON "follow_up" (organisation_id, client_id) WHERE state = 'open' AND kind = 'contact';

-- Exactly one: at commit, every client who is not closed has an open assignment.
CREATE FUNCTION require_coordinator() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE org text; who uuid;
BEGIN
  IF TG_TABLE_NAME = 'client' THEN org := NEW.organisation_id; who := NEW.id;
  ELSE org := OLD.organisation_id; who := OLD.client_id; END IF;
  IF EXISTS (SELECT 1 FROM client c WHERE c.organisation_id = org AND c.id = who AND c.status IN ('active', 'relapse-prevention', 'paused'))
    AND NOT EXISTS (SELECT 1 FROM coordinator_assignment a WHERE a.organisation_id = org AND a.client_id = who AND a.ended_at IS NULL)
  THEN RAISE EXCEPTION 'an active client needs one accountable coordinator' USING ERRCODE = 'check_violation', CONSTRAINT = 'client_has_coordinator'; END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER client_has_coordinator AFTER INSERT OR UPDATE OF status ON "client"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION require_coordinator();
CREATE CONSTRAINT TRIGGER client_keeps_coordinator AFTER UPDATE OR DELETE ON "coordinator_assignment"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION require_coordinator();

-- Append-only: even the owner's ordinary statements are refused.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege'; END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_event" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A contact's clinical facts are never overwritten: only its state, its charted mark and minutes still empty may change.
CREATE FUNCTION keep_contact() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.client_id, NEW.person_id, NEW.occurred_at, NEW.mode, NEW.outcome, NEW.source) IS DISTINCT FROM
     (OLD.client_id, OLD.person_id, OLD.occurred_at, OLD.mode, OLD.outcome, OLD.source)
    OR NEW.note IS DISTINCT FROM OLD.note
    OR (OLD.minutes IS NOT NULL AND NEW.minutes IS DISTINCT FROM OLD.minutes)
    OR (OLD.state = 'entered-in-error' AND NEW.state <> OLD.state)
  THEN RAISE EXCEPTION 'a recorded contact is corrected by a new row' USING ERRCODE = 'check_violation', CONSTRAINT = 'contact_is_kept'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER contact_is_kept BEFORE UPDATE ON "contact" FOR EACH ROW EXECUTE FUNCTION keep_contact();
