-- The states of each report's newest run.
CREATE VIEW states AS
SELECT stored_states.* FROM stored_states SEMI JOIN newest USING (report, run)
