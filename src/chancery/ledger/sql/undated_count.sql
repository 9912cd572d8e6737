-- How many happenings without a day there are under the shared filters. They are sorted after all
-- others, so that few parts of the files are looked into.
SELECT count(*)::INTEGER FROM kept_happenings WHERE sorted_on = DATE '9999-12-31' AND {wanted}
