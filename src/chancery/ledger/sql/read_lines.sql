-- Read JSON Lines that the ledger has written; {columns} are a table's own columns and types.
SELECT * FROM read_json($lines, format = 'newline_delimited', maximum_object_size = $largest,
    columns = {{columns}})
