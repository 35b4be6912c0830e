-- Row security, rights and vocabularies of posts, schedules and referrals.
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['post','delivery','hold','schedule','occurrence','referral','referral_event'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY own_organisation ON %I TO baton_app USING (organisation_id = current_setting(''baton.organisation'', true)) WITH CHECK (organisation_id = current_setting(''baton.organisation'', true))', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO baton_app', t);
  END LOOP;
  -- The worker finds whose turn it is; the work itself runs as baton_app. Ids, kinds and times: nothing of a client.
  FOREACH t IN ARRAY ARRAY['post','delivery','hold','schedule','occurrence'] LOOP
    EXECUTE format('CREATE POLICY worker_turns ON %I TO baton_worker USING (true) WITH CHECK (true)', t);
  END LOOP;
END $$;
GRANT SELECT ON "post" TO baton_worker;
GRANT SELECT, UPDATE ON "delivery" TO baton_worker;
GRANT SELECT, INSERT, UPDATE, DELETE ON "hold" TO baton_worker;
GRANT SELECT, UPDATE ON "schedule" TO baton_worker;
GRANT SELECT ON "occurrence" TO baton_worker;
REVOKE UPDATE, DELETE ON "occurrence", "referral_event" FROM baton_app;
REVOKE DELETE ON "referral", "post", "delivery" FROM baton_app;

ALTER TABLE "post" ADD CONSTRAINT post_audience CHECK (audience IN ('person', 'team')),
  ADD CONSTRAINT post_priority CHECK (priority BETWEEN 0 AND 3);
-- States and their meaning: src/delivery/states.ts.
ALTER TABLE "delivery" ADD CONSTRAINT delivery_state CHECK (state IN ('pending', 'sending', 'sent', 'unknown', 'parked', 'cancelled', 'superseded')),
  ADD CONSTRAINT delivery_platform CHECK (platform IN ('slack', 'teams')),
  ADD CONSTRAINT delivery_lease CHECK ((state = 'sending') = (holder IS NOT NULL)),
  ADD CONSTRAINT delivery_parked CHECK (state <> 'parked' OR reason IS NOT NULL);
ALTER TABLE "schedule" ADD CONSTRAINT schedule_at CHECK (at ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  ADD CONSTRAINT schedule_weekday CHECK (weekday IN ('mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'));
ALTER TABLE "referral" ADD CONSTRAINT referral_state CHECK (state IN ('draft', 'requested', 'accepted', 'rejected', 'cancelled', 'in-progress', 'on-hold', 'completed', 'failed', 'entered-in-error', 'closed')),
  ADD CONSTRAINT referral_urgency CHECK (urgency IN ('crisis', 'urgent', 'routine')),
  ADD CONSTRAINT referral_to CHECK (num_nonnulls(to_person_id, to_team_id, to_partner_id) = 1);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "referral_event" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- What is due is found at once by who listens; the tick is the safety net.
CREATE INDEX delivery_due ON "delivery" (priority, next_at) WHERE state IN ('pending', 'sending', 'unknown');
CREATE INDEX delivery_stale ON "delivery" (organisation_id) WHERE stale AND state = 'sent';
CREATE FUNCTION wake_delivery() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM pg_notify('baton_delivery', ''); RETURN NULL; END $$;
CREATE TRIGGER wake_delivery AFTER INSERT ON "delivery" FOR EACH STATEMENT EXECUTE FUNCTION wake_delivery();
CREATE TRIGGER wake_delivery_stale AFTER UPDATE OF stale ON "delivery" FOR EACH STATEMENT EXECUTE FUNCTION wake_delivery();
