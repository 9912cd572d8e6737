-- The statements of each report's newest run.
CREATE VIEW statements AS
SELECT stored_statements.* FROM stored_statements SEMI JOIN newest USING (report, run)
