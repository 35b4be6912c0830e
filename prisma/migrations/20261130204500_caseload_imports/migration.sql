-- CreateTable
CREATE TABLE "caseload_import" (
    "organisation_id" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "file" BYTEA NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "row" INTEGER NOT NULL,
    "last_row" INTEGER NOT NULL,
    "imported" INTEGER NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "caseload_import_pkey" PRIMARY KEY ("organisation_id","id")
);

-- CreateIndex
CREATE INDEX "imported_row_organisation_id_client_id_imported_at_idx" ON "imported_row"("organisation_id", "client_id", "imported_at");

-- AddForeignKey
ALTER TABLE "caseload_import" ADD CONSTRAINT "caseload_import_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
