-- CreateTable
CREATE TABLE "absence" (
    "organisation_id" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "person_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "starts_on" DATE NOT NULL,
    "ends_on" DATE NOT NULL,
    "back_on" DATE NOT NULL,
    "zone" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "back_at" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL,
    "set_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "began_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "absence_pkey" PRIMARY KEY ("organisation_id","id")
);

-- CreateTable
CREATE TABLE "absence_item" (
    "organisation_id" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "absence_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "client_id" UUID,
    "act" TEXT NOT NULL,
    "cover_id" TEXT,
    "side" TEXT,
    "day_before" DATE,
    "day_after" DATE,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "reason" TEXT,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "absence_item_pkey" PRIMARY KEY ("organisation_id","id")
);

-- CreateIndex
CREATE INDEX "absence_organisation_id_person_id_ends_at_idx" ON "absence"("organisation_id", "person_id", "ends_at");

-- CreateIndex
CREATE INDEX "absence_item_organisation_id_absence_id_idx" ON "absence_item"("organisation_id", "absence_id");

-- CreateIndex
CREATE INDEX "absence_item_organisation_id_subject_id_idx" ON "absence_item"("organisation_id", "subject_id");

-- AddForeignKey
ALTER TABLE "absence" ADD CONSTRAINT "absence_organisation_id_person_id_fkey" FOREIGN KEY ("organisation_id", "person_id") REFERENCES "person"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "absence_item" ADD CONSTRAINT "absence_item_organisation_id_absence_id_fkey" FOREIGN KEY ("organisation_id", "absence_id") REFERENCES "absence"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "absence_item" ADD CONSTRAINT "absence_item_organisation_id_client_id_fkey" FOREIGN KEY ("organisation_id", "client_id") REFERENCES "client"("organisation_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "absence_item" ADD CONSTRAINT "absence_item_organisation_id_cover_id_fkey" FOREIGN KEY ("organisation_id", "cover_id") REFERENCES "person"("organisation_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;
