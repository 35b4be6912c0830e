-- Which of two cards of an answer has not arrived.
ALTER TABLE "inbound_delivery" ADD CONSTRAINT inbound_delivery_left CHECK (answer_left IN ('card', 'replace'));

-- Answers nobody confirmed are found across organisations, by when they were due: those rows alone, and of them not the
-- answer, nor whose it is.
CREATE INDEX inbound_delivery_answer_due ON "inbound_delivery" (answer_due_at) WHERE answer_due_at IS NOT NULL;
CREATE POLICY worker_finds_late_answers ON "inbound_delivery" FOR SELECT TO baton_worker USING (answer_due_at IS NOT NULL);
GRANT SELECT (organisation_id, workspace_id, delivery, answer_due_at) ON "inbound_delivery" TO baton_worker;
