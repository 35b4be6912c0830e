-- Row security, rights and vocabularies of absences. Who answered for whom is evidence: nothing of it is deleted.
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['absence','absence_item'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY own_organisation ON %I TO baton_app USING (organisation_id = current_setting(''baton.organisation'', true)) WITH CHECK (organisation_id = current_setting(''baton.organisation'', true))', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %I TO baton_app', t);
    EXECUTE format('CREATE TRIGGER never_gone BEFORE DELETE OR TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', t);
  END LOOP;
END $$;
-- The same words stand in src/care/absences/rules.ts.
ALTER TABLE "absence"
  ADD CONSTRAINT absence_kind CHECK (kind IN ('sick', 'away')),
  ADD CONSTRAINT absence_state CHECK (state IN ('planned', 'running', 'ended', 'undone')),
  ADD CONSTRAINT absence_span CHECK (starts_at <= ends_at),
  ADD CONSTRAINT absence_began CHECK (state <> 'running' OR began_at IS NOT NULL),
  ADD CONSTRAINT absence_ended CHECK ((state IN ('ended', 'undone')) = (ended_at IS NOT NULL));
ALTER TABLE "absence_item"
  ADD CONSTRAINT absence_item_kind CHECK (kind IN ('follow-up', 'referral', 'escalation', 'duty')),
  ADD CONSTRAINT absence_item_act CHECK ((act = 'covered' AND cover_id IS NOT NULL) OR (act IN ('moved', 'asked') AND cover_id IS NULL)),
  ADD CONSTRAINT absence_item_side CHECK ((kind = 'referral') = (side IS NOT NULL) AND side IN ('requester', 'receiver', 'both')),
  ADD CONSTRAINT absence_item_state CHECK ((state = 'open' AND settled_at IS NULL) OR (state IN ('returned', 'stays') AND settled_at IS NOT NULL));
-- Whoever presses at the same time: one absence of a person runs; a thing is covered once at a time for one absence.
CREATE UNIQUE INDEX absence_one_running ON "absence" (organisation_id, person_id) WHERE state = 'running';
CREATE UNIQUE INDEX absence_item_once ON "absence_item" (organisation_id, absence_id, subject_id, act) WHERE state = 'open';
-- Who is away now is asked whenever something becomes due.
CREATE INDEX absence_running ON "absence" (organisation_id, person_id, ends_at) WHERE state = 'running';
CREATE INDEX absence_item_covering ON "absence_item" (organisation_id, cover_id) WHERE state = 'open';
CREATE TRIGGER refuse_leaver_insert AFTER INSERT ON "absence" FOR EACH ROW EXECUTE FUNCTION refuse_leaver('person_id');
