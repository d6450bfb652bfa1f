"""12b. The public pages: reads all, writes nothing."""
