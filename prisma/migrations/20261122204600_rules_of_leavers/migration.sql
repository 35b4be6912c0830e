-- Row security and rights of departures; whoever left can answer for nothing new.
ALTER TABLE "departure" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "departure" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON "departure" TO baton_app
  USING (organisation_id = current_setting('baton.organisation', true))
  WITH CHECK (organisation_id = current_setting('baton.organisation', true));
GRANT SELECT, INSERT ON "departure" TO baton_app;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "departure" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE "departure" ADD CONSTRAINT departure_reason CHECK (reason IN ('deactivated', 'guest', 'organisation-file', 'unreachable')),
  ADD CONSTRAINT departure_heir CHECK (heir_id IS DISTINCT FROM person_id);
-- Traits of a place: the same words stand in src/delivery/place-rules.ts.
ALTER TABLE "team_place"
  ADD CONSTRAINT team_place_traits CHECK (traits <@ ARRAY['public', 'general', 'shared', 'guests', 'archived', 'not-a-member', 'missing']),
  ADD CONSTRAINT team_place_allowed CHECK (allowed <@ ARRAY['public', 'shared', 'guests']);

-- Exactly one accountable human at every instant, also while somebody leaves: the leaving transaction holds the
-- person's row, so the foreign key's check of a new row waits for it; what commits afterwards would name a leaver, and is
-- refused as something to try again. At the second try the code sees that they left, and says so in words.
-- Foreign keys are checked first: their triggers sort before these names.
CREATE FUNCTION refuse_leaver() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE who text;
BEGIN
  FOREACH who IN ARRAY TG_ARGV LOOP
    IF EXISTS (SELECT 1 FROM person p WHERE p.organisation_id = NEW.organisation_id AND p.id = to_jsonb(NEW) ->> who AND NOT p.active)
    THEN RAISE EXCEPTION 'somebody who left cannot answer for anything' USING ERRCODE = 'serialization_failure'; END IF;
  END LOOP;
  RETURN NULL;
END $$;
CREATE TRIGGER refuse_leaver_update AFTER UPDATE ON "follow_up" FOR EACH ROW
  WHEN (NEW.state = 'open' AND (NEW.owner_id IS DISTINCT FROM OLD.owner_id OR OLD.state <> 'open'))
  EXECUTE FUNCTION refuse_leaver('owner_id');
CREATE TRIGGER refuse_leaver_insert AFTER INSERT ON "referral" FOR EACH ROW EXECUTE FUNCTION refuse_leaver('requester_id', 'receiver_id');
CREATE TRIGGER refuse_leaver_update AFTER UPDATE ON "referral" FOR EACH ROW
  WHEN (NEW.requester_id IS DISTINCT FROM OLD.requester_id OR NEW.receiver_id IS DISTINCT FROM OLD.receiver_id)
  EXECUTE FUNCTION refuse_leaver('requester_id', 'receiver_id');

-- Imports write thousands of these: one look a statement.
CREATE FUNCTION refuse_leaver_of_assignment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM person p WHERE NOT p.active AND (p.organisation_id, p.id) IN (
      SELECT f.organisation_id, f.person_id FROM fresh f WHERE f.ended_at IS NULL))
  THEN RAISE EXCEPTION 'somebody who left cannot answer for anything' USING ERRCODE = 'serialization_failure'; END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER refuse_leaver_insert AFTER INSERT ON "coordinator_assignment" REFERENCING NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_leaver_of_assignment();
CREATE FUNCTION refuse_leaver_of_follow_up() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM person p WHERE NOT p.active AND (p.organisation_id, p.id) IN (
      SELECT f.organisation_id, f.owner_id FROM fresh f WHERE f.state = 'open'))
  THEN RAISE EXCEPTION 'somebody who left cannot answer for anything' USING ERRCODE = 'serialization_failure'; END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER refuse_leaver_insert AFTER INSERT ON "follow_up" REFERENCING NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_leaver_of_follow_up();
