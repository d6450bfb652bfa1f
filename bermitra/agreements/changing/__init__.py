"""What happens to an agreement while it runs: it is changed, rests for a time, is prolonged."""
