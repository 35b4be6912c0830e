-- Row security, rights and vocabulary of pages. Who was rung, when, and whether it arrived is evidence: nothing of it is deleted.
ALTER TABLE "page" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "page" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON "page" TO baton_app
  USING (organisation_id = current_setting('baton.organisation', true))
  WITH CHECK (organisation_id = current_setting('baton.organisation', true));
GRANT SELECT, INSERT, UPDATE ON "page" TO baton_app;
GRANT USAGE ON SEQUENCE "page_sequence_seq" TO baton_app;
-- The worker finds whose turn it is, over all organisations; what a page says is read by the application.
CREATE POLICY worker_turns ON "page" TO baton_worker USING (true) WITH CHECK (true);
GRANT SELECT (organisation_id, id, sequence, event, priority, person_id, incident, state, attempts, first_tried_at, next_at, holder, lease_until)
  ON "page" TO baton_worker;
GRANT UPDATE (state, attempts, first_tried_at, holder, lease_until) ON "page" TO baton_worker;
CREATE TRIGGER never_gone BEFORE DELETE OR TRUNCATE ON "page" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Events, states and their meaning: src/paging/page-rules.ts.
ALTER TABLE "page"
  ADD CONSTRAINT page_event CHECK (event IN ('call', 'stop', 'test')),
  ADD CONSTRAINT page_priority CHECK (priority BETWEEN 0 AND 2),
  ADD CONSTRAINT page_rung CHECK ((event = 'call') = (rung IS NOT NULL)),
  ADD CONSTRAINT page_state CHECK (state IN ('pending', 'sending', 'sent', 'parked', 'dropped')),
  ADD CONSTRAINT page_lease CHECK ((state = 'sending') = (holder IS NOT NULL AND lease_until IS NOT NULL)),
  ADD CONSTRAINT page_settled CHECK (state NOT IN ('parked', 'dropped') OR reason IS NOT NULL),
  ADD CONSTRAINT page_sent CHECK ((state = 'sent') = (sent_at IS NOT NULL));

-- What waits, what somebody is at, what was given up: each found without reading what arrived.
CREATE INDEX page_due ON "page" (priority, next_at) WHERE state = 'pending';
CREATE INDEX page_leased ON "page" (lease_until) WHERE state = 'sending';
CREATE INDEX page_parked ON "page" (organisation_id, person_id) WHERE state = 'parked';
