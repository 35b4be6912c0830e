-- Row security and rights of the monthly check of a rota. Who was asked and answered is evidence: nothing of it is deleted.
ALTER TABLE "duty_check" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "duty_check" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON "duty_check" TO baton_app
  USING (organisation_id = current_setting('baton.organisation', true))
  WITH CHECK (organisation_id = current_setting('baton.organisation', true));
GRANT SELECT, INSERT, UPDATE ON "duty_check" TO baton_app;
CREATE TRIGGER never_gone BEFORE DELETE OR TRUNCATE ON "duty_check" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE "duty_check"
  ADD CONSTRAINT duty_check_month CHECK (month ~ '^[0-9]{4}-[0-9]{2}$'),
  ADD CONSTRAINT duty_check_confirmed CHECK (confirmed_at IS NULL OR confirmed_at >= asked_at);
