-- Posts, their copies and pages go once they are past their time (src/retention). The worker alone may take them away,
-- and the database itself refuses it what is open: what waits, is under way, is parked, or is to be drawn again.
GRANT DELETE ON "post", "delivery", "page" TO baton_worker;
CREATE POLICY worker_forgets_what_rests ON "delivery" AS RESTRICTIVE FOR DELETE TO baton_worker
  USING (state IN ('sent', 'cancelled', 'superseded') AND NOT stale);
CREATE POLICY worker_forgets_what_rests ON "page" AS RESTRICTIVE FOR DELETE TO baton_worker
  USING (state IN ('sent', 'dropped'));

-- Whom a pager rang is kept for six years, not for ever: nobody else takes it away, and nobody empties the table.
DROP TRIGGER never_gone ON "page";
CREATE TRIGGER never_gone BEFORE DELETE ON "page" FOR EACH STATEMENT
  WHEN (current_user <> 'baton_worker') EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON "page" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Reader: src/retention/old-pages.ts, the oldest pages that arrived or were called off.
CREATE INDEX page_past ON "page" (organisation_id, at) WHERE state IN ('sent', 'dropped');
