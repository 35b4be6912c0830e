-- AlterTable
ALTER TABLE "inbound_delivery" ADD COLUMN     "counted" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "heard_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- CreateIndex
CREATE INDEX "inbound_delivery_organisation_id_person_id_counted_received_idx" ON "inbound_delivery"("organisation_id", "person_id", "counted", "received_at");

-- CreateIndex
CREATE INDEX "form_session_opened_at_idx" ON "form_session"("opened_at");
