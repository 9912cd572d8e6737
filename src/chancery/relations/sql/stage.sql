-- A file as it lies into Parquet, in its order; what cannot be cut into columns goes to a table of damage. The staged
-- file is read a few times and thrown away: quick is better than small.
COPY (
    SELECT {picked}
    FROM read_csv({file}, delim = {delimiter}, quote = {quote}, escape = {quote}, header = {header},
        auto_detect = false, nullstr = {missing}, columns = {columns},
        store_rejects = true, rejects_table = {damage}, rejects_scan = {scans})
) TO {target} (FORMAT parquet, COMPRESSION lz4, DICTIONARY_SIZE_LIMIT 100, WRITE_BLOOM_FILTER false)
