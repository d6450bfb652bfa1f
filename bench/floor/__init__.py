"""What the bench of pages stands on: bare Django views, the data of record, servers, visitors, and a count of statements."""
