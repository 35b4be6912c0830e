-- Reader: src/retention/old-posts.ts, the oldest posts of each kind of card.
-- CreateIndex
CREATE INDEX "post_organisation_id_kind_created_at_idx" ON "post"("organisation_id", "kind", "created_at");
