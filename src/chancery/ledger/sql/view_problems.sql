-- What was wrong with the input.
CREATE VIEW problems AS SELECT * FROM stored_problems
