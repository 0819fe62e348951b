"""How documents get into the tables: `search.index` is the door."""
