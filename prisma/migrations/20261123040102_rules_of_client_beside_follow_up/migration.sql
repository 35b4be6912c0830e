-- What a follow-up says of its client is the client's own: a change of the client cascades by the foreign key, and a new
-- follow-up takes it from there. Nobody who writes one has to know, an older binary beside this one included. The row of
-- the client is held, so that it cannot change between this look and the foreign key's.
CREATE FUNCTION say_of_client() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  SELECT c.code, c.tier, c.status INTO NEW.client_code, NEW.client_tier, NEW.client_status
  FROM client c WHERE c.organisation_id = NEW.organisation_id AND c.id = NEW.client_id FOR KEY SHARE;
  RETURN NEW;
END $$;
CREATE TRIGGER say_of_client BEFORE INSERT ON "follow_up" FOR EACH ROW
  WHEN (NEW.client_code IS NULL) EXECUTE FUNCTION say_of_client();

-- What is open of one person, in the order for acting: by day, then the tier, then the code. What a digest asks is
-- answered by this index alone; the order of tiers is that of src/care/clients/rules.ts.
CREATE INDEX follow_up_to_act_on ON "follow_up"
  (organisation_id, owner_id, due_on, array_position(ARRAY['high', 'medium', 'low', 'maintenance'], client_tier), client_code, id)
  INCLUDE (client_tier, client_status, client_id, kind, task, version) WHERE state = 'open';
