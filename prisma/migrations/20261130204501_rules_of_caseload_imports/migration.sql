-- Row security and rights of imports that go on in batches. One that ended stays: it says when its clients came in.
ALTER TABLE "caseload_import" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "caseload_import" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON "caseload_import" TO baton_app
  USING (organisation_id = current_setting('baton.organisation', true))
  WITH CHECK (organisation_id = current_setting('baton.organisation', true));
GRANT SELECT, INSERT, UPDATE ON "caseload_import" TO baton_app;
-- A file is on its way in once, and goes forward only.
CREATE UNIQUE INDEX caseload_import_one_open ON "caseload_import" (organisation_id, file) WHERE ended_at IS NULL;
ALTER TABLE "caseload_import"
  ADD CONSTRAINT caseload_import_rows CHECK (row BETWEEN 1 AND last_row AND imported BETWEEN 0 AND row - 1);
