-- Claims of each report's newest run.
CREATE VIEW claims AS
SELECT all_claims.* FROM all_claims SEMI JOIN newest USING (report, run)
