-- Row security and rights of the days on which strangers knocked. Old ones are taken away: the denial itself stays on record.
ALTER TABLE "stranger_day" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "stranger_day" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON "stranger_day" TO baton_app
  USING (organisation_id = current_setting('baton.organisation', true))
  WITH CHECK (organisation_id = current_setting('baton.organisation', true));
GRANT SELECT, INSERT, DELETE ON "stranger_day" TO baton_app;
