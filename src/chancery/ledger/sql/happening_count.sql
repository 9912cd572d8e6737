-- How many happenings there are.
SELECT count(*) FROM happenings
