-- A version that knows nothing of teams here writes beside this one, and a client's team may change: the database itself
-- keeps both in line.
CREATE FUNCTION client_token_says_team() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  SELECT c.team_id INTO NEW.team_id FROM client c
  WHERE c.organisation_id = NEW.organisation_id AND c.id = NEW.client_id;
  RETURN NEW;
END $$;
CREATE TRIGGER says_team BEFORE INSERT ON "client_token" FOR EACH ROW WHEN (NEW.team_id IS NULL)
  EXECUTE FUNCTION client_token_says_team();

CREATE FUNCTION client_tokens_follow_team() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE client_token SET team_id = NEW.team_id
  WHERE organisation_id = NEW.organisation_id AND client_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER tokens_follow_team AFTER UPDATE OF team_id ON "client" FOR EACH ROW
  WHEN (OLD.team_id IS DISTINCT FROM NEW.team_id) EXECUTE FUNCTION client_tokens_follow_team();
