-- AlterTable
ALTER TABLE "inbound_delivery" ADD COLUMN     "kind" TEXT,
ADD COLUMN     "person_id" TEXT;

-- CreateTable
CREATE TABLE "week_review" (
    "organisation_id" TEXT NOT NULL,
    "team_id" TEXT NOT NULL,
    "week" DATE NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "reviewed_by" TEXT,
    "reviewed_at" TIMESTAMPTZ(3),
    "action" TEXT,
    "words" BYTEA,
    "figures" JSONB,

    CONSTRAINT "week_review_pkey" PRIMARY KEY ("organisation_id","team_id","week")
);

-- AddForeignKey
ALTER TABLE "week_review" ADD CONSTRAINT "week_review_organisation_id_team_id_fkey" FOREIGN KEY ("organisation_id", "team_id") REFERENCES "team"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "week_review" ADD CONSTRAINT "week_review_organisation_id_reviewed_by_fkey" FOREIGN KEY ("organisation_id", "reviewed_by") REFERENCES "person"("organisation_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;
