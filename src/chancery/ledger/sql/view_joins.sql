-- The joins that follow from the pinned snapshot.
CREATE VIEW joins AS SELECT * EXCLUDE (part, made) FROM kept_joins
