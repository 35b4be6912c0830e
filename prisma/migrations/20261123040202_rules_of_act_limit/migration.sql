-- What is kept too long is taken away organisation by organisation: the worker needs no right to deliveries.
DROP POLICY worker_sweeps ON "inbound_delivery";
REVOKE SELECT (organisation_id, workspace_id, delivery, received_at), DELETE ON "inbound_delivery" FROM baton_worker;

-- How often tables were exported within an hour is asked at every export.
CREATE INDEX audit_event_exports ON "audit_event" (organisation_id, at) WHERE verb = 'export.write';
