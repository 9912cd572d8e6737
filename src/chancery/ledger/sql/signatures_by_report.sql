-- The newest signatures of some reports.
SELECT report, marks, meanings FROM signatures WHERE report IN (SELECT unnest($ids))
