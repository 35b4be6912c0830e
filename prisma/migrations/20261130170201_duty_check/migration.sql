-- CreateTable
CREATE TABLE "duty_check" (
    "organisation_id" TEXT NOT NULL,
    "team_id" TEXT NOT NULL,
    "month" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "confirmed_at" TIMESTAMPTZ(3),

    CONSTRAINT "duty_check_pkey" PRIMARY KEY ("organisation_id","team_id","month","person_id")
);

-- CreateIndex
CREATE INDEX "duty_check_organisation_id_person_id_idx" ON "duty_check"("organisation_id", "person_id");

-- AddForeignKey
ALTER TABLE "duty_check" ADD CONSTRAINT "duty_check_organisation_id_team_id_fkey" FOREIGN KEY ("organisation_id", "team_id") REFERENCES "team"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "duty_check" ADD CONSTRAINT "duty_check_organisation_id_person_id_fkey" FOREIGN KEY ("organisation_id", "person_id") REFERENCES "person"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
