-- Row security and rights of reviewed weeks: made once, reviewed once, never changed after that, never taken away.
ALTER TABLE "week_review" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "week_review" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON "week_review" TO baton_app
  USING (organisation_id = current_setting('baton.organisation', true))
  WITH CHECK (organisation_id = current_setting('baton.organisation', true));
GRANT SELECT, INSERT, UPDATE ON "week_review" TO baton_app;
ALTER TABLE "week_review"
  -- A week begins on a Monday.
  ADD CONSTRAINT week_review_monday CHECK (extract(isodow FROM week) = 1),
  -- A named human, a moment, an action and the figures they saw: all of it or nothing.
  ADD CONSTRAINT week_review_whole CHECK (num_nonnulls(reviewed_by, reviewed_at, action, figures) IN (0, 4)),
  ADD CONSTRAINT week_review_words CHECK (words IS NULL OR reviewed_at IS NOT NULL);
CREATE TRIGGER reviewed_once BEFORE UPDATE ON "week_review" FOR EACH ROW WHEN (OLD.reviewed_at IS NOT NULL) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_gone BEFORE DELETE OR TRUNCATE ON "week_review" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
