-- Which happenings bear on others, as follows from the pinned snapshot.
CREATE VIEW links AS SELECT * EXCLUDE (part, made) FROM kept_links
