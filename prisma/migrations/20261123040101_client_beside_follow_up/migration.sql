-- A follow-up carries its client's code, tier and status. Empty at first, and filled from the clients.
-- Codes are compared byte by byte, as everywhere else.
ALTER TABLE "follow_up" ADD COLUMN     "client_code" TEXT COLLATE "C",
ADD COLUMN     "client_status" TEXT,
ADD COLUMN     "client_tier" TEXT;

-- Forced row security holds for the owner too, who would find nothing to fill.
ALTER TABLE "follow_up" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "client" NO FORCE ROW LEVEL SECURITY;
UPDATE "follow_up" f
SET client_code = c.code, client_tier = c.tier, client_status = c.status
FROM "client" c WHERE c.organisation_id = f.organisation_id AND c.id = f.client_id;
ALTER TABLE "client" FORCE ROW LEVEL SECURITY;
ALTER TABLE "follow_up" FORCE ROW LEVEL SECURITY;

-- AlterTable
ALTER TABLE "follow_up" ALTER COLUMN "client_code" SET NOT NULL,
ALTER COLUMN "client_status" SET NOT NULL,
ALTER COLUMN "client_tier" SET NOT NULL;

-- DropForeignKey
ALTER TABLE "follow_up" DROP CONSTRAINT "follow_up_organisation_id_client_id_fkey";

-- DropIndex
DROP INDEX "follow_up_organisation_id_owner_id_state_due_on_idx";

-- CreateIndex
CREATE UNIQUE INDEX "client_as_follow_ups_say" ON "client"("organisation_id", "id", "code", "tier", "status");

-- AddForeignKey
ALTER TABLE "follow_up" ADD CONSTRAINT "follow_up_says_of_client" FOREIGN KEY ("organisation_id", "client_id", "client_code", "client_tier", "client_status") REFERENCES "client"("organisation_id", "id", "code", "tier", "status") ON DELETE RESTRICT ON UPDATE CASCADE;
