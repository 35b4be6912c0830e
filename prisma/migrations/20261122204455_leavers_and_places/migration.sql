-- AlterTable
ALTER TABLE "identity" ADD COLUMN     "guest" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "team_place" ADD COLUMN     "allowed" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "checked_at" TIMESTAMPTZ(3),
ADD COLUMN     "traits" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- CreateTable
CREATE TABLE "departure" (
    "organisation_id" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "person_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT NOT NULL,
    "heir_id" TEXT,
    "clients" INTEGER NOT NULL,
    "things" INTEGER NOT NULL,

    CONSTRAINT "departure_pkey" PRIMARY KEY ("organisation_id","id")
);

-- CreateIndex
CREATE INDEX "departure_organisation_id_person_id_idx" ON "departure"("organisation_id", "person_id");

-- AddForeignKey
ALTER TABLE "departure" ADD CONSTRAINT "departure_organisation_id_person_id_fkey" FOREIGN KEY ("organisation_id", "person_id") REFERENCES "person"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "departure" ADD CONSTRAINT "departure_organisation_id_heir_id_fkey" FOREIGN KEY ("organisation_id", "heir_id") REFERENCES "person"("organisation_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;
