-- AlterTable
ALTER TABLE "conversation_reference" ADD COLUMN     "aside_since" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "stranger_day" (
    "organisation_id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "platform_user" TEXT NOT NULL,
    "day" DATE NOT NULL,

    CONSTRAINT "stranger_day_pkey" PRIMARY KEY ("organisation_id","workspace_id","platform_user","day")
);

-- CreateIndex
CREATE INDEX "conversation_reference_organisation_id_workspace_id_user_id_idx" ON "conversation_reference"("organisation_id", "workspace_id", "user_id");

-- AddForeignKey
ALTER TABLE "stranger_day" ADD CONSTRAINT "stranger_day_organisation_id_workspace_id_fkey" FOREIGN KEY ("organisation_id", "workspace_id") REFERENCES "workspace"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
