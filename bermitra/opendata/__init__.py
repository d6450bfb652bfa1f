"""12c. Datasets, API, exports, standards: reads all, writes nothing."""
