-- What is odd about each report, as its newest run found it.
CREATE VIEW traits AS
SELECT stored_traits.* FROM stored_traits SEMI JOIN newest USING (report, run)
