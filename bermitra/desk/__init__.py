"""12a. The signed-in work box: reads all, writes nothing."""
