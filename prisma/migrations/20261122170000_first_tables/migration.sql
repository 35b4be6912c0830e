-- CreateTable
CREATE TABLE "organisation" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "privacy" TEXT NOT NULL DEFAULT 'minimal',
    "label" TEXT NOT NULL DEFAULT 'initials-and-birth-year',
    "names_in_forms" BOOLEAN NOT NULL DEFAULT false,
    "date_order" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "organisation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "organisation_key" (
    "organisation_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "wrapped" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "organisation_key_pkey" PRIMARY KEY ("organisation_id","id")
);

-- CreateTable
CREATE TABLE "workspace" (
    "organisation_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "platform" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "service_url" TEXT,
    "credentials" BYTEA,
    "installed_at" TIMESTAMPTZ(3),
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "workspace_pkey" PRIMARY KEY ("organisation_id","id")
);

-- CreateTable
CREATE TABLE "partner" (
    "organisation_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "routes" JSONB NOT NULL,

    CONSTRAINT "partner_pkey" PRIMARY KEY ("organisation_id","id")
);

-- CreateTable
CREATE TABLE "team" (
    "organisation_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "zone" TEXT NOT NULL,
    "working_days" TEXT[],
    "closures" DATE[],
    "schedules" JSONB NOT NULL,

    CONSTRAINT "team_pkey" PRIMARY KEY ("organisation_id","id")
);

-- CreateTable
CREATE TABLE "team_place" (
    "organisation_id" TEXT NOT NULL,
    "team_id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "service_url" TEXT,

    CONSTRAINT "team_place_pkey" PRIMARY KEY ("organisation_id","team_id","workspace_id","place")
);

-- CreateTable
CREATE TABLE "person" (
    "organisation_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "team_id" TEXT NOT NULL,
    "roles" TEXT[],
    "fte" DECIMAL(4,2),
    "works" JSONB,
    "zone" TEXT,
    "languages" TEXT[],
    "qualifications" JSONB NOT NULL,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "deactivated_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "person_pkey" PRIMARY KEY ("organisation_id","id")
);

-- CreateTable
CREATE TABLE "identity" (
    "organisation_id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "platform_user" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "guest_until" DATE,

    CONSTRAINT "identity_pkey" PRIMARY KEY ("organisation_id","workspace_id","platform_user")
);

-- CreateTable
CREATE TABLE "conversation_reference" (
    "organisation_id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "platform_user" TEXT NOT NULL,
    "conversation_id" TEXT NOT NULL,
    "service_url" TEXT NOT NULL,
    "bot_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "conversation_reference_pkey" PRIMARY KEY ("organisation_id","workspace_id","platform_user")
);

-- CreateTable
CREATE TABLE "client" (
    "organisation_id" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "team_id" TEXT NOT NULL,
    "identity" BYTEA NOT NULL,
    "background" BYTEA,
    "status" TEXT NOT NULL,
    "tier" TEXT NOT NULL,
    "programme" TEXT,
    "payer" TEXT,
    "enrolled_on" DATE,
    "last_contact_on" DATE,
    "last_contact_imported_on" DATE,
    "preferences" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "client_pkey" PRIMARY KEY ("organisation_id","id")
);

-- CreateTable
CREATE TABLE "client_token" (
    "organisation_id" TEXT NOT NULL,
    "client_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "token" BYTEA NOT NULL,

    CONSTRAINT "client_token_pkey" PRIMARY KEY ("organisation_id","client_id","kind","token")
);

-- CreateTable
CREATE TABLE "coordinator_assignment" (
    "organisation_id" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "client_id" UUID NOT NULL,
    "person_id" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "coordinator_assignment_pkey" PRIMARY KEY ("organisation_id","id")
);

-- CreateTable
CREATE TABLE "contact" (
    "organisation_id" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "client_id" UUID NOT NULL,
    "person_id" TEXT NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "occurred_on" DATE NOT NULL,
    "zone" TEXT NOT NULL,
    "logged_at" TIMESTAMPTZ(3) NOT NULL,
    "mode" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "minutes" INTEGER,
    "note" BYTEA,
    "source" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'recorded',
    "retraction" TEXT,
    "retracted_by" TEXT,
    "retracted_at" TIMESTAMPTZ(3),
    "replaces_id" UUID,
    "reason" TEXT,
    "charted_at" TIMESTAMPTZ(3),
    "charted_by" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "contact_pkey" PRIMARY KEY ("organisation_id","id")
);

-- CreateTable
CREATE TABLE "follow_up" (
    "organisation_id" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "client_id" UUID NOT NULL,
    "owner_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL DEFAULT 'contact',
    "due_on" DATE NOT NULL,
    "zone" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "opened_by_id" UUID,
    "fulfilled_by_id" UUID,
    "reason" TEXT,
    "snoozes" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),
    "closed_by" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "follow_up_pkey" PRIMARY KEY ("organisation_id","id")
);

-- CreateTable
CREATE TABLE "inbound_delivery" (
    "organisation_id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "delivery" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "answer" BYTEA,

    CONSTRAINT "inbound_delivery_pkey" PRIMARY KEY ("organisation_id","workspace_id","delivery")
);

-- CreateTable
CREATE TABLE "form_session" (
    "organisation_id" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "person_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "context" JSONB NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "submitted_at" TIMESTAMPTZ(3),

    CONSTRAINT "form_session_pkey" PRIMARY KEY ("organisation_id","id")
);

-- CreateTable
CREATE TABLE "imported_row" (
    "organisation_id" TEXT NOT NULL,
    "content" BYTEA NOT NULL,
    "client_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "record" BYTEA NOT NULL,
    "imported_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "imported_row_pkey" PRIMARY KEY ("organisation_id","content")
);

-- CreateTable
CREATE TABLE "audit_event" (
    "organisation_id" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "sequence" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" TEXT NOT NULL,
    "verb" TEXT NOT NULL,
    "subject_kind" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "detail" JSONB NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("organisation_id","id")
);

-- CreateIndex
CREATE UNIQUE INDEX "workspace_platform_external_id_key" ON "workspace"("platform", "external_id");

-- CreateIndex
CREATE INDEX "identity_organisation_id_person_id_idx" ON "identity"("organisation_id", "person_id");

-- CreateIndex
CREATE INDEX "client_organisation_id_team_id_idx" ON "client"("organisation_id", "team_id");

-- CreateIndex
CREATE UNIQUE INDEX "client_organisation_id_code_key" ON "client"("organisation_id", "code");

-- CreateIndex
CREATE INDEX "client_token_organisation_id_kind_token_idx" ON "client_token"("organisation_id", "kind", "token");

-- CreateIndex
CREATE INDEX "coordinator_assignment_organisation_id_client_id_idx" ON "coordinator_assignment"("organisation_id", "client_id");

-- CreateIndex
CREATE INDEX "coordinator_assignment_organisation_id_person_id_idx" ON "coordinator_assignment"("organisation_id", "person_id");

-- CreateIndex
CREATE INDEX "contact_organisation_id_client_id_occurred_at_idx" ON "contact"("organisation_id", "client_id", "occurred_at" DESC);

-- CreateIndex
CREATE INDEX "contact_organisation_id_person_id_occurred_at_idx" ON "contact"("organisation_id", "person_id", "occurred_at" DESC);

-- CreateIndex
CREATE INDEX "follow_up_organisation_id_client_id_idx" ON "follow_up"("organisation_id", "client_id");

-- CreateIndex
CREATE INDEX "follow_up_organisation_id_owner_id_state_due_on_idx" ON "follow_up"("organisation_id", "owner_id", "state", "due_on");

-- CreateIndex
CREATE INDEX "inbound_delivery_received_at_idx" ON "inbound_delivery"("received_at");

-- CreateIndex
CREATE UNIQUE INDEX "audit_event_sequence_key" ON "audit_event"("sequence");

-- AddForeignKey
ALTER TABLE "organisation_key" ADD CONSTRAINT "organisation_key_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "workspace" ADD CONSTRAINT "workspace_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "partner" ADD CONSTRAINT "partner_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "team" ADD CONSTRAINT "team_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "team_place" ADD CONSTRAINT "team_place_organisation_id_team_id_fkey" FOREIGN KEY ("organisation_id", "team_id") REFERENCES "team"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "team_place" ADD CONSTRAINT "team_place_organisation_id_workspace_id_fkey" FOREIGN KEY ("organisation_id", "workspace_id") REFERENCES "workspace"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "person" ADD CONSTRAINT "person_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "person" ADD CONSTRAINT "person_organisation_id_team_id_fkey" FOREIGN KEY ("organisation_id", "team_id") REFERENCES "team"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "identity" ADD CONSTRAINT "identity_organisation_id_workspace_id_fkey" FOREIGN KEY ("organisation_id", "workspace_id") REFERENCES "workspace"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "identity" ADD CONSTRAINT "identity_organisation_id_person_id_fkey" FOREIGN KEY ("organisation_id", "person_id") REFERENCES "person"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "conversation_reference" ADD CONSTRAINT "conversation_reference_organisation_id_workspace_id_fkey" FOREIGN KEY ("organisation_id", "workspace_id") REFERENCES "workspace"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "client" ADD CONSTRAINT "client_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "client" ADD CONSTRAINT "client_organisation_id_team_id_fkey" FOREIGN KEY ("organisation_id", "team_id") REFERENCES "team"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "client_token" ADD CONSTRAINT "client_token_organisation_id_client_id_fkey" FOREIGN KEY ("organisation_id", "client_id") REFERENCES "client"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "coordinator_assignment" ADD CONSTRAINT "coordinator_assignment_organisation_id_client_id_fkey" FOREIGN KEY ("organisation_id", "client_id") REFERENCES "client"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "coordinator_assignment" ADD CONSTRAINT "coordinator_assignment_organisation_id_person_id_fkey" FOREIGN KEY ("organisation_id", "person_id") REFERENCES "person"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contact" ADD CONSTRAINT "contact_organisation_id_client_id_fkey" FOREIGN KEY ("organisation_id", "client_id") REFERENCES "client"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contact" ADD CONSTRAINT "contact_organisation_id_person_id_fkey" FOREIGN KEY ("organisation_id", "person_id") REFERENCES "person"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contact" ADD CONSTRAINT "contact_organisation_id_replaces_id_fkey" FOREIGN KEY ("organisation_id", "replaces_id") REFERENCES "contact"("organisation_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "follow_up" ADD CONSTRAINT "follow_up_organisation_id_client_id_fkey" FOREIGN KEY ("organisation_id", "client_id") REFERENCES "client"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "follow_up" ADD CONSTRAINT "follow_up_organisation_id_owner_id_fkey" FOREIGN KEY ("organisation_id", "owner_id") REFERENCES "person"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "follow_up" ADD CONSTRAINT "follow_up_organisation_id_opened_by_id_fkey" FOREIGN KEY ("organisation_id", "opened_by_id") REFERENCES "contact"("organisation_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "follow_up" ADD CONSTRAINT "follow_up_organisation_id_fulfilled_by_id_fkey" FOREIGN KEY ("organisation_id", "fulfilled_by_id") REFERENCES "contact"("organisation_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "form_session" ADD CONSTRAINT "form_session_organisation_id_person_id_fkey" FOREIGN KEY ("organisation_id", "person_id") REFERENCES "person"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "imported_row" ADD CONSTRAINT "imported_row_organisation_id_client_id_fkey" FOREIGN KEY ("organisation_id", "client_id") REFERENCES "client"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
