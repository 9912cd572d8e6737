-- What was wrong with the input, in a fixed order.
SELECT problems.* EXCLUDE (added) FROM problems ORDER BY place, stage, code, message, report
