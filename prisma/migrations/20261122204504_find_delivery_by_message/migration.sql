-- CreateIndex
CREATE INDEX "delivery_organisation_id_message_id_idx" ON "delivery"("organisation_id", "message_id");
