"""The way out of the engine, rehearsed: the same sources built by other engines, and compared with MkDocs' own."""
