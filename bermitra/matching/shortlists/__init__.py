"""Who fits whom, both ways, with reasons: computed by the worker, read by the two sides and their regency."""
