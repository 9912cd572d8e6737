-- The ledger's deeds written out as rows of one pair each.
COPY (
    SELECT * FROM read_json({lines}, format = 'newline_delimited', columns = {
        'id': 'VARCHAR', 'day': 'DATE', 'actor': 'VARCHAR', 'target': 'VARCHAR',
        'actor_raw': 'VARCHAR', 'target_raw': 'VARCHAR', 'type': 'VARCHAR', 'cameo': 'VARCHAR',
        'quad': 'UTINYINT', 'intensity': 'FLOAT', 'mentions': 'INTEGER', 'sources': 'INTEGER',
        'directed': 'BOOLEAN', 'stratum': 'VARCHAR'})
) TO {target} (FORMAT parquet)
