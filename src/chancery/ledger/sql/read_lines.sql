-- Read JSON Lines that the ledger has written, with the columns and types of one of its tables.
SELECT * FROM read_json($lines, format = 'newline_delimited', maximum_object_size = $largest,
    columns = {{columns}})
