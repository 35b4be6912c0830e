-- The blind index knows each client's team, so that a search within one reads that team's entries alone.
-- AlterTable
ALTER TABLE "client_token" ADD COLUMN     "team_id" TEXT;

-- Forced row security holds for the owner too, who would find nothing to fill.
ALTER TABLE "client_token" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "client" NO FORCE ROW LEVEL SECURITY;
UPDATE "client_token" k SET team_id = c.team_id
FROM "client" c WHERE c.organisation_id = k.organisation_id AND c.id = k.client_id;
ALTER TABLE "client" FORCE ROW LEVEL SECURITY;
ALTER TABLE "client_token" FORCE ROW LEVEL SECURITY;

-- DropIndex
DROP INDEX "client_token_organisation_id_kind_token_idx";

-- CreateIndex
CREATE INDEX "client_token_organisation_id_kind_token_team_id_client_id_idx" ON "client_token"("organisation_id", "kind", "token", "team_id", "client_id");
