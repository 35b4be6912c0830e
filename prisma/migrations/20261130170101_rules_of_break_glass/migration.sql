-- Row security, rights and vocabulary of break-glass. Who reached whom, and why, is evidence: nothing of it is deleted,
-- and all that ever changes of it is its review.
ALTER TABLE "break_glass" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "break_glass" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON "break_glass" TO baton_app USING (organisation_id = current_setting('baton.organisation', true)) WITH CHECK (organisation_id = current_setting('baton.organisation', true));
GRANT SELECT, INSERT ON "break_glass" TO baton_app;
GRANT UPDATE (reviewed_by, reviewed_at) ON "break_glass" TO baton_app;
CREATE TRIGGER never_gone BEFORE DELETE OR TRUNCATE ON "break_glass" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER refuse_leaver_insert AFTER INSERT ON "break_glass" FOR EACH ROW EXECUTE FUNCTION refuse_leaver('person_id');
ALTER TABLE "break_glass"
  ADD CONSTRAINT break_glass_what CHECK (what IN ('reach', 'words')),
  -- Nobody reviews their own.
  ADD CONSTRAINT break_glass_review CHECK (num_nonnulls(reviewed_by, reviewed_at) IN (0, 2) AND reviewed_by <> person_id);

-- A code that no client has is kept where there is no client.
ALTER TABLE "escalation" ADD CONSTRAINT escalation_unknown_code CHECK (unknown_code IS NULL OR client_id IS NULL);
