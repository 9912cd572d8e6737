-- The values of disputed fields, side by side, as follows from the pinned snapshot.
CREATE VIEW rivals AS SELECT * EXCLUDE (part, made) FROM kept_rivals
