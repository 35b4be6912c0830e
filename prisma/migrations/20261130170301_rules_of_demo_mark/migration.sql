-- What the two runtime roles may do is as narrow as their code allows. Nothing here is needed by 0.1.0, which may be
-- running beside this version: it never changed a key, and its worker reads a workspace by these columns.
-- From 0.3.0 on the worker loses SELECT on "identity", which nobody asks as the worker any more.

-- An organisation's keys are made once and read: nothing of ours changes or deletes one.
REVOKE UPDATE, DELETE ON "organisation_key" FROM baton_app;

-- The worker finds whose turn it is: a workspace's sealed credentials are none of its business.
REVOKE SELECT ON "workspace" FROM baton_worker;
GRANT SELECT (organisation_id, id, platform, external_id, service_url, installed_at, removed_at) ON "workspace" TO baton_worker;
