-- What stays of each report when it is translated anew, as its newest run has it.
CREATE VIEW signatures AS
SELECT stored_signatures.* FROM stored_signatures SEMI JOIN newest USING (report, run)
