-- Row security, rights and vocabularies of huddles.
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['huddle','huddle_item','huddle_attendance','huddle_recommendation','huddle_decision','discussion_request'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY own_organisation ON %I TO baton_app USING (organisation_id = current_setting(''baton.organisation'', true)) WITH CHECK (organisation_id = current_setting(''baton.organisation'', true))', t);
    -- What was spoken about, who was there and what was decided is evidence: nothing of it is deleted.
    EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %I TO baton_app', t);
  END LOOP;
END $$;
REVOKE UPDATE ON "huddle_decision" FROM baton_app;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "huddle_decision" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The same words stand in src/care/huddles/rules.ts and src/chat/agenda.ts.
ALTER TABLE "huddle"
  ADD CONSTRAINT huddle_rhythm CHECK (rhythm IN ('weekly', 'standup', 'monthly')),
  ADD CONSTRAINT huddle_state CHECK (state IN ('planned', 'open', 'ended', 'skipped')),
  ADD CONSTRAINT huddle_minutes CHECK (minutes BETWEEN 5 AND 480),
  ADD CONSTRAINT huddle_started CHECK ((state IN ('open', 'ended')) = (started_at IS NOT NULL)),
  ADD CONSTRAINT huddle_ended CHECK ((state IN ('ended', 'skipped')) = (ended_at IS NOT NULL)),
  ADD CONSTRAINT huddle_position CHECK (position >= 0);
ALTER TABLE "huddle_item"
  ADD CONSTRAINT huddle_item_section CHECK (section IN ('safety', 'new', 'not-improving', 'no-contact', 'discussion', 'open-loop', 'capacity', 'expiring')),
  ADD CONSTRAINT huddle_item_state CHECK (state IN ('waiting', 'reviewed', 'carried')),
  ADD CONSTRAINT huddle_item_about CHECK (num_nonnulls(client_id, person_id) <= 1),
  ADD CONSTRAINT huddle_item_time CHECK (seconds >= 0 AND minutes >= 0 AND minutes * 60 <= seconds + 59),
  ADD CONSTRAINT huddle_item_reviewed CHECK (state <> 'reviewed' OR reviewed_at IS NOT NULL);
ALTER TABLE "huddle_recommendation"
  ADD CONSTRAINT huddle_recommendation_state CHECK (state IN ('noted', 'open', 'accepted', 'declined')),
  ADD CONSTRAINT huddle_recommendation_to CHECK ((state = 'noted') = (to_id IS NULL)),
  ADD CONSTRAINT huddle_recommendation_answered CHECK ((state IN ('accepted', 'declined')) = (answered_by IS NOT NULL AND answered_at IS NOT NULL));
ALTER TABLE "discussion_request"
  ADD CONSTRAINT discussion_request_state CHECK ((state = 'open' AND closed_at IS NULL) OR (state IN ('discussed', 'withdrawn') AND closed_at IS NOT NULL));

-- Whoever presses at the same time: one huddle a turn, one open a team, a client once on an agenda, one request a client.
CREATE UNIQUE INDEX huddle_one_a_turn ON "huddle" (organisation_id, team_id, rhythm, held_for) WHERE held_for IS NOT NULL;
CREATE UNIQUE INDEX huddle_one_open ON "huddle" (organisation_id, team_id) WHERE state = 'open';
CREATE UNIQUE INDEX huddle_item_client_once ON "huddle_item" (organisation_id, huddle_id, client_id) WHERE client_id IS NOT NULL;
CREATE UNIQUE INDEX discussion_request_one_open ON "discussion_request" (organisation_id, client_id) WHERE state = 'open';
-- What was carried and not taken up yet is looked for at each agenda.
CREATE INDEX huddle_item_carried ON "huddle_item" (organisation_id) WHERE state = 'carried' AND taken_up_by IS NULL;

-- Presence is evidence: when somebody came is not rewritten, only how they take part.
CREATE FUNCTION keep_attendance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.joined_at, NEW.late, NEW.roles, NEW.qualifications) IS DISTINCT FROM (OLD.joined_at, OLD.late, OLD.roles, OLD.qualifications)
  THEN RAISE EXCEPTION 'when somebody joined is kept' USING ERRCODE = 'check_violation', CONSTRAINT = 'attendance_is_kept'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER attendance_is_kept BEFORE UPDATE ON "huddle_attendance" FOR EACH ROW EXECUTE FUNCTION keep_attendance();

-- A recommendation that waits for an answer waits for somebody who works here.
CREATE TRIGGER refuse_leaver_insert AFTER INSERT ON "huddle_recommendation" FOR EACH ROW
  WHEN (NEW.state = 'open') EXECUTE FUNCTION refuse_leaver('to_id');
CREATE TRIGGER refuse_leaver_update AFTER UPDATE ON "huddle_recommendation" FOR EACH ROW
  WHEN (NEW.state = 'open' AND NEW.to_id IS DISTINCT FROM OLD.to_id) EXECUTE FUNCTION refuse_leaver('to_id');
