-- Row security, rights and vocabularies of timers, escalations and duty.
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['timer','escalation','escalation_event','escalation_notice','duty_override','duty_cover'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY own_organisation ON %I TO baton_app USING (organisation_id = current_setting(''baton.organisation'', true)) WITH CHECK (organisation_id = current_setting(''baton.organisation'', true))', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO baton_app', t);
  END LOOP;
END $$;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO baton_app;
-- The worker finds whose turn it is; the work itself runs as baton_app. Kinds, opaque ids and times: nothing of a client.
CREATE POLICY worker_turns ON "timer" TO baton_worker USING (true) WITH CHECK (true);
-- UPDATE only so that it may lock the row.
GRANT SELECT, UPDATE ON "timer" TO baton_worker;
REVOKE UPDATE, DELETE ON "escalation_event", "escalation_notice" FROM baton_app;
REVOKE DELETE ON "escalation", "duty_override", "duty_cover" FROM baton_app;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "escalation_event" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "escalation_notice" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

ALTER TABLE "escalation"
  ADD CONSTRAINT escalation_severity CHECK (severity IN ('crisis', 'urgent', 'concern')),
  ADD CONSTRAINT escalation_state CHECK (state IN ('raised', 'acknowledged', 'resolved')),
  ADD CONSTRAINT escalation_about CHECK (num_nonnulls(client_id, about) = 1),
  ADD CONSTRAINT escalation_acknowledged CHECK (state <> 'acknowledged' OR (acknowledged_by IS NOT NULL AND acknowledged_at IS NOT NULL)),
  -- A named human ends it, and says how: required outcome and disposition.
  ADD CONSTRAINT escalation_resolved CHECK (state <> 'resolved' OR num_nulls(outcome, disposition, resolved_by, resolved_at) = 0);
ALTER TABLE "escalation_notice" ADD CONSTRAINT escalation_notice_to CHECK (num_nonnulls(person_id, team_id) = 1);
ALTER TABLE "duty_override" ADD CONSTRAINT duty_override_span CHECK (starts_at < ends_at),
  ADD CONSTRAINT duty_override_origin CHECK (origin IN ('set', 'cover'));
ALTER TABLE "duty_cover" ADD CONSTRAINT duty_cover_span CHECK (starts_at < ends_at),
  ADD CONSTRAINT duty_cover_state CHECK (state IN ('open', 'taken', 'withdrawn')),
  ADD CONSTRAINT duty_cover_taken CHECK ((state = 'taken') = (taken_by IS NOT NULL));
