-- AlterTable
ALTER TABLE "escalation" ADD COLUMN     "unknown_code" TEXT;

-- CreateTable
CREATE TABLE "break_glass" (
    "organisation_id" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "escalation_id" UUID NOT NULL,
    "person_id" TEXT NOT NULL,
    "client_id" UUID,
    "what" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "run" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "reviewed_by" TEXT,
    "reviewed_at" TIMESTAMPTZ(3),

    CONSTRAINT "break_glass_pkey" PRIMARY KEY ("organisation_id","id")
);

-- CreateIndex
CREATE UNIQUE INDEX "break_glass_organisation_id_escalation_id_person_id_what_ru_key" ON "break_glass"("organisation_id", "escalation_id", "person_id", "what", "run");

-- AddForeignKey
ALTER TABLE "break_glass" ADD CONSTRAINT "break_glass_organisation_id_escalation_id_fkey" FOREIGN KEY ("organisation_id", "escalation_id") REFERENCES "escalation"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "break_glass" ADD CONSTRAINT "break_glass_organisation_id_person_id_fkey" FOREIGN KEY ("organisation_id", "person_id") REFERENCES "person"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "break_glass" ADD CONSTRAINT "break_glass_organisation_id_reviewed_by_fkey" FOREIGN KEY ("organisation_id", "reviewed_by") REFERENCES "person"("organisation_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "break_glass" ADD CONSTRAINT "break_glass_organisation_id_client_id_fkey" FOREIGN KEY ("organisation_id", "client_id") REFERENCES "client"("organisation_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;
