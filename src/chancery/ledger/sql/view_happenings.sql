-- The happenings that follow from the pinned snapshot.
CREATE VIEW happenings AS SELECT * EXCLUDE (part, made) FROM kept_happenings
