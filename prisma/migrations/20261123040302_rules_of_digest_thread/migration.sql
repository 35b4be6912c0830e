-- Where a team's digest stands, as a supervisor chose in chat.
ALTER TABLE "team" ADD CONSTRAINT team_digest_in CHECK (digest_in IN ('channel', 'thread'));

-- A thread is of a place that several people read.
ALTER TABLE "post" ADD CONSTRAINT post_under CHECK (under IS NULL OR (audience = 'team' AND under <> key));

CREATE INDEX post_organisation_id_under_idx ON "post" ("organisation_id", "under") WHERE "under" IS NOT NULL;
