-- Claims of every run, with the codes of both sides.
CREATE VIEW all_claims AS
SELECT id, report, run, frame, type, mode, cameo,
    known_codes(actor_mentions) AS actors, known_codes(target_mentions) AS targets,
    * EXCLUDE (id, report, run, frame, type, mode, cameo)
FROM stored_claims
