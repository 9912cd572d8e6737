-- How outlets are named in addresses, by their names as stated.
SELECT source, slug_of(source) FROM stored_reports WHERE source IS NOT NULL
GROUP BY source ORDER BY source
