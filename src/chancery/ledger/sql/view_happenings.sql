-- The happenings that follow from the pinned snapshot.
CREATE VIEW happenings AS
SELECT * EXCLUDE (part, made, parties, sorted_on) FROM kept_happenings
