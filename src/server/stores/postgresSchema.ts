/**
 * Tables and functions, made where they are missing. What takes several statements is a function, so that each call of the store is one
 * round trip and one transaction, on any connection of a pool. Locks are always taken in the same order: the key or the subject first.
 */
export const POSTGRES_SCHEMA = `
SELECT pg_advisory_xact_lock(8243721904);
CREATE TABLE IF NOT EXISTS visavis_challenges (
  challenge text PRIMARY KEY, subject text NOT NULL, purpose text NOT NULL, expires_at bigint NOT NULL
);
CREATE TABLE IF NOT EXISTS visavis_keys (
  key_id text PRIMARY KEY, subject text NOT NULL, public_jwk text NOT NULL, counter bigint NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS visavis_attempts (
  subject text NOT NULL, source text NOT NULL, tries integer NOT NULL, until bigint NOT NULL, PRIMARY KEY (subject, source)
);
CREATE INDEX IF NOT EXISTS visavis_challenges_of ON visavis_challenges (subject);
CREATE INDEX IF NOT EXISTS visavis_challenges_until ON visavis_challenges (expires_at);
CREATE INDEX IF NOT EXISTS visavis_keys_of ON visavis_keys (subject);
CREATE INDEX IF NOT EXISTS visavis_attempts_until ON visavis_attempts (until);

CREATE OR REPLACE FUNCTION visavis_add_key(a_key text, a_owner text, a_jwk text, a_challenge text, a_subject text, a_purpose text, a_now bigint)
RETURNS text LANGUAGE plpgsql AS $$
DECLARE owner text;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('visavis key ' || a_key, 0));
  SELECT subject INTO owner FROM visavis_keys WHERE key_id = a_key FOR UPDATE;
  PERFORM 1 FROM visavis_challenges
    WHERE challenge = a_challenge AND subject = a_subject AND purpose = a_purpose AND expires_at >= a_now FOR UPDATE;
  IF NOT FOUND THEN RETURN 'challenge-unknown'; END IF;
  IF owner <> a_owner THEN RETURN 'key-taken'; END IF;
  IF owner IS NULL THEN INSERT INTO visavis_keys (key_id, subject, public_jwk) VALUES (a_key, a_owner, a_jwk); END IF;
  DELETE FROM visavis_challenges WHERE challenge = a_challenge;
  RETURN 'accepted';
END $$;

CREATE OR REPLACE FUNCTION visavis_accept(a_challenge text, a_subject text, a_purpose text, a_key text, a_counter bigint, a_now bigint)
RETURNS text LANGUAGE plpgsql AS $$
DECLARE last bigint;
BEGIN
  SELECT counter INTO last FROM visavis_keys WHERE key_id = a_key AND subject = a_subject FOR UPDATE;
  PERFORM 1 FROM visavis_challenges
    WHERE challenge = a_challenge AND subject = a_subject AND purpose = a_purpose AND expires_at >= a_now FOR UPDATE;
  IF NOT FOUND THEN RETURN 'challenge-unknown'; END IF;
  IF last IS NULL THEN RETURN 'key-unknown'; END IF;
  IF last >= a_counter THEN RETURN 'counter-back'; END IF;
  DELETE FROM visavis_challenges WHERE challenge = a_challenge;
  UPDATE visavis_keys SET counter = a_counter WHERE key_id = a_key;
  RETURN 'accepted';
END $$;

CREATE OR REPLACE FUNCTION visavis_begin_attempt(a_subject text, a_source text, per_source integer, per_subject integer, lock_time bigint, a_now bigint)
RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE locked bigint;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('visavis attempts ' || a_subject, 0));
  DELETE FROM visavis_attempts WHERE subject = a_subject AND until < a_now;
  DELETE FROM visavis_attempts WHERE (subject, source) IN
    (SELECT subject, source FROM visavis_attempts WHERE until < a_now LIMIT 100 FOR UPDATE SKIP LOCKED);
  SELECT max(until) INTO locked FROM visavis_attempts
    WHERE subject = a_subject AND ((source = a_source AND tries >= per_source) OR (source = '' AND tries >= per_subject));
  IF locked IS NOT NULL THEN RETURN locked; END IF;
  INSERT INTO visavis_attempts VALUES (a_subject, a_source, 1, a_now + lock_time), (a_subject, '', 1, a_now + lock_time)
    ON CONFLICT (subject, source) DO UPDATE SET tries = visavis_attempts.tries + 1, until = excluded.until;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION visavis_withdraw_attempt(a_subject text, a_source text, forgiven boolean)
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('visavis attempts ' || a_subject, 0));
  UPDATE visavis_attempts SET tries = tries - 1 WHERE subject = a_subject AND source IN (a_source, '') AND tries > 0;
  IF forgiven THEN DELETE FROM visavis_attempts WHERE subject = a_subject AND source = a_source; END IF;
END $$;

CREATE OR REPLACE FUNCTION visavis_forget(a_subject text, attempts boolean)
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF attempts THEN
    PERFORM pg_advisory_xact_lock(hashtextextended('visavis attempts ' || a_subject, 0));
    DELETE FROM visavis_attempts WHERE subject = a_subject;
    RETURN;
  END IF;
  DELETE FROM visavis_keys WHERE subject = a_subject;
  DELETE FROM visavis_challenges WHERE subject = a_subject;
END $$;
`;
