-- CreateTable
CREATE TABLE "page" (
    "organisation_id" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "sequence" BIGSERIAL NOT NULL,
    "key" TEXT NOT NULL,
    "event" TEXT NOT NULL,
    "priority" INTEGER NOT NULL,
    "person_id" TEXT NOT NULL,
    "team_id" TEXT NOT NULL,
    "incident" TEXT NOT NULL,
    "severity" TEXT,
    "rung" INTEGER,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'pending',
    "reason" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "first_tried_at" TIMESTAMPTZ(3),
    "next_at" TIMESTAMPTZ(3) NOT NULL,
    "holder" TEXT,
    "lease_until" TIMESTAMPTZ(3),
    "overtaken" BOOLEAN NOT NULL DEFAULT false,
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "page_pkey" PRIMARY KEY ("organisation_id","id")
);

-- CreateIndex
CREATE INDEX "page_organisation_id_incident_person_id_sequence_idx" ON "page"("organisation_id", "incident", "person_id", "sequence");

-- CreateIndex
CREATE UNIQUE INDEX "page_organisation_id_key_key" ON "page"("organisation_id", "key");

-- AddForeignKey
ALTER TABLE "page" ADD CONSTRAINT "page_organisation_id_person_id_fkey" FOREIGN KEY ("organisation_id", "person_id") REFERENCES "person"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "page" ADD CONSTRAINT "page_organisation_id_team_id_fkey" FOREIGN KEY ("organisation_id", "team_id") REFERENCES "team"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
